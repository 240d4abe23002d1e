import type { RiskLevel } from '../../workload/gates.ts'
import type { Backing, Program } from '../../workload/region.ts'

/** Something to do, with the lines that do it. Never mshare, which is in no released kernel. */
export type Advice =
  | ResizePoolAdvice
  | CommitLimitAdvice
  | HugePagesAdvice
  | PoolerAdvice
  | CgroupLimitAdvice
  | MemoryAdvice
  | TransparentPagesAdvice

/** What every piece of advice says. */
export interface Advised<Action extends string> {
  /** The action, with the size of pages where there are several of it; unique in a result. */
  readonly id: string
  /** What is done. */
  readonly action: Action
  /** Possible with released kernels, as all advice. */
  readonly status: 'mainline'
  /** What it is for: the plan does not start without; a better level of risk; more headroom. */
  readonly purpose: 'start' | 'level' | 'headroom'
  /** Page tables saved against as-described, without mshare; negative where it costs some. */
  readonly savedBytes: number
  /** Page tables once it is done. */
  readonly pageTableBytes: number
  /** Headroom of the host once it is done, and how much more than as-described has. */
  readonly headroomBytes: number
  /** How much more that is than as-described has. */
  readonly addedHeadroomBytes: number
  /** The level once it is done. */
  readonly riskLevel: RiskLevel
  /** Pools whose number of pages it turns on, smallest pages first. */
  readonly pools: readonly PoolAdvice[]
  /** What the kernel has to promise then, where it promises too little today. */
  readonly overcommit?: CommitAdvice
  /** What has to happen; empty where the lines alone do it. */
  readonly efforts: readonly Effort[]
  /** What the scenario says once it is done; `null`: the key is gone. */
  readonly changes: readonly Change[]
  /** Lines to paste, in order. */
  readonly settings: readonly Setting[]
}

/** What it takes beside the lines: the machine, or programs, or clients have to do something. */
export type Effort = 'reboot' | 'restart' | 'reconnect' | 'new-hardware'

/** A key of the scenario, as for `--set`. */
export interface Change {
  /** As `groups.clients.processes`. */
  readonly path: string
  /** `null`: the key is gone. */
  readonly value: string | number | boolean | null
}

/** A pool of the size that the regions as described need. */
export interface ResizePoolAdvice extends Advised<'resize-pool'> {
  readonly pageBytes: number
}

/** More memory promised by the kernel. */
export interface CommitLimitAdvice extends Advised<'commit-limit'> {
  readonly overcommit: CommitAdvice
}

/** `ratio`: the least vm.overcommit_ratio; `always`: no single request is refused any more. */
export interface CommitAdvice {
  /** What vm.overcommit_memory becomes or stays. */
  readonly mode: 'never' | 'always'
  /** The least vm.overcommit_ratio, in percent. */
  readonly ratio?: number
  /** What is asked for: Committed_AS, or the largest request. */
  readonly requestedBytes: number
}

/** Regions on hugetlb pages of one size. */
export interface HugePagesAdvice extends Advised<'huge-pages'>, OnHugePages {
  /** The strategy that has pages of that size. */
  readonly strategy: string
  /** Larger pages that do as well. */
  readonly largerPages: readonly LargerPages[]
}

/** What is put on huge pages, and what that takes. */
export interface OnHugePages {
  readonly pageBytes: number
  /** Regions that are on pages of this size then; with overhead and spare pages they are the pool. */
  readonly regions: readonly PooledRegion[]
  /** What locked memory and SysV huge pages take, where there are any. */
  readonly memlockBytes?: number
  readonly sysv?: SysvLimits
  /** Huge pages that a container has to ask for. */
  readonly pods?: readonly PodPages[]
}

/** The same regions on pages of the next size, and the headroom then. */
export interface LargerPages {
  readonly pageBytes: number
  readonly pages: number
  readonly headroomBytes: number
}

/** Huge pages of the regions that a cgroup is charged for. */
export interface PodPages {
  readonly cgroup: string
  readonly pageBytes: number
  readonly bytes: number
}

