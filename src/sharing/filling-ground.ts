import type { Layout } from '../geometry/layout.ts'
import { firstHolding } from '../units/first-holding.ts'
import type { Span } from '../workload/placement.ts'
import { firstFit, inOrder } from '../workload/placement.ts'

/** The address space of a group as it fills up. */
export interface Ground {
  /** Sorted: mappings with a given address, and others that lie above `next`. */
  ahead: readonly Span[]
  /** All that is taken, sorted. */
  readonly taken: Span[]
  /** Where the mappings placed one after another have come to. */
  next: number
  /** Windows of so many pages, or more, have no place here: what is taken only grows. */
  full?: number | undefined
}

/** Takes back one thing that was done. */
export type Undo = () => void

/**
 * Mappings placed below `next` block no other, until the search starts again at the bottom.
 * @param done gets how to take it back.
 */
export function occupy(ground: Ground, from: number, length: number, done: Undo[]): void {
  const span = { from, to: from + length }
  const { ahead, next, full } = ground
  done.push(() => {
    ground.taken.splice(firstBehind(ground.taken, from) - 1, 1)
    ground.ahead = ahead
    ground.next = next
    ground.full = full
  })
  ground.taken.splice(firstBehind(ground.taken, from), 0, span)
  if (from < ground.next) ground.ahead = [...ground.taken]
  ground.next = span.to
}

/** Index of the first span that begins behind a page. */
function firstBehind(spans: readonly Span[], page: number): number {
  return firstHolding(0, spans.length, (at) => (spans[at]?.from ?? 0) > page)
}

/** One place for a window in several address spaces. */
export function windowIn(
  layout: Layout,
  grounds: readonly Ground[],
  pages: number,
  alignment: number,
): number | undefined {
  if (grounds.some(({ full }) => full !== undefined && pages >= full)) return undefined
  const first = fitUpwards(layout, grounds, pages, alignment)
  const [only, another] = grounds
  if (first === undefined && only !== undefined && another === undefined) only.full = pages
  return first
}

/** Upwards from where the mappings have come to; if that is full, from the lowest place up. */
export function fitUpwards(
  layout: Layout,
  grounds: readonly Ground[],
  pages: number,
  alignment: number,
): number | undefined {
  const from = Math.max(...grounds.map(({ next }) => next))
  const ahead = united(grounds.map((ground) => ground.ahead))
  const upwards = firstFit(ahead, pages, alignment, from, layout.userPages)
  if (upwards !== undefined) return upwards
  const taken = united(grounds.map((ground) => ground.taken))
  return firstFit(taken, pages, alignment, alignment, layout.userPages)
}

/** What is taken in one of several address spaces, in order. */
function united(spaces: readonly (readonly Span[])[]): readonly Span[] {
  const [only, another] = spaces
  return only !== undefined && another === undefined ? only : inOrder(spaces.flat())
}
