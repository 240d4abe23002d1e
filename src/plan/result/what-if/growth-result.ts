import type { RiskLevel } from '../../../workload/gates.ts'
import type { Refusal, Stop } from '../risk-result.ts'

/** When a host that grows stops being safe. Days are text in UTC, as `2027-03-01`. */
export interface GrowthResult {
  /** The day of the scenario as it is written. */
  readonly from: string
  /** The last day that is looked at. */
  readonly until: string
  /** Days on which something grows, after the first day and until the last. */
  readonly dates: number
  /** In the order of the scenario. */
  readonly rates: readonly GrowingValue[]
  /** Strategies in the order of comparison; those that are not possible on the first day are missing. */
  readonly strategies: readonly StrategyGrowth[]
}

/** A value that grows. */
export interface GrowingValue {
  /** As for `--set`. */
  readonly path: string
  /** `+40 per month`. */
  readonly rate: string
  /** On the first day: a count, or a size or percentage as text. */
  readonly now: GrownAmount
}

/** A count, or a size or percentage as `--set` takes it. */
export type GrownAmount = number | string

/** One strategy as time passes. */
export interface StrategyGrowth {
  readonly id: string
  readonly status: 'mainline' | 'proposed'
  /** On the first day. */
  readonly now: GrowthStanding
  /** The first day on which it is worse than safe; absent: none that was looked at. */
  readonly notSafeFrom?: string
  /** The first day on which it swaps. */
  readonly swapsFrom?: string
  /** The first day on which it is out of memory, or does not start. */
  readonly diesFrom?: string
  /** Where it is safe in the end: the day from which on. */
  readonly safeAgainFrom?: string
  /** Each day on which it becomes another, in order, until it dies for good or the last day. */
  readonly changes: readonly GrowthChange[]
  /** Where days after this one were not looked at: no scenario has such values, or the strategy is not possible. */
  readonly end?: { readonly date: string; readonly reason: 'too-large' | 'not-possible' }
  /** How full memory is on some days, the first ones and those of changes among them. */
  readonly points?: readonly GrowthPoint[]
}

/** A day, and the last step before it, on which it was still as before. */
export interface GrowthChange {
  readonly date: string
  /** The last day on which something grew before, or the first day. */
  readonly before: string
  readonly from: GrowthStanding
  readonly to: GrowthStanding
  /** Of that day, in the order of the rates. */
  readonly values: readonly GrownAmount[]
  readonly pageTablesBytes: number
  readonly headroomBytes: number
  /** What is missing; absent where it gets better. */
  readonly stop?: Stop
}

/** What a plan of that day comes to, on the host or in the cgroup that is fullest for its size. */
export interface GrowthPoint {
  readonly date: string
  /** What is needed, with pools and with what the host reserves. */
  readonly usedBytes: number
  /** Memory of the host, or the limit of the cgroup. */
  readonly ofBytes: number
  /** Absent where the host is fullest. */
  readonly cgroup?: string
  /** The worst of the host's level and those of its cgroups. */
  readonly level: RiskLevel
  /** What keeps the plan from starting; absent where it starts. */
  readonly refusal?: Refusal
}

/** What it comes to on a day: its risk, or that it does not start. */
export type GrowthStanding = RiskLevel | 'no-start'
