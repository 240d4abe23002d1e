import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { median } from './median.mjs'

const teller = join(import.meta.dirname, 'whole-process.cjs')

/**
 * What a whole process took, from its start.
 * @typedef {object} Taken
 * @property {number} cpuMs of all its threads
 * @property {number} wallMs
 * @property {number} peakKib the most memory that it had
 */

/**
 * Medians of several runs. All commands take turns, so that what else the machine does falls on all.
 * @template {string} Name
 * @param {string} node the executable
 * @param {Readonly<Record<Name, readonly string[]>>} commands words for Node
 * @param {number} rounds
 * @param {NodeJS.ProcessEnv} env
 * @returns {Readonly<Record<Name, Taken>>}
 */
export function inTurns(node, commands, rounds, env = process.env) {
  const names = /** @type {readonly Name[]} */ (Object.keys(commands))
  const runs = new Map(names.map((name) => [name, /** @type {Taken[]} */ ([])]))
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) runs.get(name)?.push(run(node, commands[name], env))
  }
  const entries = names.map((name) => [name, medians(runs.get(name) ?? [])])
  return Object.fromEntries(entries)
}

/** @param {readonly Taken[]} runs @returns {Taken} */
function medians(runs) {
  return {
    cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
    wallMs: median(runs.map(({ wallMs }) => wallMs)),
    peakKib: median(runs.map(({ peakKib }) => peakKib)),
  }
}

/** @param {string} node @param {readonly string[]} words @param {NodeJS.ProcessEnv} env @returns {Taken} */
function run(node, words, env) {
  const start = performance.now()
  const { status, stderr, output } = spawnSync(node, ['-r', teller, ...words], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env,
  })
  const wallMs = performance.now() - start
  if (status !== 0 && status !== 1) throw new Error(`${words.join(' ')}: ${status}, ${stderr}`)
  return { wallMs, ...JSON.parse(output[3] ?? '') }
}
