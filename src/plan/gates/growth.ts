import type { Gates, RiskLevel, Threshold } from '../../workload/gates.ts'
import { riskLevels } from '../../workload/gates.ts'
import type { GateResult } from '../result/gate-result.ts'

/** What a saved result says of the same scenario and strategy; what it does not say is absent. */
export interface Baseline {
  readonly pageTableBytes?: number
  readonly risk?: RiskLevel
}

/** What is compared with a baseline. */
interface Compared {
  readonly pageTables: { readonly bytes: number }
  readonly risk: { readonly level: RiskLevel }
}

/**
 * How much page tables have grown over the baseline, held against each limit, and that the risk has
 * not become worse. Without a number on either side growth is not known, and its gates do not hold.
 */
export function judgeGrowth(
  { strategy, growth = [] }: Gates,
  planned: Compared | undefined,
  baseline: Baseline | undefined,
): readonly GateResult[] {
  return [
    ...growth.map((limit) =>
      judgeOne(strategy, limit, planned?.pageTables.bytes, baseline?.pageTableBytes),
    ),
    ...judgeRisk(strategy, planned, baseline?.risk),
  ]
}

function judgeOne(
  strategy: string,
  threshold: Threshold,
  now: number | undefined,
  baseline: number | undefined,
): GateResult {
  const relative = threshold.kind === 'fraction'
  const limit = relative ? threshold.fraction : threshold.bytes
  const unit = relative ? 'fraction' : 'bytes'
  const gate = {
    metric: 'growth',
    strategy,
    limit,
    unit,
    ...(baseline === undefined ? {} : { baseline }),
  } as const
  const actual = growthOf(now, baseline, relative)
  if (actual === undefined) return { ...gate, holds: false }
  return { ...gate, actual, margin: limit - actual, holds: actual <= limit }
}

/** Something over nothing is no multiple of it: relative growth is then not known. */
function growthOf(
  now: number | undefined,
  baseline: number | undefined,
  relative: boolean,
): number | undefined {
  if (now === undefined || baseline === undefined) return undefined
  const bytes = now - baseline
  if (!relative) return bytes
  if (baseline === 0) return bytes === 0 ? 0 : undefined
  return bytes / baseline
}

function judgeRisk(
  strategy: string,
  planned: Compared | undefined,
  baseline: RiskLevel | undefined,
): readonly GateResult[] {
  if (baseline === undefined) return []
  const gate = { metric: 'riskGrowth', strategy, limit: baseline, unit: 'level', baseline } as const
  if (planned === undefined) return [{ ...gate, holds: false }]
  const actual = planned.risk.level
  const margin = riskLevels.indexOf(baseline) - riskLevels.indexOf(actual)
  return [{ ...gate, actual, margin, holds: margin >= 0 }]
}
