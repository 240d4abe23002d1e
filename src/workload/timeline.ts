import type { PageRange, TouchSet } from '../space/touch-set.ts'
import type { Bytes, Count } from '../units/quantity.ts'

/** A step of a timeline: what happens, in order, before page tables are counted again. */
export interface Step<Scenario> {
  /** Absent: it has no name. */
  readonly name?: string
  readonly actions: readonly Action[]
  /** The scenario with the values of `set` up to here; absent: as before this step. */
  readonly scenario?: Scenario
}

/** One thing that happens. Groups and regions are those of the scenario, by name. */
export type Action =
  /** Processes of a group start, end, or are killed. All instances of the group together. */
  | {
      readonly kind: 'start' | 'stop' | 'crash'
      readonly group: string
      readonly processes: Count
    }
  /** A process of a group forks; its children are processes of the group `into`. */
  | {
      readonly kind: 'fork'
      readonly group: string
      readonly into: string
      readonly processes: Count
    }
  /** Processes of a group touch pages in each of their mappings of a region. */
  | {
      readonly kind: 'touch'
      readonly group: string
      readonly region: string
      /** By index of the mapping in its group. */
      readonly touched: readonly MappedPart<TouchSet>[]
    }
  /** munmap(), or madvise(MADV_DONTNEED), of a part of each mapping of a region. */
  | {
      readonly kind: 'unmap' | 'dontneed'
      readonly group: string
      readonly region: string
      readonly ranges: readonly MappedPart<PageRange>[]
    }
  /** A region gets its name; loses it; its owner closes the descriptor that keeps it. */
  | { readonly kind: 'create' | 'unlink' | 'close'; readonly region: string }
  /** Processes that run map a region as their group says; absent group: those of all groups. */
  | { readonly kind: 'attach'; readonly region: string; readonly group?: string }
  /** A huge-page pool is set to a number of pages. */
  | { readonly kind: 'pool'; readonly pageBytes: Bytes; readonly count: Count }
  /** A value of the scenario changes; the step carries the scenario that it makes. */
  | { readonly kind: 'set'; readonly path: string; readonly value: string }

/** Something about one mapping of a group. */
export interface MappedPart<T> {
  /** Index of the mapping in its group. */
  readonly map: number
  /** In pages from the start of the mapping. */
  readonly part: T
}
