import { join } from 'node:path'
import { inTurns } from './whole-process.mjs'

/*
 * What one point of a sweep costs: the 300 GB SGA with other numbers of connections, and with other sizes
 * of the SGA. CPU time for each point is the difference between two runs, so that start-up is not counted.
 */
const [few, many] = [100, 1100]
const root = join(import.meta.dirname, '../..')
const words = [
  join(root, 'bin/mshare-plan.js'),
  'sweep',
  join(root, 'scenarios/oracle-sga-300g.yaml'),
]
/** @type {Readonly<Record<string, (points: number) => string>>} */
const varied = {
  processes: (points) => `groups.clients.processes=101..${100 + points}:1`,
  'size of a region': (points) => `regions.sga.size=101GiB..${100 + points}GiB:1GiB`,
}

const lines = Object.entries(varied).map(([name, values]) => {
  const runs = inTurns(
    process.execPath,
    {
      few: [...words, '--vary', values(few), '--format', 'ndjson'],
      many: [...words, '--vary', values(many), '--format', 'ndjson'],
    },
    5,
  )
  const each = (runs.many.cpuMs - runs.few.cpuMs) / (many - few)
  return `  ${name.padEnd(18)} ${each.toFixed(2)} ms`
})
process.stdout.write(`${['One point of a sweep, all strategies', ...lines].join('\n')}\n`)
