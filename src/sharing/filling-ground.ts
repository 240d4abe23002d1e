import type { Layout } from '../geometry/layout.ts'
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
}

/** Takes back one thing that was done. */
export type Undo = () => void

/**
 * Mappings placed below `next` block no other, until the search starts again at the bottom.
 * @param done gets how to take it back.
 */
export function occupy(ground: Ground, from: number, length: number, done: Undo[]): void {
  const span = { from, to: from + length }
  const { ahead, next } = ground
  done.push(() => {
    ground.taken.splice(ground.taken.lastIndexOf(span), 1)
    ground.ahead = ahead
    ground.next = next
  })
  // Nearly always behind all others.
  const before = ground.taken.findLastIndex((other) => other.from <= from)
  ground.taken.splice(before + 1, 0, span)
  if (from < ground.next) ground.ahead = [...ground.taken]
  ground.next = span.to
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
