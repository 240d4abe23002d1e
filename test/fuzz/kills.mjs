import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'bin/mshare-plan.js')
const killer = join(import.meta.dirname, 'killer.cjs')

const scenario = `version: 1
host: { memory: 8 GiB }
regions: { sga: { size: 1 GiB } }
groups: { clients: { processes: 10, private: 4 MiB, maps: [{ region: sga }] } }
strategies: [as-described]
`

/** What writes files: the words, and the file. */
const commands = [
  { words: ['check', 's.yaml', '-o', 'out.json'], out: 'out.json' },
  { words: ['plan', 's.yaml', '-o', 'out.txt'], out: 'out.txt' },
  { words: ['s.yaml', '--set', 'groups.clients.processes=20', '-o', 'out.yaml'], out: 'out.yaml' },
  { words: ['import', 'postgresql.conf', '--memory', '64GB', '-o', 'out.yaml'], out: 'out.yaml' },
  { words: ['init', 'postgresql', '-o', 'out.yaml'], out: 'out.yaml' },
  { words: ['capture', '--root', 'host', '-o', 'out.yaml'], out: 'out.yaml' },
]
const signals = ['SIGKILL', 'SIGTERM', 'SIGINT']
const moments = ['before', 'halfway', 'after']
/** Calls by which a file is written, and a few more, so that none is missed. */
const mostCalls = 16
const former = 'what was here before\n'

/**
 * Kills runs that write a file: half of them at each call by which they write, half of them after a
 * time, evenly from start to end.
 * @param runs how many must be ended by a signal: some end before it comes, and do not count.
 * @returns what was found wrong, and how many runs a signal ended.
 */
export async function kills(runs, say = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-kills-'))
  const faults = []
  let killed = 0
  try {
    const prepared = []
    for (const command of commands) prepared.push(await prepare(folder, command))
    for (let run = 0; killed < runs && run < 2 * runs; run += 1) {
      const target = prepared[run % prepared.length]
      const turn = Math.floor(run / prepared.length)
      const signal = signals[turn % signals.length]
      const before = readdirSync(target.folder)
      const found =
        run % 2 === turn % 2
          ? await atCall(target, turn, signal)
          : await afterTime(target, (run * 0.618) % 1, signal)
      if (found.signal !== null) killed += 1
      faults.push(
        ...(await faultsIn(target, run, signal === 'SIGKILL' ? undefined : before)).map(
          (fault) => `${signal}, ${found.how}: ${fault}`,
        ),
      )
      if (run % 100 === 99) say(`${run + 1} runs, ${killed} killed, ${faults.length} failures`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { faults, killed }
}

/** A folder with what the command reads, and what a whole run of it writes. */
async function prepare(parent, command) {
  const folder = mkdtempSync(join(parent, 'run-'))
  writeFileSync(join(folder, 's.yaml'), scenario)
  writeFileSync(join(folder, 'postgresql.conf'), 'shared_buffers = 1GB\n')
  mkdirSync(join(folder, 'host'))
  cpSync(join(root, 'test/fixtures/proc/lxc-small-swap/tree/proc'), join(folder, 'host/proc'), {
    recursive: true,
  })
  const started = performance.now()
  const { code } = await ended(folder, command.words)
  const lasts = performance.now() - started
  if (code !== 0) throw new Error(`${command.words.join(' ')} ends with ${code}`)
  const whole = readFileSync(join(folder, command.out), 'utf8')
  return { ...command, folder, lasts, whole, names: readdirSync(folder).toSorted() }
}

async function atCall({ folder, words, out }, turn, signal) {
  writeFileSync(join(folder, out), former)
  const [at, when] = [
    1 + (turn % mostCalls),
    moments[Math.floor(turn / mostCalls) % moments.length],
  ]
  const env = { KILL_AT: String(at), KILL_WHEN: when, KILL_SIGNAL: signal }
  const end = await ended(folder, words, { env, options: ['--require', killer] })
  return { ...end, how: `${when} call ${at} of ${words.join(' ')}` }
}

async function afterTime({ folder, words, out, lasts }, part, signal) {
  writeFileSync(join(folder, out), former)
  const delay = lasts * part * 1.2
  const end = await ended(folder, words, { kill: { signal, delay } })
  return { ...end, how: `after ${delay.toFixed(1)} ms of ${words.join(' ')}` }
}

function ended(cwd, words, { env = {}, options = [], kill } = {}) {
  const child = spawn(process.execPath, [...options, program, ...words], {
    cwd,
    env: { ...process.env, ...env },
    stdio: 'ignore',
  })
  const timer = kill && setTimeout(() => child.kill(kill.signal), kill.delay)
  return new Promise((settle) => {
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      settle({ code, signal })
    })
  })
}

/**
 * The old file or the new one; and nothing that a later run trips over.
 * @param before what was there, where a signal lets the run tidy up.
 */
async function faultsIn({ folder, words, out, whole, names }, run, before) {
  const text = readFileSync(join(folder, out), 'utf8')
  const faults = text === former || text === whole ? [] : [`${out} is torn: ${text.length} bytes`]
  const strange = readdirSync(folder).filter(
    (name) =>
      !names.includes(name) &&
      (before === undefined ? !name.startsWith('.mshare-plan-') : !before.includes(name)),
  )
  if (strange.length > 0) faults.push(`it leaves ${strange.join(', ')}`)
  // What is left is left there, for the runs to come.
  if (run % 50 < commands.length) {
    const { code } = await ended(folder, words)
    const again = readFileSync(join(folder, out), 'utf8')
    if (code !== 0 || again !== whole) faults.push(`the next run ends with ${code}`)
  }
  return faults
}
