import type { Side } from '../../../src/plan/diff/diff.ts'
import { plan } from '../../../src/plan/plan.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { Workload } from '../../../src/workload/workload.ts'

/** A server as small as can be, with other values where they are given. */
export function server(values: Readonly<Record<string, string>> = {}): Workload {
  return read(values).workload
}

/** The same as a side of a comparison. */
export function sideOf(values: Readonly<Record<string, string>> = {}): Side {
  const { workload, assumptions } = read(values)
  const about = { name: 'server', file: 'server.yaml' }
  const result = plan(workload, { ...about, assumptions })
  const { fingerprint } = result.scenario
  return { about: { ...about, kind: 'scenario', fingerprint }, result, workload }
}

const text = `version: 1
host: { memory: 64 GiB }
regions: { pool: { size: 8 GiB } }
groups: { workers: { processes: 100, maps: [{ region: pool }] } }
`

function read(values: Readonly<Record<string, string>>) {
  const overrides = Object.entries(values).map(([path, value]) => ({ path, value }))
  const reading = readScenario(text, 'server.yaml', overrides)
  if (!reading.ok) throw new RangeError(reading.issues.map(({ message }) => message).join())
  return reading
}
