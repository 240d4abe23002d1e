import type { Bill } from '../../accounting/bill.ts'
import type { Tally } from '../../accounting/tally.ts'
import type { Line } from '../../host/budget.ts'
import { budgetOf } from '../../host/budget.ts'
import type { CgroupNeed } from '../../host/cgroups.ts'
import { cgroupNeeds } from '../../host/cgroups.ts'
import { commitmentOf } from '../../host/commit.ts'
import type { Origin } from '../../host/origins.ts'
import { poolsFilled, poolsInUse } from '../../host/pools.ts'
import { residentMemory } from '../../host/resident.ts'
import { riskOf, worstOf } from '../../host/risk.ts'
import type { Mortal } from '../../host/victim.ts'
import { hostPages, mortalsOf, oomScore, victimOf } from '../../host/victim.ts'
import { poolNeeds } from '../../sharing/pools/needs.ts'
import type { Arranged } from '../../sharing/strategy.ts'
import { groupedBy } from '../../units/grouped.ts'
import { bytes } from '../../units/quantity.ts'
import type { Host, HugePagePool } from '../../workload/host.ts'
import type { Memory } from '../result/memory-result.ts'
import type { CgroupRisk, Risk, Victim } from '../result/risk-result.ts'
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

/** The sums of a budget and its risk, with the lines that they are sums of. */
export interface AgainstHost {
  readonly memory: Omit<Memory, 'lines'>
  readonly risk: Risk
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
  const cgroups = cgroupNeeds(chargesOf(arranged, bill, tally, resident))
  const headroom = budget.capacityBytes - budget.demandBytes
  const described = poolOrigin === 'given'
  const commit = commitmentOf(
    workload,
    arrangement,
    resident,
    [...pools, ...missing],
    described ? poolNeeds(workload) : [],
  )
  const mortals = mortalsOf(workload, arrangement, tally.spaces, resident)
  const inCgroup = groupedBy(mortals, ({ group }) => group.cgroup)
  const victim = hostVictim(host, mortals)
  const level = riskOf({ ...budget, of: host.memory, swapBytes: host.swap })
  return {
    memory: {
      capacityBytes: Math.round(budget.capacityBytes),
      demandBytes: Math.round(budget.demandBytes),
      headroomBytes: Math.round(headroom),
      pools: described ? poolsInUse(workload) : poolsFilled(pools),
      commit: { ...commit, committedBytes: Math.round(commit.committedBytes) },
    },
    risk: {
      hostLevel: level,
      level: worstOf([level, ...cgroups.map((cgroup) => cgroup.level)]),
      headroomFraction: headroom / host.memory,
      pageTablesFraction: shareOf(pageTableBytes, budget.demandBytes),
      unswappableBytes: Math.round(budget.unswappableBytes),
      ...(victim === undefined
        ? {}
        : { victim: { ...victim, survives: headroom + victim.freedBytes >= 0 } }),
      cgroups: cgroups.map((need) => cgroupRisk(need, host, inCgroup.get(need.name) ?? [])),
    },
    lines: budget.lines,
  }
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

function hostVictim(host: Host, mortals: readonly Mortal[]): Omit<Victim, 'survives'> | undefined {
  const totalPages = hostPages(host)
  const victim = victimOf(mortals, totalPages, host)
  if (victim === undefined) return undefined
  const { group, points, freedBytes } = victim
  return { group, points, score: oomScore(points, totalPages), freedBytes }
}

function cgroupRisk(
  { name, limitBytes, demandBytes, pageTableBytes, level }: CgroupNeed,
  host: Host,
  mortals: readonly Mortal[],
): CgroupRisk {
  const left = limitBytes - demandBytes
  // The limit, and all the swap there is: mem_cgroup_get_max() in mm/memcontrol.c.
  const totalPages = hostPages({ ...host, memory: bytes(limitBytes) })
  const victim = victimOf(mortals, totalPages, host)
  return {
    name,
    limitBytes,
    demandBytes: Math.round(demandBytes),
    headroomBytes: Math.round(left),
    level,
    pageTablesFraction: shareOf(pageTableBytes, demandBytes),
    ...(victim === undefined
      ? {}
      : { victim: { ...victim, survives: left + victim.freedBytes >= 0 } }),
  }
}
