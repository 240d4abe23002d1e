import type { Severity, Waiver } from '../../workload/gates.ts'
import type { Finding } from '../result/finding.ts'
import { found } from '../result/finding.ts'

/** What a waiver looks at, in findings made just now and in saved ones. */
export interface Waivable {
  readonly id: string
  readonly kind: string
  readonly severity: Severity
  readonly strategy?: string | undefined
  readonly waived?: Finding['waived'] | undefined
}

/** What is said about waivers themselves. */
export type WaiverFinding = Extract<Finding, { readonly waives: string }>

/**
 * Marks the findings that somebody accepts, and says which waivers have expired or stand for
 * nothing. No finding is ever taken away.
 * @param today as `2027-01-31`, in UTC: a waiver counts up to its last day. Absent: none counts.
 */
export function applyWaivers<F extends Waivable>(
  findings: readonly F[],
  waivers: readonly Waiver[],
  today: string | undefined,
): readonly (F | WaiverFinding)[] {
  if (today === undefined) return findings
  const marked = findings.map((finding) => {
    const waiver = waivers.find(({ finding: id }) => id === finding.id)
    if (waiver === undefined || hasExpired(waiver, today)) return finding
    return { ...finding, waived: { until: waiver.until, reason: waiver.reason } }
  })
  return [...marked, ...waivers.flatMap((waiver) => about(waiver, findings, today))]
}

/** The findings as they were before any waiver was applied. */
export function withoutWaivers<F extends Waivable>(findings: readonly F[]): readonly F[] {
  return findings
    .filter(({ kind }) => kind !== 'waiver-expired' && kind !== 'waiver-unmatched')
    .map((finding) => {
      const { waived: _, ...plain } = finding
      return plain as F
    })
}

/** Dates of this form stand in the order of their letters. */
function hasExpired({ until }: Waiver, today: string): boolean {
  return until < today
}

function about(
  waiver: Waiver,
  findings: readonly Waivable[],
  today: string,
): readonly WaiverFinding[] {
  const named = { waives: waiver.finding, until: waiver.until, reason: waiver.reason }
  if (hasExpired(waiver, today)) {
    return [{ ...found('waiver-expired', 'warning'), ...named }]
  }
  if (findings.some(({ id }) => id === waiver.finding)) return []
  return [{ ...found('waiver-unmatched', 'note'), ...named }]
}
