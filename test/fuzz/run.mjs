import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

// npm run fuzz -- [--seed N] [--runs N] [--seconds N] [--target NAME] [--from N]
// The same seed draws the same inputs. Each target runs in a process of its own, which this one
// watches: an input that takes it down, or keeps it, is saved too.

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    runs: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '86400' },
    target: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
})
const [seed, runs, seconds, from] = [values.seed, values.runs, values.seconds, values.from].map(
  Number,
)
/** Seconds of CPU that no input may take. */
const mostCpu = 60
/** Seconds that a process may wait for something. */
const mostIdle = 120
/** MiB of JavaScript objects that no input may need. */
const mostMiB = 1024
const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-fuzz-'))
const progress = join(folder, 'progress')
const failures = join(import.meta.dirname, 'failures')
/** As `share` of each target says. */
const shares = {
  scenario: 3,
  'command-line': 6,
  'saved-result': 2,
  archive: 2,
  'proc-tree': 2,
  configuration: 5,
  'kernel-log': 2,
}

let failed = 0
try {
  if (values.target === 'kills') failed += await killed()
  else await all()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failed === 0 ? 0 : 1

async function all() {
  say(`seed ${seed}`)
  const child = await bundled()
  const names = values.target === undefined ? Object.keys(shares) : [values.target]
  const total = names.reduce((sum, name) => sum + (shares[name] ?? 1), 0)
  for (const name of names) {
    const part = (shares[name] ?? 1) / total
    failed += await fuzzed(child, name, Math.round(runs * part), seconds * part)
  }
}

async function killed() {
  const { kills } = await import('./kills.mjs')
  const { faults, killed } = await kills(runs, say)
  for (const fault of faults) say(fault)
  say(`kills: ${runs} runs, ${killed} killed, ${faults.length} failures`)
  return faults.length
}

/** Runs a target to its end, also past inputs that take its process down. */
async function fuzzed(child, target, inputs, seconds) {
  const started = performance.now()
  const end = from + inputs
  let [next, failed, isDone] = [from, 0, false]
  const tell = ({ index, broken, path }) => {
    failed += 1
    say(`${target} ${index}: ${broken.join('; ')}\n  ${path}`)
  }
  while (!isDone) {
    const left = seconds - (performance.now() - started) / 1000
    const { report, death } = await ordered(
      child,
      { target, seed, from: next, end, seconds: left },
      tell,
    )
    isDone = report !== undefined
    next = isDone ? report.next : Number(progressNow()) + 1
    if (isDone) continue
    const saved = await ordered(child, { target, seed, from: next - 1, onlySaves: true }, tell)
    tell({ index: next - 1, broken: [death], path: saved.report?.path })
  }
  const took = Math.round((performance.now() - started) / 1000)
  say(`${target}: ${next - from} inputs, ${failed} failures, ${took} s`)
  return failed
}

/**
 * What a process reports that obeyed; how it died where it did not.
 * @param tell is handed each failure at once.
 */
function ordered(child, order, tell) {
  const text = JSON.stringify({ onlySaves: false, progress, failures, ...order })
  const execArgv = [`--max-old-space-size=${mostMiB}`, '--no-warnings']
  const worker = fork(child, [text], { execArgv })
  return new Promise((settle) => {
    let [report, death] = [undefined, undefined]
    const watch = setInterval(
      watcher(worker.pid, (why) => {
        death = why
        if (!order.onlySaves) worker.kill('SIGKILL')
      }),
      1000,
    )
    worker.on('message', (message) => {
      if ('broken' in message) tell(message)
      else report = message
    })
    worker.on('exit', (code, signal) => {
      clearInterval(watch)
      settle({ report, death: death ?? `the process died (${signal ?? code})` })
    })
  })
}

/** To be called every second: notices an input that takes too long, or for which nothing happens. */
function watcher(pid, end) {
  let [at, since, idle] = ['', 0, 0]
  return () => {
    const [now, { cpu, sleeps }] = [progressNow(), stateOf(pid)]
    if (now !== at) [at, since, idle] = [now, cpu, 0]
    idle = sleeps ? idle + 1 : 0
    if (cpu - since > mostCpu) end(`it took more than ${mostCpu} s of CPU`)
    else if (idle > mostIdle) end(`it did nothing for ${mostIdle} s`)
  }
}

function progressNow() {
  try {
    return readFileSync(progress, 'utf8')
  } catch {
    return ''
  }
}

/** Seconds of CPU, and whether the main thread waits: utime, stime and state of proc_pid_stat(5). */
function stateOf(pid) {
  try {
    const [, rest] = /\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const fields = rest.split(' ')
    return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, sleeps: fields[0] === 'S' }
  } catch {
    return { cpu: 0, sleeps: false }
  }
}

/** One file of child.ts and all it needs; modules that ask for their folder are told it. */
async function bundled() {
  const outfile = join(folder, 'child.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as c } from 'node:module'; const require = c(import.meta.url)",
    },
    plugins: [{ name: 'folders', setup: tellFolders }],
  })
  return outfile
}

function tellFolders(build) {
  build.onLoad({ filter: /[/](src|test)[/].*[.]ts$/ }, ({ path }) => ({
    loader: 'ts',
    contents: readFileSync(path, 'utf8').replaceAll(
      'import.meta.dirname',
      JSON.stringify(dirname(path)),
    ),
  }))
}

function say(text) {
  process.stdout.write(`${text}\n`)
}
