import type { AddressSpace, Arrangement, PlacedMapping } from '../accounting/arrangement.ts'
import { inProcess } from '../accounting/arrangement.ts'
import { basePagesTouched } from '../accounting/leaf-pages.ts'
import type { Paging } from '../accounting/paging.ts'
import type { ProcessTally } from '../accounting/tally.ts'
import { sumBy } from '../units/sum.ts'
import type { Group } from '../workload/group.ts'
import type { Workload } from '../workload/workload.ts'
import { copiesBySpace } from './copied.ts'
import type { Resident } from './resident.ts'
import { shareInMemory } from './resident.ts'

/** Whom the out-of-memory killer takes first, and what that gives back. */
export interface Victim {
  readonly group: string
  /** oom_badness() of one process, in pages. */
  readonly points: number
  /** Private memory and regions, page tables and kernel memory of one process; shared memory stays. */
  readonly freedBytes: number
}

/** A process as the killer sees it; bytes as /proc/PID/status has them. */
export interface Candidate {
  /** VmRSS: file, anonymous and shared memory, without hugetlb. */
  readonly residentBytes: number
  /** VmSwap. */
  readonly swapBytes: number
  /** VmPTE. */
  readonly tableBytes: number
  readonly oomScoreAdj: number
}

/** oom_score_adj that takes a process out of the choice: OOM_SCORE_ADJ_MIN. */
const neverKilled = -1000

/** A process that may be killed: what decides about it. */
export interface Mortal {
  readonly group: Group
  readonly candidate: Candidate
  readonly freedBytes: Victim['freedBytes']
}

/**
 * The process with the most points.
 * @param totalPages what runs out: RAM or the limit of a cgroup, and swap.
 * @returns `undefined` where no process may be killed.
 */
export function victimOf(
  mortals: readonly Mortal[],
  totalPages: number,
  { layout: { pageBytes } }: Workload['host'],
): Victim | undefined {
  const victims = mortals.flatMap(({ group, candidate, freedBytes }): readonly Victim[] => {
    const points = oomPoints(candidate, totalPages, pageBytes)
    return points === undefined ? [] : [{ group: group.name, points, freedBytes }]
  })
  return victims.toSorted((a, b) => b.points - a.points)[0]
}

/**
 * One process of each group that runs. hugetlb pages do not count; under mshare neither do the region's
 * pages nor its tables.
 * @param tallies page tables of one process, by group, without baseTables.
 * @param resident what is in memory of each region.
 */
export function mortalsOf(
  { groups, host }: Workload,
  { spaces }: Arrangement,
  tallies: readonly ProcessTally[],
  resident: readonly Resident[],
): readonly Mortal[] {
  const copies = copiesBySpace(resident)
  return groups.flatMap((group, g) => {
    const [space, tally] = [spaces[g], tallies[g]]
    if (space === undefined || tally === undefined || space.processes === 0) return []
    const copied = sumBy(copies.get(g) ?? [], ({ bytes }) => bytes)
    return [mortalIn(host, { group, g, space, tally, copied }, resident)]
  })
}

/** A group, its index, and one process of it; copies are those of all. */
interface Inhabited {
  readonly group: Group
  readonly g: number
  readonly space: AddressSpace
  readonly tally: ProcessTally
  readonly copied: number
}

function mortalIn(
  { layout }: Workload['host'],
  { group, g, space, tally, copied }: Inhabited,
  resident: readonly Resident[],
): Mortal {
  const merged = group.processes / space.processes
  const privateBytes = group.private * merged
  const candidate = {
    residentBytes:
      Math.round(mappedPages(layout, space, g, resident)) * layout.pageBytes + privateBytes,
    swapBytes: 0,
    tableBytes: tally.vmPteBytes.expected + group.baseTables,
    oomScoreAdj: group.oomScoreAdj,
  }
  const freed =
    privateBytes +
    copied / space.processes +
    tally.bytes.expected +
    group.baseTables +
    group.kernelMemory * group.threads * merged
  return { group, candidate, freedBytes: Math.round(freed) }
}

/**
 * oom_badness() in mm/oom_kill.c, in pages: resident pages, shared ones in full, swapped pages, page
 * tables, and oom_score_adj thousandths of all memory.
 * @param totalPages what runs out: RAM or the limit of a cgroup, and swap.
 * @returns `undefined` where the process may not be killed.
 */
export function oomPoints(
  { residentBytes, swapBytes, tableBytes, oomScoreAdj }: Candidate,
  totalPages: number,
  pageBytes: number,
): number | undefined {
  if (oomScoreAdj === neverKilled) return undefined
  const used = [residentBytes, swapBytes, tableBytes].reduce(
    (pages, bytes) => pages + Math.floor(bytes / pageBytes),
    0,
  )
  return used + oomScoreAdj * Math.floor(totalPages / 1000)
}

/**
 * /proc/PID/oom_score from points: proc_oom_score() in fs/proc/base.c. Since Linux 5.9 ("mm, oom:
 * make the calculation of oom badness more accurate"), and in stable kernels since.
 * @param points `undefined` where the process may not be killed.
 * @param totalPages RAM and swap, in pages.
 */
export function oomScore(points: number | undefined, totalPages: number): number {
  if (points === undefined) return 0
  const scaled = 1000 + Math.trunc((points * 1000) / totalPages)
  return Math.max(0, Math.trunc((scaled * 2) / 3))
}

/** RAM and swap: totalpages of an out-of-memory of the whole host, and of oom_score. */
export function hostPages({ memory, swap, layout: { pageBytes } }: Workload['host']): number {
  return Math.floor(memory / pageBytes) + Math.floor(swap / pageBytes)
}

/** What is in memory of the mappings of a process: VmRSS without its private memory, in pages. */
function mappedPages(
  layout: Workload['host']['layout'],
  { mappings, draws }: Arrangement['spaces'][number],
  space: number,
  resident: readonly Resident[],
): number {
  return mappings
    .filter(({ paging }) => paging.kind === 'base' || paging.kind === 'partly-huge')
    .reduce((sum, mapping) => {
      const of = resident[mapping.region]
      const paging = of === undefined ? mapping.paging : countedIn(of, mapping)
      const access = [inProcess(mapping, draws)]
      const [pages = 0] = basePagesTouched(layout, paging, access, 'resident pages')
      const share = of === undefined ? 1 : shareInMemory(of, space, mapping)
      return sum + pages * share
    }, 0)
}

/**
 * A transparent huge page counts with all its pages, however few were touched: HPAGE_PMD_NR pages in
 * map_anon_folio_pmd() of mm/huge_memory.c and do_set_pmd() of mm/memory.c. Anonymous ones are on base
 * pages as far as tables go, for each keeps a table in deposit.
 */
function countedIn({ region }: Resident, { paging }: PlacedMapping): Paging {
  return region.thp && region.backing === 'anonymous'
    ? { kind: 'partly-huge', leaf: 'pmd' }
    : paging
}
