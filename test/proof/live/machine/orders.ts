import type { Backing } from '../../../../src/workload/region.ts'

/** What the test asks of a child process. All numbers are bytes. */
export type Order =
  | { readonly kind: 'make'; readonly objects: readonly ObjectOrder[] }
  | { readonly kind: 'drop' }
  | { readonly kind: 'map'; readonly maps: readonly MapOrder[] }
  | { readonly kind: 'unmap' }
  | { readonly kind: 'peek'; readonly addresses: readonly number[] }

/** An object that several mappings may share, held by a process that never touches it. */
export interface ObjectOrder {
  readonly backing: Backing
  readonly size: number
  readonly pageBytes: number
  readonly huge: boolean
  /** Starts of the huge pages to fill beforehand, so that the object is on transparent huge pages. */
  readonly filled: readonly number[]
}

/** Where a process finds the object: a path to open, a segment to attach; neither: memory of its own. */
export interface Handle {
  readonly path?: string
  readonly segment?: number
}

export interface MapOrder {
  readonly at: number
  readonly length: number
  readonly offset: number
  readonly handle: Handle
  readonly shared: boolean
  readonly writes: boolean
  readonly pageBytes: number
  readonly huge: boolean
  readonly thp: boolean
  /** Runs of bytes to touch, from the mapping's start. */
  readonly touched: readonly (readonly [from: number, length: number])[]
}

/** VmPTE in KB, where the order changes it. */
export interface Answer {
  readonly handles?: readonly Handle[]
  readonly before?: number
  readonly after?: number
  /** Whether the process has an entry there, whoever made it: address by address. */
  readonly present?: readonly boolean[]
  readonly error?: string
}
