import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { median } from './median.mjs'

/*
 * Wall time of the whole program, from the outside, against the least that a Node program can take.
 * The two take turns, so that what else the machine does falls on both; medians are compared. Not a
 * timed test: run `npm run bench` on a machine that is otherwise idle.
 */
const rounds = Number(process.argv[2] ?? 61)
const root = join(import.meta.dirname, '../..')
const program = join(root, 'bin/mshare-plan.js')
const scenario = join(root, 'scenarios/oracle-sga-300g.yaml')

const commands = {
  'node -e 0': ['-e', '0'],
  '--version': [program, '--version'],
  plan: [program, scenario],
  'plan, JSON': [program, scenario, '--format', 'json'],
}

const times = new Map(Object.keys(commands).map((name) => [name, /** @type {number[]} */ ([])]))
for (let round = 0; round < rounds; round += 1) {
  for (const [name, args] of Object.entries(commands)) times.get(name)?.push(wallTime(args))
}

const bare = median(times.get('node -e 0') ?? [])
process.stdout.write(`Start-up, medians of ${rounds} runs each, taking turns\n`)
for (const [name, values] of times) {
  const middle = median(values)
  const ratio = (middle / bare).toFixed(2)
  process.stdout.write(`  ${name.padEnd(12)} ${middle.toFixed(1).padStart(7)} ms  ${ratio} x\n`)
}

/** @param {readonly string[]} args */
function wallTime(args) {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const end = performance.now()
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  return end - start
}
