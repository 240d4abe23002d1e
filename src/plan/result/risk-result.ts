import type { RiskLevel } from '../../workload/gates.ts'

/** How near the machine is to running out, and who goes first. */
export interface Risk {
  /** The worst of the host's level and those of its cgroups. */
  readonly level: RiskLevel
  /** The level of the host alone. */
  readonly hostLevel: RiskLevel
  /** Headroom as a fraction of memory, not rounded. */
  readonly headroomFraction: number
  /** Page tables as a fraction of the demand, not rounded; 0 where there is no demand. */
  readonly pageTablesFraction: number
  /** What breaks first; absent where nothing does, however many processes Linux can have. */
  readonly breaks?: Breaking
  /** What can be neither swapped nor reclaimed: page tables, kernel memory, locked memory. */
  readonly unswappableBytes: number
  /** Whom the out-of-memory killer takes first; absent where no process may be killed. */
  readonly victim?: Victim
  /** The level of each cgroup with a limit. */
  readonly cgroups: readonly CgroupRisk[]
}

/** The process with the most oom_badness() points, and what killing it gives back. */
export interface Victim {
  /** Its group. */
  readonly group: string
  /** In pages. */
  readonly points: number
  /** /proc/PID/oom_score. */
  readonly score: number
  /** Private memory, page tables and kernel memory of one process. */
  readonly freedBytes: number
  /** True where the host has headroom once the victim is gone. */
  readonly survives: boolean
}

/** Whom a cgroup that is out of memory loses first; `survives` where it has headroom then. */
export type CgroupVictim = Omit<Victim, 'score'>

/** A cgroup with a limit, judged like the host. */
export interface CgroupRisk {
  /** As in the scenario. */
  readonly name: string
  /** Memory that it may use. */
  readonly limitBytes: number
  /** What it is charged for. */
  readonly demandBytes: number
  /** limit − demand; negative where it is short. */
  readonly headroomBytes: number
  /** Judged by the limit in place of memory. */
  readonly level: RiskLevel
  /** Page tables as a fraction of the demand, not rounded; 0 where there is no demand. */
  readonly pageTablesFraction: number
  /** Absent where none of its processes may be killed. */
  readonly victim?: CgroupVictim
  /** At how many processes the cgroup is out of memory; absent where it never is. */
  readonly breaks?: Breaking
}

/**
 * Why a plan cannot run: `huge-pages` that its pool lacks; a promise refused, of one `request`
 * (overcommit heuristic) or of all together (`commit-limit`, overcommit never); more than `memory`
 * and swap hold; more that is `unswappable` than memory holds; a `cgroup` beyond its limit.
 */
export interface Stop {
  readonly cause: Refusal | 'memory' | 'unswappable' | 'cgroup'
  /** Where the cause is one. */
  readonly cgroup?: string
}

/** What keeps a plan from starting. */
export type Refusal = 'huge-pages' | 'request' | 'commit-limit'

/** What breaks, and when. */
export interface Breaking extends Stop {
  /** The group whose number of processes grows. */
  readonly group: string
  /** The fewest processes of the group, all its copies together, at which it breaks; other groups as they are. */
  readonly processes: number
}
