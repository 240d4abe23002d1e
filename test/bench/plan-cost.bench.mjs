import { plan } from '../../dist/plan/plan.js'
import { readScenario } from '../../dist/scenario/read-scenario.js'
import { median } from './median.mjs'

/*
 * What planning costs must not depend on bytes or processes: 30 TiB mapped by 100,000 processes
 * against 3 GiB mapped by 15, in this process, taking turns. The ratio is about 1.
 */
const rounds = 301
const small = planner('host: { memory: 64 GiB }', '3 GiB', 15)
const large = planner('host: { memory: 64 TiB }', '30 TiB', 100_000)

/** @type {{ small: number[], large: number[] }} */
const times = { small: [], large: [] }
for (let round = -50; round < rounds; round += 1) {
  const [smallTime, largeTime] = [time(small), time(large)]
  // The first rounds only warm the compiler up.
  if (round < 0) continue
  times.small.push(smallTime)
  times.large.push(largeTime)
}

const [smallMedian, largeMedian] = [median(times.small), median(times.large)]
process.stdout.write(
  [
    `Cost of a plan, medians of ${rounds} runs each, taking turns`,
    `  3 GiB x 15          ${smallMedian.toFixed(3)} ms`,
    `  30 TiB x 100,000    ${largeMedian.toFixed(3)} ms  ${(largeMedian / smallMedian).toFixed(2)} x`,
    '',
  ].join('\n'),
)

/** @param {string} host @param {string} size @param {number} processes */
function planner(host, size, processes) {
  const text = `
version: 1
name: bench
${host}
regions: { pool: { size: ${size}, mshare: true } }
groups: { clients: { processes: ${processes}, maps: [{ region: pool, touched: 40% }] } }
`
  const read = readScenario(text, 'bench.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.issues))
  const scenario = { name: read.name, file: 'bench.yaml', fingerprint: '' }
  /** @type {import('../../src/plan/result/result.ts').Result['tool']} */
  const tool = { name: 'mshare-plan', version: '' }
  return () => plan(read.workload, { tool, scenario, assumptions: read.assumptions })
}

/** @param {() => unknown} run */
function time(run) {
  const start = performance.now()
  run()
  return performance.now() - start
}
