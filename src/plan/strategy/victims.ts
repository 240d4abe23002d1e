import type { Tally } from '../../accounting/tally.ts'
import type { Mortal } from '../../host/victim.ts'
import { hostPages, mortalsOf, oomScore, victimOf } from '../../host/victim.ts'
import type { Arranged } from '../../sharing/strategy.ts'
import { groupedBy } from '../../units/grouped.ts'
import { bytes } from '../../units/quantity.ts'
import type { Host } from '../../workload/host.ts'
import type { CgroupRisk, Risk, Victim } from '../result/risk-result.ts'
import type { AgainstHost } from './against-host.ts'

/** A risk with whom the out-of-memory killer takes, on the host and in each cgroup. */
export function withVictims(
  { workload, arrangement }: Arranged,
  tally: Tally,
  { risk: { cgroups, ...risk }, resident, left, cgroups: needs }: AgainstHost,
): Risk {
  const { host } = workload
  const mortals = mortalsOf(workload, arrangement, tally.spaces, resident)
  const inCgroup = groupedBy(mortals, ({ group }) => group.cgroup)
  const victim = hostVictim(host, mortals)
  return {
    ...risk,
    ...(victim === undefined
      ? {}
      : { victim: { ...victim, survives: left + victim.freedBytes >= 0 } }),
    cgroups: cgroups.map((cgroup, index) => {
      const { limitBytes = 0, demandBytes = 0 } = needs[index] ?? {}
      return cgroupRisk(cgroup, limitBytes - demandBytes, host, inCgroup.get(cgroup.name) ?? [])
    }),
  }
}

function hostVictim(host: Host, mortals: readonly Mortal[]): Omit<Victim, 'survives'> | undefined {
  const totalPages = hostPages(host)
  const victim = victimOf(mortals, totalPages, host)
  if (victim === undefined) return undefined
  const { group, points, freedBytes } = victim
  return { group, points, score: oomScore(points, totalPages), freedBytes }
}

function cgroupRisk(
  cgroup: CgroupRisk,
  left: number,
  host: Host,
  mortals: readonly Mortal[],
): CgroupRisk {
  // The limit, and all the swap there is: mem_cgroup_get_max() in mm/memcontrol.c.
  const totalPages = hostPages({ ...host, memory: bytes(cgroup.limitBytes) })
  const victim = victimOf(mortals, totalPages, host)
  if (victim === undefined) return cgroup
  return { ...cgroup, victim: { ...victim, survives: left + victim.freedBytes >= 0 } }
}