/** Regions on transparent huge pages, as far as alignment and free memory allow. */
export interface TransparentPagesAdvice extends Advised<'transparent-huge-pages'> {
  /** The strategy that has pages of that size. */
  readonly strategy: string
  /** Regions that are on them then. */
  readonly regions: readonly AdvisedRegion[]
}

/** Fewer processes of a group, through a pooler. */
export interface PoolerAdvice extends Advised<'pooler'> {
  /** The group with the most page tables. */
  readonly group: string
  /** Its processes as described. */
  readonly processes: number
  /** The most at which the risk is safe: one more is not. Of one instance, where there are copies. */
  readonly safeProcesses: number
  /** Done first, and counted. */
  readonly onHugePages?: OnHugePages
}

/** Larger limits of cgroups that are too small. */
export interface CgroupLimitAdvice extends Advised<'cgroup-limit'> {
  /** Those that are too small. */
  readonly cgroups: readonly LimitAdvice[]
  readonly onHugePages?: OnHugePages
}

/** More memory, and larger limits of cgroups that are too small for themselves. */
export interface MemoryAdvice extends Advised<'memory'> {
  /** Memory as described. */
  readonly memoryBytes: number
  /** The least at which the risk is safe. */
  readonly safeBytes: number
  readonly cgroups: readonly LimitAdvice[]
  readonly onHugePages?: OnHugePages
}

/** The least limit at which a cgroup is safe. */
export interface LimitAdvice {
  readonly name: string
  /** The limit as described. */
  readonly limitBytes: number
  /** The least limit that is safe. */
  readonly safeBytes: number
}

/** A region by name, and its backing. */
export interface AdvisedRegion {
  readonly name: string
  /** The kind of memory that it is. */
  readonly backing: Backing
  /** Whose memory it is. */
  readonly program: Program
}

/** A region on hugetlb pages, and how many of them it reserves, all its copies together. */
export interface PooledRegion extends AdvisedRegion {
  /** Pages that it reserves. */
  readonly pages: number
  /** Of these, pages for what the program asks for beyond the size that somebody wrote: a bound. */
  readonly overheadPages: number
  /** It is not on these pages today. */
  readonly isNew: boolean
  /** The number is what the program asks for, to the page. */
  readonly exact: boolean
}

/** The whole pool of one page size: what to configure, not what to add. */
export interface PoolAdvice {
  readonly pageBytes: number
  /** Pages of the whole pool. */
  readonly pages: number
  /** Of these, pages that are there because each object of a region begins on a page of its own. */
  readonly paddingPages: number
  /** Of these, pages that programs may take beyond what their regions reserve. */
  readonly sparePages: number
  /** Of these, pages for what programs ask for beyond sizes that somebody wrote: a bound; absent: none. */
  readonly overheadPages?: number
  /** Pages of the pool as described. */
  readonly configuredPages: number
  /** The pages of each NUMA node, where nodes were asked for. */
  readonly nodePages?: readonly number[]
  /** What hugepages_settings.sh says; of the default page size only, and where something is SysV. */
  readonly recipe?: Recipe
}

/** What hugepages_settings.sh (My Oracle Support, 401749.1) makes of the SysV segments then. */
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
  /** What the lines are for. */
  readonly kind: SettingKind
  /** The program it is for; absent: the host, whatever runs. */
  readonly program?: Program
  /** The container it is for. */
  readonly cgroup?: string
  /** A path, `kernel command line`, `root shell`, or what the program calls it. */
  readonly place: string
  /** To paste as they are. */
  readonly lines: readonly string[]
}

/** What a setting is for. */
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
  | 'service'
  /** Only servers that take SysV segments need it. */
  | 'for-segments'
  | 'database'
  | 'command-line'
  /** What to ask the program before the pool is set. */
  | 'ask'
  /** How to see that it worked. */
  | 'check'
  | 'kubernetes'
  | 'overcommit'
  | 'cgroup-limit'
  | 'transparent-huge-pages'
  | 'connections'
