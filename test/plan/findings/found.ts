import type { Finding, FindingKind } from '../../../src/plan/result/finding.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib } from '../../build.ts'

/** The findings of one kind. */
export function only<K extends FindingKind>(
  findings: readonly Finding[],
  kind: K,
): readonly Extract<Finding, { kind: K }>[] {
  return findings.filter(
    (finding): finding is Extract<Finding, { kind: K }> => finding.kind === kind,
  )
}

/** The case of the mailing list: 300 GiB on base pages, mapped by every process. */
export const lkml = (memory: number, processes = 1500): WorkloadParts => ({
  host: { memory, minFree: 0 },
  regions: { sga: { size: 300 * gib } },
  groups: { clients: { processes, maps: [{ region: 'sga' }] } },
})
