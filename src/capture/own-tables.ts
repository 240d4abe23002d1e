import type { Layout } from '../geometry/layout.ts'
import { frameKib } from './mapping.ts'
import { reachOf } from './object-lookup.ts'
import type { MappedObject, OwnCount, OwnTables } from './observation.ts'
import type { PrivateMappings, Scale } from './space-gathering.ts'
import type { WindowSet } from './windows.ts'
import { allWindows, pairs } from './windows.ts'

/**
 * Windows of a private mapping that have pages, counted from the first that it reaches, in frames;
 * `undefined` where it cannot be known.
 */
export type FindWindows = (start: number, end: number) => WindowSet | undefined

/** Counts the tables of private mappings: by pagemap where Rss leaves open in which windows pages are. */
export function countOwnTables(
  privates: PrivateMappings,
  objects: readonly MappedObject[],
  scale: Scale,
  find: FindWindows,
): OwnCount {
  // Runs of windows, ascending as the mappings are.
  const [certain, possible, whole]: [number[], number[], number[]] = [[], [], []]
  let [fewest, loose] = [0, 0]
  const all = withSmallObjects(privates, objects, scale)
  const reachable = objectWindows(objects, scale, 'pte', true)
  for (let index = 0; index < all.length; index += 3) {
    // Of hundreds of mappings in each process: no lists here that are made for each.
    const start = all[index] ?? 0
    const end = all[index + 1] ?? 0
    const pages = all[index + 2] ?? 0
    const first = Math.floor(start / scale.pte)
    const last = Math.floor((end - 1) / scale.pte)
    addRun(whole, first, last + 1)
    if (pages === 0) continue
    if (first === last) {
      addRun(certain, first, last + 1)
      addRun(possible, first, last + 1)
      continue
    }
    const runs = find(start, end)?.runs
    if (runs === undefined) {
      addRun(possible, first, last + 1)
      loose += Math.min(last + 1 - first, pages)
      const beside = [first, last].filter((window) => holds(reachable, window)).length
      fewest += Math.max(0, Math.ceil(pages / scale.pte) - beside - neighbours(all, index, scale))
    } else addRuns(certain, possible, runs, first)
  }
  const beyond = (runs: readonly number[], level: keyof OwnTables, possibly: boolean): number =>
    countBeyond(runs, objectWindows(objects, scale, level, possibly), scale[level] / scale.pte)
  const upper = (runs: readonly number[], possibly: boolean): Omit<OwnTables, 'pte'> => ({
    pmd: beyond(runs, 'pmd', possibly),
    pud: beyond(runs, 'pud', possibly),
  })
  return {
    least: { pte: beyond(certain, 'pte', true) + fewest, ...upper(certain, true) },
    most: { pte: beyond(certain, 'pte', false) + loose, ...upper(possible, false) },
    mapped: {
      pte: countBeyond(whole, [], 1),
      pmd: countBeyond(whole, [], scale.pmd / scale.pte),
      pud: countBeyond(whole, [], scale.pud / scale.pte),
    },
  }
}

/** True where the window is in one of the runs, which ascend. */
function holds(runs: readonly number[], window: number): boolean {
  let [low, high] = [0, runs.length / 2]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((runs[2 * middle + 1] ?? 0) <= window) low = middle + 1
    else high = middle
  }
  return (runs[2 * low] ?? Number.POSITIVE_INFINITY) <= window
}

/** Windows that a mapping has in common with the mappings beside it: they may hold pages of it. */
function neighbours(all: PrivateMappings, index: number, { pte }: Scale): number {
  const [start = 0, end = 0] = [all[index], all[index + 1]]
  const before = Math.floor(((all[index - 2] ?? 0) - 1) / pte) === Math.floor(start / pte)
  const behind = Math.floor((all[index + 3] ?? 0) / pte) === Math.floor((end - 1) / pte)
  return (before ? 1 : 0) + (behind ? 1 : 0)
}

