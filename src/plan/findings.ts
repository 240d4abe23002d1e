import type { Assumption, Workload } from '../workload/workload.ts'
import type { Finding } from './finding.ts'
import { hugePageFindings } from './huge-page-findings.ts'
import { mshareFindings } from './mshare-findings.ts'
import type { Planned } from './strategy-result.ts'
import { workloadFindings } from './workload-findings.ts'

/** Everything true about a plan that its reader should know, strategy by strategy. */
export function findingsOf(
  workload: Workload,
  planned: readonly Planned[],
  assumptions: readonly Assumption[],
): readonly Finding[] {
  const basePages = planned.find(({ result }) => result.id === 'base-pages')?.result
  return [
    ...workloadFindings(
      workload,
      planned.map(({ result }) => result),
      assumptions,
    ),
    ...hugePageFindings(workload, planned),
    ...planned.flatMap((strategy) => mshareFindings(strategy, basePages)),
  ]
}
