import type { Arrangement } from '../accounting/arrangement.ts'
import { inProcess } from '../accounting/arrangement.ts'
import { leavesTouched } from '../accounting/leaf-pages.ts'
import type { ProcessTally } from '../accounting/tally.ts'
import type { Workload } from '../workload/workload.ts'

/** Whom the out-of-memory killer takes first, and what that gives back. */
export interface Victim {
  readonly group: string
  /** oom_badness() of one process, in pages. */
  readonly points: number
  /** /proc/PID/oom_score. */
  readonly score: number
  /** Private memory, page tables and kernel memory of one process; shared memory stays. */
  readonly freedBytes: number
}

/** oom_score_adj that takes a process out of the choice: OOM_SCORE_ADJ_MIN. */
const neverKilled = -1000

/**
 * The process with the most points: resident pages, shared ones in full, page tables and
 * oom_score_adj thousandths of all memory (oom_badness() in mm/oom_kill.c). hugetlb pages do not
 * count; under mshare neither do the region's pages nor its tables.
 * @param tallies page tables of one process, by group, without baseTables.
 * @returns `undefined` where nobody may be killed.
 */
export function victimOf(
  workload: Workload,
  arrangement: Arrangement,
  tallies: readonly ProcessTally[],
): Victim | undefined {
  const candidates = workload.groups.flatMap((group, g) => {
    const processes = arrangement.spaces[g]?.processes ?? 0
    const tally = tallies[g]
    if (processes === 0 || tally === undefined || group.oomScoreAdj === neverKilled) return []
    return [candidate(workload, arrangement, tally, g)]
  })
  return candidates.toSorted((a, b) => b.points - a.points)[0]
}

function candidate(
  { groups, host }: Workload,
  { spaces }: Arrangement,
  tally: ProcessTally,
  g: number,
): Victim {
  const group = groups[g]
  const space = spaces[g]
  if (group === undefined || space === undefined) throw new RangeError(`no group ${g}`)
  const { pageBytes } = host.layout
  const merged = group.processes / space.processes
  const privateBytes = group.private * merged
  const rss = sharedPages(host.layout, space) + Math.floor(privateBytes / pageBytes)
  const tables = tally.vmPteBytes.expected + group.baseTables
  const total = Math.floor(host.memory / pageBytes) + Math.floor(host.swap / pageBytes)
  const points =
    Math.round(rss) + Math.floor(tables / pageBytes) + group.oomScoreAdj * Math.floor(total / 1000)
  const freed =
    privateBytes +
    tally.bytes.expected +
    group.baseTables +
    group.kernelMemory * group.threads * merged
  return {
    group: group.name,
    points,
    score: oomScore(points, total),
    freedBytes: Math.round(freed),
  }
}

/**
 * /proc/PID/oom_score from points: fs/proc/base.c proc_oom_score().
 * @param totalPages RAM and swap, in pages.
 */
export function oomScore(points: number, totalPages: number): number {
  const scaled = 1000 + Math.trunc((points * 1000) / totalPages)
  return Math.max(0, Math.trunc((scaled * 2) / 3))
}

function sharedPages(
  layout: Workload['host']['layout'],
  { mappings, draws }: Arrangement['spaces'][number],
): number {
  return mappings
    .filter(({ paging }) => paging.kind === 'base' || paging.kind === 'partly-huge')
    .reduce((sum, mapping) => {
      const toucher = [inProcess(mapping, draws)]
      const { whole, edges } = leavesTouched(layout, mapping.paging, toucher, 'resident pages')
      const huge = mapping.paging.kind === 'partly-huge' ? (layout.levels[0]?.reach ?? 1) : 1
      return sum + whole * huge + edges
    }, 0)
}
