import type { Gates, RiskLevel, Severity, Threshold } from '../../workload/gates.ts'
import { riskLevels, severities } from '../../workload/gates.ts'
import type { GateResult } from '../result/gate-result.ts'
import type { Starting } from '../result/refusal.ts'
import { refusalIn } from '../result/refusal.ts'
import type { Result } from '../result/result.ts'
import type { Refusal } from '../result/risk-result.ts'
import type { Baseline } from './growth.ts'
import { judgeGrowth } from './growth.ts'
import type { Waivable } from './waivers.ts'

/** What gates are judged by, in a plan made just now and in a saved one. */
export interface Evidence {
  readonly strategies: readonly Judged[]
  /** With their waivers. */
  readonly findings: readonly Waivable[]
  /** Host memory in bytes, which fractions refer to. */
  readonly memoryBytes: number
  /** What the plan is compared with; absent: nothing was given. */
  readonly baseline?: Baseline
}

/** A strategy with the numbers that gates are about. */
export type Judged = { readonly id: string } & (
  | { readonly applies: false }
  | ({ readonly applies: true } & Numbers)
)

/** The numbers that gates are about. */
export interface Numbers {
  readonly pageTables: { readonly bytes: number }
  readonly memory: {
    readonly headroomBytes: number
  } & Starting
  readonly risk: { readonly level: RiskLevel }
}

/**
 * Judges what must hold. A gate on a strategy that could not be planned does not hold: no data is
 * never a pass.
 */
export function judge(gates: Gates, evidence: Evidence): readonly GateResult[] {
  const found = evidence.strategies.find(({ id }) => id === gates.strategy)
  const planned = found?.applies === true ? found : undefined
  // What cannot be mapped, or is refused: the plan is of something that will not run.
  const refusal = planned === undefined ? undefined : refusalIn(planned.memory)
  const running = refusal === 'huge-pages' ? undefined : planned
  const subject = { ...evidence, isPlanned: planned !== undefined, running }
  return Object.values(judges)
    .flatMap((judgeOne) => judgeOne(gates, subject))
    .map((gate) => unlessRefused(gate, refusal))
}

/** The evidence, with the judged strategy if it was planned and starts. */
interface Subject extends Evidence {
  readonly isPlanned: boolean
  readonly running: Numbers | undefined
}

/** One for each gate that can be set, in the order of the results. */
const judges: Readonly<
  Record<
    Exclude<keyof Gates, 'strategy' | 'cases'>,
    (gates: Gates, subject: Subject) => readonly GateResult[]
  >
> = {
  risk: (gates, { running }) => judgeRisk(gates, running),
  headroom: (gates, { running, memoryBytes }) => judgeHeadroom(gates, running, memoryBytes),
  pageTables: (gates, { running, memoryBytes }) => judgePageTables(gates, running, memoryBytes),
  findings: (gates, { isPlanned, findings }) =>
    judgeFindings(gates, isPlanned ? findings : undefined),
  growth: (gates, { running, baseline }) => judgeGrowth(gates, running, baseline),
}

/**
 * A number of what does not start is no pass; one that fails by itself stays to be seen. Findings
 * are known even then: what keeps the strategy from starting is one of them.
 */
function unlessRefused(gate: GateResult, reason: Refusal | undefined): GateResult {
  if (reason === undefined || gate.metric === 'findings') return gate
  if (!gate.holds) return { ...gate, reason }
  const { actual: _actual, margin: _margin, ...rest } = gate
  return { ...rest, holds: false, reason }
}

/** `none` without gates, otherwise whether all hold. */
export function verdictOf(gates: readonly Pick<GateResult, 'holds'>[]): Result['verdict'] {
  if (gates.length === 0) return 'none'
  return gates.every(({ holds }) => holds) ? 'pass' : 'fail'
}

function judgeRisk({ strategy, risk }: Gates, planned: Numbers | undefined): readonly GateResult[] {
  if (risk === undefined) return []
  const gate = { metric: 'risk', strategy, limit: risk, unit: 'level' } as const
  if (planned === undefined) return [{ ...gate, holds: false }]
  const actual = planned.risk.level
  const margin = riskLevels.indexOf(risk) - riskLevels.indexOf(actual)
  return [{ ...gate, actual, margin, holds: margin >= 0 }]
}

function judgeHeadroom(
  { strategy, headroom }: Gates,
  planned: Numbers | undefined,
  memory: number,
): readonly GateResult[] {
  if (headroom === undefined) return []
  const limit = bytesOf(headroom, memory, Math.ceil)
  const gate = { metric: 'headroom', strategy, limit, unit: 'bytes' } as const
  if (planned === undefined) return [{ ...gate, holds: false }]
  const actual = planned.memory.headroomBytes
  return [{ ...gate, actual, margin: actual - limit, holds: actual >= limit }]
}

function judgePageTables(
  { strategy, pageTables }: Gates,
  planned: Numbers | undefined,
  memory: number,
): readonly GateResult[] {
  if (pageTables === undefined) return []
  const limit = bytesOf(pageTables, memory, Math.floor)
  const gate = { metric: 'pageTables', strategy, limit, unit: 'bytes' } as const
  if (planned === undefined) return [{ ...gate, holds: false }]
  const actual = planned.pageTables.bytes
  return [{ ...gate, actual, margin: limit - actual, holds: actual <= limit }]
}

/** A fraction of memory in whole bytes, rounded to the strict side. */
function bytesOf(threshold: Threshold, memory: number, round: (value: number) => number): number {
  return threshold.kind === 'bytes' ? threshold.bytes : round(threshold.fraction * memory)
}

/** Counted are findings of the workload itself and of the strategy that is judged. */
function judgeFindings(
  { strategy, findings: limit }: Gates,
  findings: readonly Waivable[] | undefined,
): readonly GateResult[] {
  if (limit === undefined) return []
  const gate = { metric: 'findings', strategy, limit, unit: 'level' } as const
  if (findings === undefined) return [{ ...gate, holds: false }]
  const counted = findings.filter(
    (finding) => finding.waived === undefined && [undefined, strategy].includes(finding.strategy),
  )
  const worst = Math.max(-1, ...counted.map(({ severity }) => gravity(severity)))
  const against = counted.filter(({ severity }) => gravity(severity) >= gravity(limit))
  const margin = gravity(limit) - 1 - worst
  return [
    {
      ...gate,
      actual: severities[worst] ?? 'none',
      margin,
      holds: margin >= 0,
      against: [...new Set(against.map(({ id }) => id))].sort(),
    },
  ]
}

function gravity(severity: Severity): number {
  return severities.indexOf(severity)
}
