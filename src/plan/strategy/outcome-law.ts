import { arrangedBy, fewIn, placesDependOnProcesses } from '../../sharing/arranged.ts'
import type { NamedStrategy } from '../../sharing/catalogue.ts'
import type { Arranged } from '../../sharing/strategy.ts'
import { isDrawn } from '../../space/random-draw.ts'
import type { Workload } from '../../workload/workload.ts'

/** How the outcome of a strategy depends on the numbers of a workload. */
export interface OutcomeLaw {
  /** Chance has no part: every sum is a whole number. */
  readonly isWhole: boolean
  /** Every sum grows by as much with each process of a group; pools and capacity stay as they are. */
  readonly isLinear: boolean
  /** Up to so many processes it may be otherwise. */
  readonly few: number
}

/**
 * The law of a strategy, whatever the processes and the memory of the workload. What exists once
 * stays the same, and what each process takes is added for each: not where processes draw what they
 * touch (they meet by chance), are threads of one (whose own memory needs tables in steps), or each
 * have pages of a pool.
 */
export function lawOf(named: NamedStrategy, workload: Workload): OutcomeLaw {
  const isWhole = !isByChance(workload)
  const arranged = arrangedBy(named, workload)
  const { regions } = arranged.workload
  const isLinear =
    isWhole &&
    named.kind !== 'threads' &&
    !placesDependOnProcesses(workload, arranged) &&
    !placesDependOnProcesses({ ...workload, regions }, arranged) &&
    isChargedWhole(workload, arranged)
  return { isWhole, isLinear, few: fewIn(workload) }
}

function isByChance({ groups, regions }: Workload): boolean {
  return (
    groups.some(({ maps }) =>
      maps.some(({ touched, history = [] }) =>
        [touched, ...history.map((former) => former.touched)].some(isDrawn),
      ),
    ) || regions.some(({ earlier = [] }) => earlier.some(({ touched }) => isDrawn(touched)))
  )
}

/** True where no charge of a cgroup is a part of something that is divided. */
function isChargedWhole({ host, groups, regions }: Workload, { arrangement }: Arranged): boolean {
  if (host.cgroups.length === 0) return true
  const { layout } = host
  const isDivided = (one: { readonly copies?: number }): boolean => one.copies !== undefined
  const isChunked = layout.levels.some((level) => layout.allocation(level, host).tablesPerChunk > 1)
  return (
    !groups.some(isDivided) &&
    !regions.some((region) => isDivided(region) || region.resident !== undefined) &&
    !(isChunked && arrangement.shared.length > 0)
  )
}
