import type { Assumption, Workload } from '../../workload/workload.ts'
import type { Advising } from '../advice/advice.ts'
import type { Finding } from '../result/finding.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import { assumptionFindings } from './assumption-findings.ts'
import { captureFindings } from './capture-findings.ts'
import { hugePageFindings } from './huge-page-findings.ts'
import { mshareFindings } from './mshare-findings.ts'
import { workloadFindings } from './workload-findings.ts'

/**
 * Everything true about a plan that its reader should know, strategy by strategy.
 * @param basePages what savings are measured by, asked for or not.
 * @param advising no finding says otherwise.
 */
export function findingsOf(
  workload: Workload,
  planned: readonly Planned[],
  basePages: Planned,
  assumptions: readonly Assumption[],
  advising: Advising,
): readonly Finding[] {
  return [
    ...workloadFindings(
      workload,
      planned.map(({ result }) => result),
      assumptions,
      advising,
    ),
    ...captureFindings(
      workload,
      planned.map(({ result }) => result),
    ),
    ...hugePageFindings(workload, planned, assumptions, advising),
    ...assumptionFindings(workload, planned, assumptions),
    ...planned.flatMap((strategy) => mshareFindings(strategy, basePages.result)),
  ]
}
