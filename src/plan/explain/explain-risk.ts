import { copiesOf } from '../../workload/copies.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Explanation } from '../result/explanation.ts'
import type { Breaking, CgroupRisk } from '../result/risk-result.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import { put } from './formula.ts'

/** What page tables are of the demand, and at which number of processes what breaks first. */
export function explainRisk({ result, arranged }: Planned): readonly Explanation[] {
  const { risk, memory, pageTables, id } = result
  const root = `strategies.${id}.risk`
  return [
    shareOf(
      `${root}.pageTablesFraction`,
      `${put(pageTables.bytes)} / ${put(memory.demandBytes)}`,
      risk.pageTablesFraction,
    ),
    {
      path: `${root}.headroomFraction`,
      meaning: 'headroom as a share of memory: safe from a tenth on',
      formula: 'headroom / memory',
      substituted: `${put(memory.headroomBytes)} / ${put(arranged.workload.host.memory)}`,
      value: risk.headroomFraction,
      unit: 'fraction',
      source: 'both sides of the budget',
    },
    ...explainBreaking(`${root}.breaks`, risk.breaks, arranged.workload),
    ...risk.cgroups.flatMap((cgroup, index) => {
      const path = `${root}.cgroups.${index}`
      const share = cgroup.pageTablesFraction
      return [
        shareOf(
          `${path}.pageTablesFraction`,
          `${put(Math.round(share * cgroup.demandBytes))} / ${put(cgroup.demandBytes)}`,
          share,
        ),
        ...explainBreaking(`${path}.breaks`, cgroup.breaks, arranged.workload),
        ...explainCgroup(path, cgroup),
      ]
    }),
  ]
}

function explainCgroup(path: string, cgroup: CgroupRisk): readonly Explanation[] {
  const { name, limitBytes, demandBytes, headroomBytes } = cgroup
  const of = (key: string, meaning: string, formula: string, value: number): Explanation => ({
    path: `${path}.${key}`,
    meaning: `${meaning} of cgroup ${name}`,
    formula,
    substituted: key === 'headroomBytes' ? `${put(limitBytes)} − ${put(demandBytes)}` : put(value),
    value,
    unit: 'bytes',
    source: 'mm/memcontrol.c: charged to the cgroup of the process that faults',
  })
  return [
    of('limitBytes', 'limit', 'scenario, host.cgroups', limitBytes),
    of(
      'demandBytes',
      'what is charged to the processes',
      'Σ its processes · (private + private regions + page tables + kernel memory) + shared memory that its groups touch first + tables that its regions share',
      demandBytes,
    ),
    of('headroomBytes', 'what is left', 'limit − demand', headroomBytes),
  ]
}

function shareOf(path: string, substituted: string, value: number): Explanation {
  return {
    path,
    meaning: 'how much of the demand page tables are',
    formula: 'page tables / demand',
    substituted,
    value,
    unit: 'fraction',
    source: 'the demand side of the budget',
  }
}

function explainBreaking(
  path: string,
  breaks: Breaking | undefined,
  { groups }: Workload,
): readonly Explanation[] {
  if (breaks === undefined) return []
  const { processes, group, cause } = breaks
  // A pool may hold some of the copies only: then they are planned in parts.
  const copies = groups
    .filter(({ name, part }) => name === group || part?.name === group)
    .reduce((sum, one) => sum + copiesOf(one), 0)
  return [
    {
      path: `${path}.processes`,
      meaning: `the fewest processes of group ${group} that break it, by ${cause}`,
      formula: 'least n whose plan is out of memory or does not start, other groups as they are',
      substituted:
        processes <= copies
          ? `n = ${processes}`
          : `n = ${put(processes)}; at ${put(processes - copies)} it holds`,
      value: processes,
      unit: 'processes',
      source: 'search over whole numbers, each a plan that was made',
    },
  ]
}
