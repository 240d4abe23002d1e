import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inTurns } from './whole-process.mjs'

/*
 * The whole program, from the outside, against the least that a Node program can take: CPU time of
 * all threads, time on the clock, and the most memory. Not a timed test. The ratios bear a machine
 * that does other things; the milliseconds do not.
 *
 *   node test/bench/start-up.bench.mjs [ROUNDS] [NODE…]
 */
const [asked = '31', ...others] = process.argv.slice(2)
const rounds = Number(asked)
const root = join(import.meta.dirname, '../..')
const program = join(root, 'bin/mshare-plan.js')
const lkml = join(root, 'scenarios/oracle-sga-300g.yaml')

const commands = {
  'node -e 0': ['-e', '0'],
  'plan, LKML case': [program, lkml],
  'plan, JSON': [program, lkml, '--format', 'json'],
  check: [program, 'check', lkml],
  '--version': [program, '--version'],
  '--help': [program, '--help'],
}
/** At most, of plan by release of Node, of version and help, and of memory. */
const goals = { plan: { 20: 1.9, 22: 2.2, 24: 2.1 }, text: 1.15, memory: 1.35 }

// With it a bare Node 20 takes more than twice as long, and every ratio is less.
const { NODE_EXTRA_CA_CERTS: certificates, ...without } = process.env
for (const node of [process.execPath, ...others]) print(startUp(node, process.env, ''))
if (certificates !== undefined)
  print(startUp(process.execPath, without, ', no NODE_EXTRA_CA_CERTS'))
print(longestScenario())

/** @param {string} node @param {NodeJS.ProcessEnv} env @param {string} how that differs */
function startUp(node, env, how) {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
  const taken = inTurns(node, commands, rounds, env)
  const bare = taken['node -e 0']
  const lines = Object.entries(taken).map(([name, { cpuMs, wallMs, peakKib }]) =>
    [
      name.padEnd(16),
      cpuMs.toFixed(0).padStart(7),
      ratio(cpuMs, bare.cpuMs).padStart(8),
      wallMs.toFixed(0).padStart(8),
      ratio(wallMs, bare.wallMs).padStart(8),
      (peakKib / 1024).toFixed(0).padStart(8),
      ratio(peakKib, bare.peakKib).padStart(8),
    ].join(''),
  )
  const most = Object.entries(goals.plan).find(([major]) => version.startsWith(`v${major}.`))?.[1]
  return [
    `Start-up with Node ${version}${how}, medians of ${rounds} runs, taking turns`,
    `${' '.repeat(16)} CPU ms             ms             MiB`,
    ...lines,
    `allowed: plan ${most ?? '-'} x, version and help ${goals.text} x, memory ${goals.memory} x`,
  ]
}

function longestScenario() {
  const folder = join(root, 'scenarios')
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  if (names.length < 10) throw new Error('there are no scenarios to plan')
  const all = Object.fromEntries(names.map((name) => [name, [program, join(folder, name)]]))
  const byTime = Object.entries(inTurns(process.execPath, all, 3)).sort(
    ([, left], [, right]) => right.cpuMs - left.cpuMs,
  )
  const [longest = ''] = byTime[0] ?? []
  const pair = inTurns(
    process.execPath,
    { longest: [program, join(folder, longest)], lkml: [program, lkml] },
    rounds,
  )
  return [
    `Shipped scenario that takes longest: ${longest}`,
    `  ${ratio(pair.longest.cpuMs, pair.lkml.cpuMs)} of the CPU time of the LKML case (2 x allowed)`,
  ]
}

/** @param {number} part @param {number} whole */
function ratio(part, whole) {
  return `${(part / whole).toFixed(2)} x`
}

/** @param {readonly string[]} lines */
function print(lines) {
  process.stdout.write(`${lines.join('\n')}\n`)
}
