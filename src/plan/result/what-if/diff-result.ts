import type { GateResult } from '../gate-result.ts'
import type { Limit } from '../limit-result.ts'
import type { Standing } from '../outlook.ts'

/** What changed from one scenario or saved result to another, and what that does. */
export interface DiffResult {
  readonly schema: 'mshare-plan/diff/1'
  readonly tool: { readonly name: 'mshare-plan'; readonly version: string }
  readonly from: DiffSide
  readonly to: DiffSide
  /** True where both mean the same workload: then every list is empty. */
  readonly same: boolean
  /** What the scenarios say differently, resolved; absent where a side is a saved result, which has no inputs. */
  readonly inputs?: readonly InputChange[]
  /**
   * What each change does to the plan as described, in the order of the second scenario: each is put in
   * on top of those before it. They add up to the change of the totals.
   */
  readonly effects?: readonly Effect[]
  /** Page tables as described, by whom they are billed to; lines that are equal are absent. */
  readonly pageTables?: Total
  /** Headroom as described, by lines of the memory budget; lines that are equal are absent. */
  readonly headroom?: Total
  /** Strategies with another figure or risk, or that only one side has. */
  readonly strategies: readonly StrategyChange[]
  /** Limits as described that are others. */
  readonly limits: readonly LimitChange[]
  /** Cases as described with another figure or risk, or that only one side has. */
  readonly cases: readonly CaseChange[]
  /** Strategies that become others on another day as values grow. */
  readonly growth: readonly GrowthDays[]
  /** Gates that fail on one side at least. */
  readonly gates: readonly Both<GateResult>[]
  readonly verdict: Both<'pass' | 'fail' | 'none'>
}

/** A side of a comparison. */
export interface DiffSide {
  readonly name: string
  readonly file: string
  readonly kind: 'scenario' | 'saved'
  /** Of the workload; absent where a saved result has none. */
  readonly fingerprint?: string
}

/** A value on both sides; absent where that side has none. */
export interface Both<T> {
  readonly from?: T
  readonly to?: T
}

/** A value of the scenario, sizes in bytes. @unrounded */
export type InputValue = number | string | boolean

/** One value that the scenarios say differently. */
export interface InputChange extends Both<InputValue> {
  /** In the scenario, as for `--set`. */
  readonly path: string
  /** `renamed`: a group or region that is the same but for its name: from and to are names. */
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed'
  readonly unit?: 'bytes'
  /**
   * In the unit of the value.
   * @unrounded
   */
  readonly from?: InputValue
  /** @unrounded */
  readonly to?: InputValue
}

/** What changes that are put in together do. */
export interface Effect {
  /** Paths of the changes, or of what holds them. */
  readonly paths: readonly string[]
  readonly pageTableBytes: number
  readonly headroomBytes: number
  /** Risk with these changes; absent where nothing can be planned. */
  readonly risk?: Standing
}

/** A figure on both sides, and the parts of it that are others. */
export interface Total {
  readonly fromBytes: number
  readonly toBytes: number
  readonly changeBytes: number
  /** Their changes add up to that of the total. */
  readonly lines: readonly TotalLine[]
}

/** A part of a figure. */
export interface TotalLine {
  readonly name: string
  /** Absent: this side has no such part. */
  readonly fromBytes?: number
  readonly toBytes?: number
  /** What it adds to the total. */
  readonly changeBytes: number
}

/** A plan on both sides. */
export interface PlanChange {
  readonly pageTableBytes: Both<number>
  readonly headroomBytes: Both<number>
  /** Absent where it is not possible. */
  readonly risk: Both<Standing>
}

/** A strategy on both sides. */
export interface StrategyChange extends PlanChange {
  readonly id: string
}

/** A case on both sides. */
export interface CaseChange extends PlanChange {
  readonly name: string
}

/** Days on which a strategy becomes another as values grow; absent: none until the last day. */
export interface GrowthDays {
  readonly id: string
  /** The last day that is looked at; absent where it is not possible on the first day, or nothing grows. */
  readonly until: Both<string>
  readonly notSafeFrom: Both<string>
  readonly swapsFrom: Both<string>
  /** Out of memory, or does not start. */
  readonly diesFrom: Both<string>
  readonly safeAgainFrom: Both<string>
}

/** A limit on both sides. */
export interface LimitChange extends Pick<Limit, 'metric' | 'group' | 'region' | 'unit'> {
  readonly level: 'safe' | 'tight' | 'swapping'
  /** Absent: no value holds, or it is not asked for. */
  readonly from?: number
  readonly to?: number
}
