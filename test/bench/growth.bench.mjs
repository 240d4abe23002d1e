import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { growthCases } from './growth-cases.mjs'

/*
 * How the time of one answer grows with the scenario: each is answered in a process of its own, at
 * one size and at ten times that. CPU without start-up, so that what else the machine does does not
 * count. At most 15 times is allowed.
 */
const child = fileURLToPath(new URL('./growth-child.mjs', import.meta.url))
/** Seconds of CPU after which a process is ended. */
const patience = 120
const wanted = process.argv.slice(2)

process.stdout.write('How time grows for 10 times the work (at most 15 x allowed); one run each\n')
for (const [name, { sizes }] of Object.entries(growthCases)) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue
  const [small, large] = sizes.map((size) => timeOf(name, size))
  process.stdout.write(`  ${name.padEnd(34)}${said(small)}${said(large)}  ${ratio(small, large)}\n`)
}

/** @param {string} name @param {number} size @returns milliseconds; `undefined` where it did not end. */
function timeOf(name, size) {
  const limited = ['-c', `ulimit -t ${patience}; exec "$@"`, 'sh']
  const words = [...limited, process.execPath, child, name, String(size)]
  const { stdout, stderr, error, status, signal } = spawnSync('sh', words, { encoding: 'utf8' })
  if (signal === 'SIGKILL' || signal === 'SIGXCPU') return undefined
  if (status !== 0) throw new Error(`${name} with ${size} ended with ${status}: ${error ?? stderr}`)
  return Number(stdout)
}

/** @param {number | undefined} milliseconds */
function said(milliseconds) {
  const text = milliseconds === undefined ? 'does not end' : `${milliseconds.toFixed(0)} ms`
  return text.padStart(14)
}

/** @param {number | undefined} small @param {number | undefined} large */
function ratio(small, large) {
  if (small === undefined || large === undefined) return ''
  return `${(large / small).toFixed(1)} x`
}
