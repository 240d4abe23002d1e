import type { Piece } from '../../space/access.ts'
import type { Intervals } from '../../space/intervals.ts'
import { lengthOf, runsOf, union } from '../../space/intervals.ts'
import { sumBy } from '../../units/sum.ts'
import type { Mapping } from '../../workload/group.ts'
import { mappersOf } from '../../workload/mappers.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'

/** The pages that one program reserves of a region: its objects, one after another. */
export interface Request {
  /** The processes that each reserve a copy of their own; absent: the object itself, which is one. */
  readonly copies?: { readonly group: number; readonly map: number; readonly processes: number }
  /** Copies of the region that each reserve as much; absent: 1. */
  readonly times?: number
  readonly runs: readonly Run[]
}

/** Consecutive objects of a region that each need as many huge pages. */
export interface Run {
  /** Index of the first object. */
  readonly first: number
  readonly count: number
  /** Huge pages of one of them. */
  readonly pages: number
}

/** True where the region lives in the huge-page pool, which is set aside whether used or not. */
export function isInPool({ backing, pageBytes }: Region, { host }: Workload): boolean {
  return backing !== 'dax' && pageBytes > host.layout.pageBytes
}

/**
 * The requests of a region to its pool, in order: the object itself, then every private copy
 * (hugetlb_reserve_pages() in mm/hugetlb.c). Private mappers copy from the file, so it has pages too.
 */
export function requestsFor(workload: Workload, region: Region): readonly Request[] {
  const copies = mappersOf(workload, region.name).flatMap(
    ({ mapping, group, map }): readonly Request[] => {
      const { processes = 0 } = workload.groups[group] ?? {}
      if (processes === 0) return []
      if (region.backing !== 'anonymous' && !mapping.private) return []
      const runs = objectsMapped(workload, region, [mapping])
      return [{ copies: { group, map, processes }, runs }]
    },
  )
  if (region.backing === 'anonymous') return copies
  const runs = objectRuns(workload, region)
  const object = region.copies === undefined ? { runs } : { times: region.copies, runs }
  return [object, ...copies]
}

/** Huge pages that all mappings of a region reserve together. */
export function pagesReserved(workload: Workload, region: Region): number {
  return sumBy(requestsFor(workload, region), pagesAsked)
}

/** How many reserve as much: the processes that have a copy each, or the copies of the region. */
export function timesAsked({ copies, times = 1 }: Pick<Request, 'copies' | 'times'>): number {
  return copies?.processes ?? times
}

/** Huge pages of a request, all copies together. */
export function pagesAsked({ runs, ...request }: Request): number {
  return timesAsked(request) * sumBy(runs, ({ count, pages }) => count * pages)
}

/**
 * A segment reserves all it is when it is made, mapped or not; shared anonymous memory when the
 * first process maps it; a file or memfd what is mapped of it.
 */
function objectRuns(workload: Workload, region: Region): readonly Run[] {
  if (region.backing === 'sysv-shm') return wholeRuns(region)
  const mapped = mappersOf(workload, region.name)
    .filter(({ group }) => (workload.groups[group]?.processes ?? 0) > 0)
    .map(({ mapping }) => mapping)
  if (mapped.length === 0) return []
  if (region.backing === 'anonymous-shared') return wholeRuns(region)
  return objectsMapped(workload, region, mapped)
}

function wholeRuns(region: Region): readonly Run[] {
  return [{ first: 0, count: region.objects, pages: pagesOfObject(region) }]
}

/**
 * Huge pages of one object, the region being equal pieces: each begins on a page of its own,
 * ALIGN(size, huge_page_size()) in ipc/shm.c newseg().
 */
function pagesOfObject({ size, objects, pageBytes }: Region): number {
  return Math.ceil(Math.ceil(size / objects) / pageBytes)
}

/** Objects with something mapped, as far as it is mapped. */
function objectsMapped(
  workload: Workload,
  region: Region,
  mapped: readonly Mapping[],
): readonly Run[] {
  const whole = hugePagesIn(workload, region, region.pages)
  const pages = mappedPages(workload, region, mapped)
  if (lengthOf(pages) === whole) return wholeRuns(region)
  return united(runsOf(pages).flatMap(([from, to]) => objectsIn(region, { from, to }, whole)))
}

/** Objects that a piece of a region lies in: the first and the last perhaps in part. */
function objectsIn(region: Region, { from, to }: Piece, whole: number): readonly Run[] {
  const partOf = (object: number): Run => {
    const start = objectStart(object, whole, region)
    const end = objectStart(object + 1, whole, region)
    const isAll = from <= start && end <= to
    const pages = isAll ? pagesOfObject(region) : Math.min(end, to) - Math.max(start, from)
    return { first: object, count: 1, pages }
  }
  const [first, last] = [objectAt(from, whole, region), objectAt(to - 1, whole, region)]
  if (first === last) return [partOf(first)]
  const between = { first: first + 1, count: last - first - 1, pages: pagesOfObject(region) }
  return [partOf(first), ...(between.count > 0 ? [between] : []), partOf(last)]
}

/** Two pieces in one object are parts of one mapping's reserve. */
function united(runs: readonly Run[]): readonly Run[] {
  const all: Run[] = []
  for (const run of runs) {
    const last = all.at(-1)
    if (last?.first !== run.first) all.push(run)
    else all[all.length - 1] = { ...last, pages: last.pages + run.pages }
  }
  return all
}

/** Huge pages of a region that mappings reach, counted from its start. */
export function mappedPages(
  workload: Workload,
  region: Region,
  mapped: readonly Mapping[],
): Intervals {
  return union(
    mapped.map(({ offset, length }) => [
      Math.floor((offset * workload.host.layout.pageBytes) / region.pageBytes),
      hugePagesIn(workload, region, offset + length),
    ]),
  )
}

/** The huge page at which an object starts, in a region of `whole` huge pages. */
export function objectStart(object: number, whole: number, { objects }: Region): number {
  return Number((BigInt(object) * BigInt(whole) + BigInt(objects) - 1n) / BigInt(objects))
}

function objectAt(page: number, whole: number, { objects }: Region): number {
  return Number((BigInt(page) * BigInt(objects)) / BigInt(whole))
}

/** Huge pages that hold `basePages`. */
export function hugePagesIn({ host }: Workload, { pageBytes }: Region, basePages: number): number {
  return Math.ceil((basePages * host.layout.pageBytes) / pageBytes)
}
