import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * What one document among many costs: lines of NDJSON, each a server with one region, planned by the
 * installed program in one thread. CPU for each document is the difference between the two runs, so
 * that start-up is not counted. At most 2 ms, and memory that does not grow, are allowed.
 */
const sizes = process.argv.slice(2).map(Number)
const [small = 1000, large = 10_000] = sizes
const program = fileURLToPath(new URL('../../bin/mshare-plan.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mshare-plan-bench-'))

try {
  const bare = measured(['-e', '0'])
  const lines = ['ndjson', 'json', 'table'].map((format) => rowOf(format, bare))
  process.stdout.write(
    [
      `One document among many: ${small} and ${large} lines of NDJSON, one thread; one run each`,
      `  as        CPU of one   memory at ${small}    at ${large}   grows   1,000,000 in`,
      ...lines,
      '',
    ].join('\n'),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** @param {string} format @param {Measured} bare */
function rowOf(format, bare) {
  const [few, many] = [small, large].map((count) => ofDocuments(count, format))
  const each = (many.milliseconds - few.milliseconds) / (large - small)
  const times = (bytes) => `${(bytes / bare.bytes).toFixed(2)} x node`
  const hours = (each * 1e6) / 3_600_000
  return [
    `  ${format.padEnd(8)}`,
    `${each.toFixed(2)} ms`.padStart(12),
    times(few.bytes).padStart(18),
    times(many.bytes).padStart(14),
    `${(many.bytes / few.bytes).toFixed(2)} x`.padStart(9),
    `${hours.toFixed(1)} h`.padStart(12),
  ].join('')
}

/** @param {number} count @param {string} format */
function ofDocuments(count, format) {
  const path = join(folder, `${count}.ndjson`)
  const lines = Array.from({ length: count }, (_, number) => `${server(number)}\n`)
  writeFileSync(path, lines.join(''))
  return measured([program, path, '--jobs', '1', '--format', format])
}

/**
 * @typedef {{ readonly milliseconds: number, readonly bytes: number }} Measured
 * @param {readonly string[]} words
 * @returns {Measured} CPU and the highest resident memory of a whole process.
 */
function measured(words) {
  const hook = join(folder, 'hook.cjs')
  writeFileSync(
    hook,
    `process.on('exit', () => {
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
      require('node:fs').writeSync(2, 'used ' + (userCPUTime + systemCPUTime) + ' ' + maxRSS)
    })`,
  )
  const { stderr, status } = spawnSync(process.execPath, ['--require', hook, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  const [, microseconds, kilobytes] = /used (\d+) (\d+)$/.exec(stderr) ?? []
  if (status !== 0 || kilobytes === undefined) throw new Error(`ended with ${status}: ${stderr}`)
  return { milliseconds: Number(microseconds) / 1000, bytes: Number(kilobytes) * 1024 }
}

/** @param {number} number */
function server(number) {
  return JSON.stringify({
    version: 1,
    name: `server ${number}`,
    host: { memory: `${256 + (number % 512)} GB` },
    regions: { sga: { size: `${100 + (number % 200)} GB`, backing: 'posix-shm' } },
    groups: {
      clients: { processes: 500 + (number % 1000), private: '6 MB', maps: [{ region: 'sga' }] },
    },
  })
}
