import { firstHolding } from '../units/first-holding.ts'

/**
 * A set of whole numbers (pages, spans, tables) as half-open runs, one after another in one list:
 * `[0, 3, 7, 8]` is 0, 1, 2 and 7. The runs ascend, no run is empty, and no two meet.
 */
export type Intervals = readonly number[]

/**
 * Adds `from` up to, but without, `to` to a set that is built in ascending order: `from` is in its
 * last run or past it. Where the two meet they become one run.
 */
export function append(intervals: number[], from: number, to: number): void {
  const end = intervals.at(-1)
  if (from >= to) return
  if (end === undefined || from > end) intervals.push(from, to)
  else if (to > end) intervals[intervals.length - 1] = to
}

/** The whole numbers in any of the lists. Their runs may come in any order, overlap, meet or be empty. */
export function union(lists: readonly (readonly number[])[]): Intervals {
  const joined: number[] = []
  for (const [from, to] of lists.flatMap(runsOf).toSorted(([one], [other]) => one - other)) {
    append(joined, from, to)
  }
  return joined
}

/** The runs one by one: from a number up to, but without, a number. */
export function runsOf(intervals: Intervals): readonly (readonly [from: number, to: number])[] {
  const runs: (readonly [number, number])[] = []
  for (let at = 0; at < intervals.length; at += 2) {
    runs.push([intervals[at] ?? 0, intervals[at + 1] ?? 0])
  }
  return runs
}

/** How many numbers are in the set. */
export function lengthOf(intervals: Intervals): number {
  let length = 0
  for (let at = 0; at < intervals.length; at += 2) {
    length += (intervals[at + 1] ?? 0) - (intervals[at] ?? 0)
  }
  return length
}

/** How many numbers are in both sets. */
export function overlap(one: Intervals, other: Intervals): number {
  let [length, a, b] = [0, 0, 0]
  while (a < one.length && b < other.length) {
    const [end, otherEnd] = [one[a + 1] ?? 0, other[b + 1] ?? 0]
    const from = Math.max(one[a] ?? 0, other[b] ?? 0)
    length += Math.max(0, Math.min(end, otherEnd) - from)
    if (end < otherEnd) a += 2
    else b += 2
  }
  return length
}

/** True where the number is in the set. */
export function contains(intervals: Intervals, value: number): boolean {
  return (intervals[firstEndingBehind(intervals, value)] ?? Number.POSITIVE_INFINITY) <= value
}

/** Where the first interval stands that ends behind the number; the length of the list where none does. */
export function firstEndingBehind(intervals: Intervals, value: number): number {
  return 2 * firstHolding(0, intervals.length / 2, (at) => (intervals[2 * at + 1] ?? 0) > value)
}

/** The spans of `reach` numbers, counted from 0, in which the set has a number: tables of its pages. */
export function spansReached(intervals: Intervals, reach: number): Intervals {
  if (reach === 1) return intervals
  const spans: number[] = []
  for (let at = 0; at < intervals.length; at += 2) {
    const [from, to] = [intervals[at] ?? 0, intervals[at + 1] ?? 0]
    append(spans, Math.floor(from / reach), Math.ceil(to / reach))
  }
  return spans
}
