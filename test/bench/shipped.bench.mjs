import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { median } from './median.mjs'

/*
 * CPU of the whole program for each shipped scenario, against the case of the LKML, all taking turns:
 * the one that takes longest may take twice as much.
 */
const rounds = Number(process.argv[2] ?? 5)
const root = join(import.meta.dirname, '../..')
const hook = join(import.meta.dirname, 'cpu-at-exit.cjs')
const program = join(root, 'bin/mshare-plan.js')
const usual = 'oracle-sga-300g.yaml'

const names = readdirSync(join(root, 'scenarios')).filter((name) => name.endsWith('.yaml'))
const times = new Map(names.map((name) => [name, /** @type {number[]} */ ([])]))
for (let round = 0; round < rounds; round += 1) {
  for (const [name, values] of times) values.push(cpuOf(join(root, 'scenarios', name)))
}

const medians = [...times].map(([name, values]) => ({ name, time: median(values) }))
const reference = medians.find(({ name }) => name === usual)?.time ?? Number.NaN
const longest = medians.toSorted((one, other) => other.time - one.time).slice(0, 3)
process.stdout.write(
  [
    `CPU of a plan of ${names.length} shipped scenarios, medians of ${rounds} runs each (at most 2 x allowed)`,
    `  ${usual.padEnd(32)}${reference.toFixed(0).padStart(6)} ms`,
    ...longest.map(
      ({ name, time }) =>
        `  ${name.padEnd(32)}${time.toFixed(0).padStart(6)} ms  ${(time / reference).toFixed(2)} x`,
    ),
    '',
  ].join('\n'),
)

/** @param {string} scenario @returns milliseconds, of all threads. */
function cpuOf(scenario) {
  const words = ['--require', hook, program, scenario]
  const { stderr, error } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  const found = /cpu ([\d.]+)/.exec(stderr)?.[1]
  if (found === undefined) throw new Error(`${scenario}: ${error ?? stderr}`)
  return Number(found)
}
