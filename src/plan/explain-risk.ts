import type { Explanation } from './explanation.ts'
import { put } from './formula.ts'
import type { Breaking } from './result.ts'
import type { Planned } from './strategy-result.ts'

/** What page tables are of the demand, and at which number of processes what breaks first. */
export function explainRisk({ result }: Planned): readonly Explanation[] {
  const { risk, memory, pageTables, id } = result
  const root = `strategies.${id}.risk`
  return [
    shareOf(
      `${root}.pageTablesFraction`,
      `${put(pageTables.bytes)} / ${put(memory.demandBytes)}`,
      risk.pageTablesFraction,
    ),
    ...explainBreaking(`${root}.breaks`, risk.breaks),
    ...risk.cgroups.flatMap((cgroup, index) => {
      const path = `${root}.cgroups.${index}`
      const share = cgroup.pageTablesFraction
      return [
        shareOf(
          `${path}.pageTablesFraction`,
          `${put(Math.round(share * cgroup.demandBytes))} / ${put(cgroup.demandBytes)}`,
          share,
        ),
        ...explainBreaking(`${path}.breaks`, cgroup.breaks),
      ]
    }),
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

function explainBreaking(path: string, breaks: Breaking | undefined): readonly Explanation[] {
  if (breaks === undefined) return []
  const { processes, group, cause } = breaks
  return [
    {
      path: `${path}.processes`,
      meaning: `the fewest processes of group ${group} that break it, by ${cause}`,
      formula: 'least n whose plan is out of memory or does not start, other groups as they are',
      substituted:
        processes <= 1
          ? `n = ${processes}`
          : `n = ${put(processes)}; at ${put(processes - 1)} it holds`,
      value: processes,
      unit: 'processes',
      source: 'search over whole numbers, each a plan that was made',
    },
  ]
}
