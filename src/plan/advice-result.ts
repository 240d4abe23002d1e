import type { Backing, RiskLevel } from '../workload/workload.ts'

/** Something to do about the page tables of a plan, with the lines that do it. */
export type Advice =
  | HugePagesAdvice
  | TransparentPagesAdvice
  | PoolerAdvice
  | ResizePoolAdvice
  | MshareAdvice

interface Advised<Action extends string> {
  /** The strategy it carries out, `pooler`, or `resize-pool-…` with the size of the pages. */
  readonly id: string
  readonly action: Action
  /** `proposed`: needs mshare, which is in no released kernel. */
  readonly status: 'mainline' | 'proposed'
  /** Against as-described: page tables saved; for `resize-pool`, idle huge pages given back. */
  readonly wonBytes: number
  /** Page tables once it is done. */
  readonly pageTableBytes: number
  /** The level once it is done. */
  readonly riskLevel: RiskLevel
  /** Pools whose number of pages it turns on, smallest pages first. */
  readonly pools: readonly PoolAdvice[]
  /** Lines to paste, in order. */
  readonly settings: readonly Setting[]
}

/** Regions on hugetlb pages of one size. */
export interface HugePagesAdvice extends Advised<'huge-pages'> {
  readonly strategy: string
  readonly pageBytes: number
  /** Regions that are on pages of this size then; their pages add up to the pool. */
  readonly regions: readonly PooledRegion[]
  /** What locked memory and SysV huge pages take, where there are any. */
  readonly memlockBytes?: number
  readonly sysv?: SysvLimits
}

/** Regions on transparent huge pages, as far as alignment and free memory allow. */
export interface TransparentPagesAdvice extends Advised<'transparent-huge-pages'> {
  readonly strategy: string
  readonly regions: readonly AdvisedRegion[]
}

/** Fewer processes of a group, through a pooler. */
export interface PoolerAdvice extends Advised<'pooler'> {
  readonly group: string
  readonly processes: number
  /** The most at which the risk is safe: one more is not. */
  readonly safeProcesses: number
}

/** A pool of the size that the regions as described need. */
export interface ResizePoolAdvice extends Advised<'resize-pool'> {
  readonly pageBytes: number
}

/** Regions shared through mshare, and what it would need. */
export interface MshareAdvice extends Advised<'mshare'> {
  readonly strategy: string
  readonly windows: readonly MshareNeed[]
}

/** A region by name, and what stands behind it. */
export interface AdvisedRegion {
  readonly name: string
  readonly backing: Backing
}

/** A region on hugetlb pages, and how many of them it reserves, all its copies together. */
export interface PooledRegion extends AdvisedRegion {
  readonly pages: number
}

/** What mshare would need for one region. */
export interface MshareNeed extends AdvisedRegion {
  /** The region rounded up to the alignment: address space, not memory. */
  readonly windowBytes: number
  readonly alignmentBytes: number
  /** Group whose process creates the region and outlives its use. */
  readonly owner: string
  /** Octal, four digits. */
  readonly mode: string
}

/** The whole pool of one page size: what to configure, not what to add. */
export interface PoolAdvice {
  readonly pageBytes: number
  readonly pages: number
  /** Of these, pages that are there because each object of a region begins on a page of its own. */
  readonly paddingPages: number
  readonly configuredPages: number
  /** The pages of each NUMA node, where nodes were asked for. */
  readonly nodePages?: readonly number[]
  /** What hugepages_settings.sh says; of the default page size only. */
  readonly recipe?: Recipe
}

/**
 * What hugepages_settings.sh (My Oracle Support, 401749.1) makes of the SysV segments, once what is
 * on huge pages in /dev/shm is SysV too.
 */
export interface Recipe {
  readonly pages: number
  /** Segments of at least one huge page: those that it counts. */
  readonly segments: number
  /** Its pages less ours. */
  readonly difference: number
}

/** Limits on SysV segments. */
export interface SysvLimits {
  /** The largest segment. */
  readonly shmmaxBytes: number
  /** All segments, in base pages. */
  readonly shmallPages: number
}

/** Lines to paste into one place. */
export interface Setting {
  readonly kind: SettingKind
  /** The program it is for; absent: the host, whatever runs. Several programs are alternatives. */
  readonly program?: 'Oracle' | 'PostgreSQL'
  /** A path, `kernel command line`, `root shell`, or what the program calls it. */
  readonly place: string
  readonly lines: readonly string[]
}

export type SettingKind =
  | 'pool'
  | 'pool-at-boot'
  | 'pool-at-boot-instead'
  | 'pool-now'
  | 'pool-by-node'
  | 'default-page-size'
  | 'shm-group'
  | 'shm-limits'
  | 'memlock'
  | 'database'
  | 'transparent-huge-pages'
  | 'connections'

/** What is not advised, and why. */
export interface NotAdvised {
  readonly id: string
  readonly action: Advice['action']
  readonly status: Advice['status']
  readonly reason: DeclineReason
}

export type DeclineReason =
  /** Page tables are no smaller than as described. */
  | 'wins-nothing'
  | 'risk-worse'
  /** The kernel would refuse the memory, which as described it grants. */
  | 'commit-refused'
  /** Regions are on hugetlb pages that the program asks for itself. */
  | 'hugetlb-in-use'
  /** Memory does not hold the huge pages. */
  | 'pool-does-not-fit'
  /** Not even one process of the group is safe. */
  | 'never-safe'
  /** The strategy cannot be planned: its obstacles say why. */
  | 'refused'
