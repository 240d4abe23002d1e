import type { Gates, Threshold, Waiver } from './gates.ts'
import type { Group } from './group.ts'
import type { Growth } from './growth.ts'
import type { Host } from './host.ts'
import type { Measured } from './measured.ts'
import type { MshareRevision, Region } from './region.ts'
import type { Step } from './timeline.ts'

/**
 * The input of the model: one machine, the memory objects on it, and who maps them. Plain data. Comes from
 * scenario/, which has checked and completed it; goes to sharing/, host/ and plan/.
 */
export interface Workload {
  readonly host: Host
  readonly regions: readonly Region[]
  readonly groups: readonly Group[]
  readonly mshareRevision: MshareRevision
  /** Ids to compare, in order; absent: all that the layout has. */
  readonly strategies?: readonly string[]
  readonly gates: Gates
  /** Findings that are accepted for a time; absent: no finding is. */
  readonly allow?: readonly Waiver[]
  /** What happens, step by step; absent: nothing. */
  readonly timeline?: readonly Step<Workload>[]
  /** What grows; absent: nothing. */
  readonly growth?: Growth<Workload>
  /** Absent: nothing was measured. */
  readonly measured?: Measured
  /** The largest residual that verify lets pass: bytes, or a fraction of what was measured. */
  readonly maxResidual?: Threshold
}

/** A default that was used: where it would be written, its value as written there, and why. */
export interface Assumption {
  /** Path in the scenario, as `groups.clients.baseTables`. */
  readonly path: string
  /** As it would be written there. */
  readonly value: string
  /** Why this value. */
  readonly source: string
  /** The value is written in the scenario, which itself says that it was assumed. */
  readonly stated?: true
  /** The kernel release that the scenario gives: it is later than all known ones, and `value` is planned. */
  readonly laterKernel?: string
}
