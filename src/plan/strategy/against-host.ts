import type { Bill } from '../../accounting/bill.ts'
import type { Tally } from '../../accounting/tally.ts'
import type { Line } from '../../host/budget.ts'
import { budgetOf } from '../../host/budget.ts'
import type { CgroupNeed } from '../../host/cgroups.ts'
import { cgroupNeeds } from '../../host/cgroups.ts'
import { commitmentOf } from '../../host/commit.ts'
import type { Origin } from '../../host/origins.ts'
import { poolsFilled, poolsInUse } from '../../host/pools.ts'
import type { Resident } from '../../host/resident.ts'
import { residentMemory } from '../../host/resident.ts'
import type { MemoryNeed } from '../../host/risk.ts'
import { riskOf, worstOf } from '../../host/risk.ts'
import { poolNeeds } from '../../sharing/pools/needs.ts'
import type { Arranged } from '../../sharing/strategy.ts'
import type { Host, HugePagePool } from '../../workload/host.ts'
import type { Memory } from '../result/memory-result.ts'
import type { CgroupRisk, Risk } from '../result/risk-result.ts'
import { chargesOf } from './charges.ts'

/** What a budget needs to know beside the arrangement. */
export interface PoolSetup {
  readonly pools: readonly HugePagePool[]
  readonly poolOrigin: Origin
  /** Pools that are not there, but without which the plan cannot run. */
  readonly missing: readonly HugePagePool[]
  /** Paths of the scenario whose value is a default. */
  readonly assumed: ReadonlySet<string>
}

/** Risk without whom the out-of-memory killer takes. */
export interface RiskLevels extends Omit<Risk, 'victim' | 'cgroups' | 'breaks'> {
  readonly cgroups: readonly Omit<CgroupRisk, 'victim' | 'breaks'>[]
}

/** The sums of a budget and its risk, with the lines that they are sums of. */
export interface AgainstHost {
  readonly memory: Omit<Memory, 'lines'>
  readonly risk: RiskLevels
  readonly resident: readonly Resident[]
  /** What is left on the host: unrounded. */
  readonly left: number
  /** What is charged to each cgroup: unrounded. */
  readonly cgroups: readonly CgroupNeed[]
  /** Unrounded. */
  readonly lines: readonly Line[]
}

/**
 * Sets a strategy against the machine and its cgroups.
 * @param pageTableBytes physical page tables, unrounded.
 */
export function againstHost(
  arranged: Arranged,
  { pools, poolOrigin, missing, assumed }: PoolSetup,
  { bill, tally }: { readonly bill: Bill; readonly tally: Tally },
  pageTableBytes: number,
): AgainstHost {
  const { workload, arrangement } = arranged
  const { host } = workload
  const resident = residentMemory(workload, arrangement)
  const budget = budgetOf({
    workload,
    resident,
    pools,
    poolOrigin,
    missing,
    pageTableBytes,
    assumed,
  })
  const cgroups =
    host.cgroups.length === 0 ? [] : cgroupNeeds(chargesOf(arranged, bill, tally, resident))
  const headroom = budget.capacityBytes - budget.demandBytes
  const described = poolOrigin === 'given'
  const commit = commitmentOf(
    workload,
    arrangement,
    resident,
    [...pools, ...missing],
    described ? poolNeeds(workload) : [],
  )
  return {
    memory: {
      capacityBytes: Math.round(budget.capacityBytes),
      demandBytes: Math.round(budget.demandBytes),
      headroomBytes: Math.round(headroom),
      pools: described ? poolsInUse(workload) : poolsFilled(pools),
      commit: { ...commit, committedBytes: Math.round(commit.committedBytes) },
    },
    risk: riskAgainst(host, { ...budget, pageTableBytes }, cgroups),
    resident,
    left: headroom,
    cgroups,
    lines: budget.lines,
  }
}

/** What memory is set against, in bytes; unrounded. */
export interface HostNeed
  extends Pick<MemoryNeed, 'capacityBytes' | 'demandBytes' | 'unswappableBytes'> {
  readonly pageTableBytes: number
}

/** The risk of a host that needs so much, and of its cgroups. */
export function riskAgainst(
  host: Host,
  { capacityBytes, demandBytes, unswappableBytes, pageTableBytes }: HostNeed,
  cgroups: readonly CgroupNeed[],
): RiskLevels {
  const level = riskOf({
    of: host.memory,
    capacityBytes,
    demandBytes,
    unswappableBytes,
    swapBytes: host.swap,
  })
  return {
    hostLevel: level,
    level: worstOf([level, ...cgroups.map((cgroup) => cgroup.level)]),
    headroomFraction: (capacityBytes - demandBytes) / host.memory,
    pageTablesFraction: shareOf(pageTableBytes, demandBytes),
    unswappableBytes: Math.round(unswappableBytes),
    cgroups: cgroups.map(cgroupRisk),
  }
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

function cgroupRisk({
  name,
  limitBytes,
  demandBytes,
  pageTableBytes,
  level,
}: CgroupNeed): RiskLevels['cgroups'][number] {
  return {
    name,
    limitBytes,
    demandBytes: Math.round(demandBytes),
    headroomBytes: Math.round(limitBytes - demandBytes),
    level,
    pageTablesFraction: shareOf(pageTableBytes, demandBytes),
  }
}
