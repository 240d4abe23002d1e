import type { ObstacleKind } from '../../../sharing/strategy.ts'
import type { LimitPoint } from '../limits-result.ts'
import type { Standing } from '../outlook.ts'
import type { ScenarioIdentity } from '../result.ts'

/** What a scenario comes to while one value of it changes, or two. */
export interface SweepResult extends SweepHead {
  readonly schema: 'mshare-plan/sweep/1'
  /** The last axis runs fastest. */
  readonly points: readonly SweepPoint[]
  readonly changes: readonly RiskChange[]
  /** True where the risk gets worse and then better again along the axis that changes are on. */
  readonly turns: boolean
}

/** What is swept, and what is read of each plan. */
export interface SweepHead {
  readonly tool: { readonly name: 'mshare-plan'; readonly version: string }
  /** As it is, without a value of the axes. */
  readonly scenario: ScenarioIdentity
  /** The strategy that the risk is of, and each metric whose path does not begin at the result. */
  readonly strategy: string
  readonly axes: readonly SweptAxis[]
  /** Paths in the result of a plan. */
  readonly metrics: readonly string[]
}

/** One value of the scenario that changes. */
export interface SweptAxis {
  /** As for `--set`. */
  readonly path: string
  /** What its values are; `text`: as written in a scenario. */
  readonly unit: 'count' | 'bytes' | 'pages' | 'percent' | 'text'
  /** How many values it has. */
  readonly length: number
}

/** A value of an axis: a number in its unit, or a text. @unrounded */
export type AxisValue = number | string

/** One plan of a sweep. */
export interface SweepPoint {
  /**
   * A value of each axis, in their order.
   * @unrounded
   */
  readonly at: readonly AxisValue[]
  /**
   * A value of each metric, in their order; null where the plan has none.
   * @unrounded
   */
  readonly values: readonly MetricValue[]
  /** Whether it starts, then its level of risk; absent where nothing is planned. */
  readonly risk?: Standing
  /** It rests on mshare, which is in no released kernel; absent: it does not. */
  readonly proposed?: true
  /** Memory in use on the host, or in the cgroup that is fullest for its size; absent where nothing is planned. */
  readonly used?: Pick<LimitPoint, 'usedBytes' | 'ofBytes' | 'cgroup'>
  /** Why nothing is planned; absent where it is. */
  readonly refusal?: PointRefusal
}

/** What is found at the path of a metric. @unrounded */
export type MetricValue = number | string | boolean | null

/** Why a point has no plan. */
export type PointRefusal =
  /** The values contradict one another or the rest of the scenario. */
  | { readonly kind: 'invalid'; readonly message: string; readonly path?: string }
  /** The strategy is not possible there. */
  | { readonly kind: 'not-possible'; readonly obstacles: readonly ObstacleKind[] }
  /** A number passes 2^53 − 1, which is never rounded. */
  | { readonly kind: 'too-large' }

/** Two values between which the risk changes: both are plans that were made. */
export interface RiskChange {
  /** Path of the axis. */
  readonly axis: string
  /**
   * The value of the other axis, where there are two.
   * @unrounded
   */
  readonly other?: AxisValue
  readonly from: RiskAt
  readonly to: RiskAt
  /** True where they are neighbours; false where something between them cannot be planned. */
  readonly exact: boolean
}

/** What the risk is at a value. */
export interface RiskAt {
  /**
   * In the unit of the axis.
   * @unrounded
   */
  readonly value: number
  readonly risk: Standing
}
