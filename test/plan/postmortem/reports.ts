import { plan } from '../../../src/plan/plan.ts'
import type { Postmortem } from '../../../src/plan/result/postmortem-result.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

/** A database of 16 GiB on 64 GiB: 200 sessions, and what the kernel said of it. */
export interface ReportParts {
  /** Keys of `measured.outOfMemory` in YAML, without braces. */
  readonly report: string
  /** Further keys of `measured`. */
  readonly measured?: string
  readonly host?: string
  readonly sessions?: number
}

export const fullOf = 'constraint: machine, memory: { total: 64 GiB'

/** The plan of a scenario that comes from an out-of-memory report. */
export function resultOf({ report, measured, host = '', sessions = 2000 }: ReportParts): Result {
  const text = `version: 1
name: db1
host: { memory: 64 GiB, minFree: 64 MiB, ${host} }
regions: { data: { size: 16 GiB, program: oracle } }
groups:
  sessions: { processes: ${sessions}, private: 2 MiB, maps: [{ region: data }] }
measured: { outOfMemory: { ${report} }${measured === undefined ? '' : `, ${measured}`} }
`
  const read = readScenario(text, 'db1.yaml')
  if (!read.ok) throw new Error(read.issues.map(({ message }) => message).join('\n'))
  return plan(read.workload, { ...read, assumptions: read.assumptions })
}

/** What its plan says of the report. */
export function postmortem(parts: ReportParts): Postmortem {
  const { postmortem: found } = resultOf(parts)
  if (found === undefined) throw new Error('the plan has no postmortem')
  return found
}
