import type { Arrangement } from '../accounting/arrangement.ts'
import type { Backing } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'

/** The result of one strategy for a workload: an arrangement to bill, and the obstacles met. */
export interface Arranged {
  /** The workload with its regions on the pages that the strategy gives them. */
  readonly workload: Workload
  readonly arrangement: Arrangement
  /** Regions shared through mshare. */
  readonly windows: readonly MshareWindow[]
  readonly obstacles: readonly RegionObstacle[]
  /** False where nothing could be converted: the arrangement is then not to be shown. */
  readonly applies: boolean
}

export type Strategy = (workload: Workload) => Arranged

/** A region that is shared through mshare, as planned. */
export interface MshareWindow {
  readonly region: number
  /** Index of its entry in `arrangement.shared`. */
  readonly shared: number
  /** Address in the owner, in pages. */
  readonly first: number
  /** Length of the window in pages. */
  readonly pages: number
  readonly mode: number
  readonly owner: string
  /** Groups that link to it, by index, and the window's address in each. */
  readonly linked: readonly { readonly group: number; readonly first: number }[]
}

/** Why a region, or one group's mapping of it, takes no part. */
export interface RegionObstacle {
  /** The rule that it breaks. */
  readonly kind: ObstacleKind
  /** Absent where the whole strategy is refused. */
  readonly region?: string
  /** Absent where it is about every group. */
  readonly group?: string
  /** The value that the rule requires, and the value found: an alignment in pages, a mode, a backing. */
  readonly need?: string
  /** The value found. */
  readonly found?: string
  /** The memory behind the region, where that is the reason. */
  readonly backing?: Backing
}

/** Why a strategy leaves a region as it is. */
export type ObstacleKind =
  /** The layout has no such thing. */
  | 'layout'
  /** The layout has huge pages of that size, the machine does not. */
  | 'page-size'
  /** The memory behind the region cannot be shared that way. */
  | 'backing'
  /** Each process has its own copy: there is nothing to share. */
  | 'private-memory'
  /** A MAP_PRIVATE mapping. */
  | 'private-mapping'
  /** An explicit address is not a multiple of what the strategy needs. */
  | 'alignment'
  /** The window would cover another mapping. */
  | 'overlap'
  /** Mode, uid and gid do not let the group open the region. */
  | 'permission'
  /** No aligned window is left. */
  | 'address-space'
  /** No process maps the region. */
  | 'not-mapped'
  /** The huge-page pool has too few pages for what the region is to be. */
  | 'pool'