/** Objects that one table holds are no regions: their tables are among the others. */
function withSmallObjects(
  privates: PrivateMappings,
  objects: readonly MappedObject[],
  scale: Scale,
): PrivateMappings {
  const small = objects.filter((mapped) => isSmall(mapped, scale))
  if (small.length === 0) return privates
  const all = small.map(({ mapping: { start, end, counts } }) => [
    start,
    end,
    Math.ceil((counts?.rss ?? 0) / frameKib),
  ])
  for (let index = 0; index < privates.length; index += 3)
    all.push(privates.slice(index, index + 3))
  return all.toSorted(([left = 0], [right = 0]) => left - right).flat()
}

function isSmall({ mapping }: MappedObject, { pte }: Scale): boolean {
  return mapping.end - mapping.start < pte && mapping.counts?.isHugetlb !== true
}

/** Tables in bytes; a level that the layout does not have takes nothing. */
export function bytesOf(own: OwnTables, { levels }: Layout): number {
  return levels.reduce(
    (sum, { name, tableBytes }) =>
      name === 'p4d' || name === 'pgd' ? sum : sum + own[name] * tableBytes,
    0,
  )
}

function addRuns(
  certain: number[],
  possible: number[],
  runs: readonly number[],
  first: number,
): void {
  for (let index = 0; index < runs.length; index += 2) {
    const [from, to] = [first + (runs[index] ?? 0), first + (runs[index + 1] ?? 0)]
    addRun(certain, from, to)
    addRun(possible, from, to)
  }
}

/** Joins it to the last run where they meet. */
function addRun(runs: number[], from: number, to: number): void {
  const end = runs.at(-1)
  if (end === undefined || from > end) runs.push(from, to)
  else if (to > end) runs[runs.length - 1] = to
}

/**
 * Windows of pte tables, from the start of the address space, of which the objects need the table
 * of this level.
 * @param possibly those too of which it is not known.
 */
function objectWindows(
  objects: readonly MappedObject[],
  scale: Scale,
  level: keyof OwnTables,
  possibly: boolean,
): readonly number[] {
  const runs: number[] = []
  for (const mapped of objects) {
    const { touched, mapping } = mapped
    const reach = reachOf(mapped, scale)
    // Huge pages need no tables below their own level.
    if (isSmall(mapped, scale) || reach > scale[level]) continue
    if (touched === undefined && !possibly) continue
    const first = Math.floor(mapping.start / reach)
    const windows = touched?.windows ?? allWindows(Math.ceil(mapping.end / reach) - first)
    const toPte = reach / scale.pte
    for (const [from, to] of pairs(windows.runs))
      addRun(runs, (first + from) * toPte, (first + to) * toPte)
  }
  return runs
}

/** Windows of a level above, `factor` of those given to each, that none of the others are in. */
function countBeyond(runs: readonly number[], others: readonly number[], factor: number): number {
  const all = atLevel(runs, factor)
  return lengthOf(all) - (others.length === 0 ? 0 : overlapOf(all, atLevel(others, factor)))
}

function atLevel(runs: readonly number[], factor: number): readonly number[] {
  if (factor === 1) return runs
  const level: number[] = []
  for (let index = 0; index < runs.length; index += 2) {
    const [from, to] = [runs[index] ?? 0, runs[index + 1] ?? 0]
    addRun(level, Math.floor(from / factor), Math.ceil(to / factor))
  }
  return level
}

function lengthOf(runs: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < runs.length; index += 2) {
    sum += (runs[index + 1] ?? 0) - (runs[index] ?? 0)
  }
  return sum
}

/** Windows in both, of runs that ascend. */
function overlapOf(ones: readonly number[], others: readonly number[]): number {
  let [sum, one, other] = [0, 0, 0]
  while (one < ones.length && other < others.length) {
    const [end, otherEnd] = [ones[one + 1] ?? 0, others[other + 1] ?? 0]
    const from = Math.max(ones[one] ?? 0, others[other] ?? 0)
    sum += Math.max(0, Math.min(end, otherEnd) - from)
    if (end < otherEnd) one += 2
    else other += 2
  }
  return sum
}
