import type { RiskLevel } from '../../../workload/gates.ts'
import type { Memory } from '../memory-result.ts'
import type { Risk } from '../risk-result.ts'
import type { PageTables } from '../table-result.ts'

/** What a plan says of a scenario in which some values are ranges. */
export interface Ranges {
  /** The values that are ranges, in the order of the file. */
  readonly inputs: readonly RangedInput[]
  /**
   * The values that all else in the result is planned with: the worst that `from` and `to` allow,
   * and the median where a value has `p50` and `p95`.
   */
  readonly plannedAt: 'worst' | 'median'
  /** Between the least and the most of each `from` and `to`; absent where no value has them. */
  readonly bounds?: RangeBounds
  /** By the percentiles; absent where no value has them. */
  readonly chances?: RangeChances
  /** What gates are judged by: of each strategy the worse bound, or what is worse one time in 20. */
  readonly judged: readonly RangeJudged[]
}

/** A value that is a range. */
export interface RangedInput {
  /** As for `--set`. */
  readonly path: string
  /** Further places that have it, by one anchor; absent: none. */
  readonly also?: readonly string[]
  /** What its values are. */
  readonly unit: 'count' | 'bytes' | 'pages' | 'percent'
  /**
   * The least that it can be.
   * @unrounded
   */
  readonly from?: number
  /**
   * The most that it can be.
   * @unrounded
   */
  readonly to?: number
  /**
   * Its median.
   * @unrounded
   */
  readonly p50?: number
  /**
   * What it exceeds one time in 20.
   * @unrounded
   */
  readonly p95?: number
  /** How it is spread between and beyond its percentiles; absent where it has none. */
  readonly distribution?: 'log-normal' | 'normal'
  /**
   * The value that the result is planned with.
   * @unrounded
   */
  readonly planned: number
}

/** The least and the most of each figure. */
export interface RangeBounds {
  /** How many sets of values were planned. */
  readonly plans: number
  readonly strategies: readonly StrategyBounds[]
}

/** Bounds of one strategy; each is the figure of a plan that was made. */
export interface StrategyBounds {
  /** As in the comparison. */
  readonly id: string
  /**
   * True where each figure only rises or only falls with each range, by rule: nothing between the ends
   * is outside the bounds. False where values in between were searched, and a few may go further.
   */
  readonly proven: boolean
  readonly pageTables: BoundsBytes
  readonly demand: BoundsBytes
  readonly headroom: BoundsBytes
  readonly best: RangeEnd
  readonly worst: RangeEnd
  /** True where it is not possible with some of the values. */
  readonly notAlways?: true
}

/** The least and the most of an amount. */
export interface BoundsBytes {
  readonly leastBytes: number
  readonly mostBytes: number
}

/** The least risk, or the most; of equal ones that with the most headroom, or the least. */
export interface RangeEnd {
  readonly risk: 'no-start' | RiskLevel
  readonly headroomBytes: number
  readonly pageTablesBytes: number
  /**
   * The value of each input there, in their order.
   * @unrounded
   */
  readonly at: readonly number[]
}

/** How likely each figure is. */
export interface RangeChances {
  readonly method: ChanceMethod
  readonly strategies: readonly StrategyChances[]
}

/** How chances were found. */
export type ChanceMethod =
  /** One value, and figures that only rise or only fall with it: no sample was drawn. */
  | { readonly kind: 'closed-form' }
  /** Points that fill the space evenly, moved at random by the seed, 16 times. */
  | { readonly kind: 'quasi-random'; readonly samples: number; readonly seed: number }

/** Chances of one strategy. */
export interface StrategyChances {
  /** As in the comparison. */
  readonly id: string
  readonly pageTables: Quantiles
  readonly headroom: Quantiles
  /** From the best to the worst; one that never came is absent. `unplanned`: the strategy or the values are not possible. */
  readonly risks: readonly RiskChance[]
}

/** What a figure is at most one time in 20, one time in two, and 19 times in 20. */
export interface Quantiles {
  readonly p5: Quantile
  readonly p50: Quantile
  readonly p95: Quantile
}

/** One quantile. Where it was sampled, it is within bounds 999 times in 1000. */
export interface Quantile {
  readonly bytes: number
  /** Absent where it is exact. */
  readonly leastBytes?: number
  /** Absent where it is exact. */
  readonly mostBytes?: number
}

/** How likely a level of risk is. */
export interface RiskChance {
  readonly risk: 'unplanned' | 'no-start' | RiskLevel
  /** From 0 to 1, not rounded. */
  readonly fraction: number
  /** By how much it is wrong at most, 999 times in 1000; 0 where it is exact. Not rounded. */
  readonly errorFraction: number
}

/** The numbers of a strategy that gates are about. */
export type RangeJudged = { readonly id: string } & (
  | { readonly applies: false }
  | {
      readonly applies: true
      readonly pageTables: Pick<PageTables, 'bytes'>
      readonly memory: Pick<Memory, 'headroomBytes' | 'pools' | 'commit'>
      readonly risk: Pick<Risk, 'level'>
    }
)
