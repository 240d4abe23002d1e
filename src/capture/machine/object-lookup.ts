import { union } from '../../space/intervals.ts'
import { frameKib } from '../files/mapping.ts'
import type { Lookup, Touched } from '../files/pagemap.ts'
import { costOf, lookUp } from '../files/pagemap.ts'
import type { SpanSet } from '../files/spans.ts'
import { allSpans, noSpans, spanCount } from '../files/spans.ts'
import type { FolderTree, TreeRefusal } from '../files/tree.ts'
import { isRefused } from '../files/tree.ts'
import type { MappedObject, SeenObject } from './observation.ts'
import type { Scale } from './space-gathering.ts'

/** How much may still be read of pagemap, and marked. */
export interface LookupBudget {
  /** Entries, of 8 bytes each. */
  entries: number
  /** Pages of objects. */
  marks: number
  /** A copy without pagemap. */
  isRefused: boolean
}

/** 2 GiB of pagemap, and marks for objects of 1 TiB in all. */
export function lookupBudget(): LookupBudget {
  return { entries: 2 ** 28, marks: 2 ** 28, isRefused: false }
}

/** An object that a process maps, with the pages that it has touched as far as they can be known. */
export interface LookedUp {
  readonly mapped: MappedObject
  readonly refusal?: TreeRefusal
}

/**
 * Finds out which pages of an object a process has touched: by Rss alone where that is all or
 * nothing, else by pagemap.
 */
export function lookUpObject(
  tree: FolderTree,
  pid: number,
  mapped: MappedObject,
  object: SeenObject,
  scale: Scale,
  budget: LookupBudget,
): LookedUp {
  const { mapping } = mapped
  const known = touchedByCounts(mapped, scale)
  if (known !== undefined) {
    addFullObject(object, mapped, known, scale)
    return { mapped: { ...mapped, touched: known } }
  }
  const lookup: Lookup = {
    path: `proc/${pid}/pagemap`,
    start: mapping.start / scale.pageFrames,
    pages: pagesOf(mapped, scale),
    step: Math.max(1, (mapping.counts?.page ?? 0) / frameKib / scale.pageFrames),
    reach: reachOf(mapped, scale) / scale.pageFrames,
  }
  const cost = costOf(lookup)
  if (mapping.counts === undefined || cost > budget.entries) return { mapped }
  budget.entries -= cost
  const marker = markerOf(object, mapped, lookup, scale, budget)
  const touched = lookUp(tree, lookup, marker)
  return isRefused(touched) ? { mapped, refusal: touched } : { mapped: { ...mapped, touched } }
}

/** Spans of private memory with pages; `undefined` where pagemap may not be read. */
export function lookUpPrivate(
  tree: FolderTree,
  pid: number,
  { start, end }: { readonly start: number; readonly end: number },
  { pageFrames, pte }: Scale,
  budget: LookupBudget,
): SpanSet | undefined {
  const lookup: Lookup = {
    path: `proc/${pid}/pagemap`,
    start: start / pageFrames,
    pages: (end - start) / pageFrames,
    step: 1,
    reach: pte / pageFrames,
  }
  if (budget.isRefused || costOf(lookup) > budget.entries) return undefined
  budget.entries -= costOf(lookup)
  const touched = lookUp(tree, lookup, () => {})
  if (isRefused(touched)) budget.isRefused = touched.reason === 'missing'
  return isRefused(touched) ? undefined : touched.spans
}

/** Base pages of a mapping. */
export function pagesOf({ mapping }: MappedObject, { pageFrames }: Scale): number {
  return (mapping.end - mapping.start) / pageFrames
}

/** Frames that one of the tables spans of which the mapping needs one for each span touched. */
export function reachOf({ mapping }: MappedObject, scale: Scale): number {
  const page = (mapping.counts?.page ?? 0) / frameKib
  if (page >= scale.pmd) return scale.pud
  return page >= scale.pte ? scale.pmd : scale.pte
}

/** KiB of a mapping that are there for the process: Rss leaves huge pages of hugetlb out. */
export function presentKib({ mapping }: MappedObject): number | undefined {
  const { rss = 0, hugetlb } = mapping.counts ?? {}
  return hugetlb === undefined ? undefined : rss + hugetlb
}

/**
 * A missing counter is not zero. Where smaps and pagemap do not show the huge pages of a mapping,
 * capture assumes that all of it is touched.
 */
export function withSupposed(mapped: MappedObject, scale: Scale): MappedObject {
  const { mapping, touched } = mapped
  const { counts, start, end } = mapping
  if (touched !== undefined || counts === undefined || counts.hugetlb !== undefined) return mapped
  const spans = allSpans(spanCount(start, end - start, reachOf(mapped, scale)))
  return { ...mapped, touched: { spans, pages: pagesOf(mapped, scale) }, supposed: true }
}

/** All spans or none: then Rss says which. */
export function touchedByCounts(mapped: MappedObject, scale: Scale): Touched | undefined {
  const present = presentKib(mapped)
  const { start, end } = mapped.mapping
  if (present === undefined) return undefined
  if (present === 0) return { spans: noSpans, pages: 0 }
  const reach = reachOf(mapped, scale)
  const missing = end - start - present / frameKib
  if (missing >= smallestSpan(start, end, reach)) return undefined
  const spans = allSpans(spanCount(start, end - start, reach))
  return { spans, pages: Math.ceil(pagesOf(mapped, scale) - missing / scale.pageFrames) }
}

/** Frames in the smallest span of a mapping: fewer missing ones leave none empty. */
function smallestSpan(start: number, end: number, reach: number): number {
  if (Math.floor(start / reach) === Math.floor((end - 1) / reach)) return end - start
  const [head, tail] = [reach - (start % reach), end % reach]
  return Math.min(head, tail === 0 ? reach : tail)
}

/** Notes that a process has all the pages of its mapping. */
export function addFullObject(
  object: SeenObject,
  { mapping }: MappedObject,
  { pages }: Touched,
  { pageFrames }: Scale,
): void {
  const { full } = object
  const from = mapping.offset / pageFrames
  if (pages < (mapping.end - mapping.start) / pageFrames) return
  const last = full.length - 1
  for (let index = 0; index < last; index += 2) {
    if ((full[index] ?? 0) <= from && from + pages <= (full[index + 1] ?? 0)) return
  }
  object.full = union([full, [from, from + pages]])
}

function markerOf(
  object: SeenObject,
  { mapping }: MappedObject,
  { pages, step }: Lookup,
  { pageFrames }: Scale,
  budget: LookupBudget,
): (page: number) => void {
  const offset = mapping.offset / pageFrames
  const marks = marksFor(object, offset + pages, budget)
  if (marks === undefined) return () => {}
  if (step > 1) return (page) => marks.fill(1, offset + page, offset + page + step)
  return (page) => {
    marks[offset + page] = 1
  }
}

function marksFor(object: SeenObject, pages: number, budget: LookupBudget): Uint8Array | undefined {
  const { marks } = object
  if (marks !== undefined && marks.length >= pages) return marks
  if (pages > budget.marks) return undefined
  budget.marks -= pages
  const larger = new Uint8Array(pages)
  if (marks !== undefined) larger.set(marks)
  object.marks = larger
  return larger
}
