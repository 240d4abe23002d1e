import type { TouchSet } from '../space/touch-set.ts'
import type { Piece, Toucher } from '../space/toucher.ts'
import type { Paging } from './paging.ts'

/** Who maps what where, and which tables exist once: all that decides the bills. */
export interface Arrangement {
  /** One per group, in file order: its processes are alike. */
  readonly spaces: readonly AddressSpace[]
  readonly shared: readonly SharedTables[]
}

/** The address space of one process, of `processes` alike. */
export interface AddressSpace {
  readonly processes: number
  /** Independent draws of each random touch set in one such process: 1, or all that are united. */
  readonly draws: number
  /** In file order: the order of billing. */
  readonly mappings: readonly PlacedMapping[]
}

export interface PlacedMapping {
  /** Index of the region. */
  readonly region: number
  /** Page index of the address. */
  readonly first: number
  readonly pages: number
  /** First page of the region that is mapped. */
  readonly offset: number
  readonly touched: TouchSet
  readonly paging: Paging
  readonly access: 'rw' | 'ro'
  /** Read faults map 64 KiB around: shmem and files on base pages. */
  readonly faultAround: boolean
  /** What the process writes is its own copy: private memory, or a writable MAP_PRIVATE mapping. */
  readonly copied: boolean
  /** mmap calls, and VMAs, that one process needs for it. */
  readonly objects: number
}

/** Page tables that exist once, however many processes use them. */
export interface SharedTables {
  readonly region: number
  /** Shared by `mshare`: all levels, and a host address space of their own. */
  readonly kind: 'mshare'
  /** Paging of the region inside its host address space. */
  readonly paging: Paging
  /** Pages of the region: what its huge pages must fit in. */
  readonly pages: number
  /** Page index of the region's first page in the host address space. */
  readonly first: number
  readonly members: readonly Member[]
  /** Read faults map 64 KiB around. */
  readonly faultAround: boolean
  /** mmap calls, and VMAs, that exist once beside those of the processes. */
  readonly onceCalls: number
  readonly onceVmas: number
}

/** A mapping that uses shared tables, and whose it is. */
export interface Member {
  /** Index of the address space. */
  readonly space: number
  readonly mapping: PlacedMapping
}

/** A mapping's claim on its own address space. */
export function inProcess(
  mapping: PlacedMapping,
  draws: number,
  counts: Toucher['counts'] = 'all',
): Toucher {
  const { first, pages, touched } = mapping
  return { first, pages, touched, draws, counts }
}

/** What all processes of a space touch of a region, on an axis where the region starts at `first`. */
export function inRegion(
  { mapping, space }: Member,
  spaces: readonly AddressSpace[],
  first = 0,
  counts: Toucher['counts'] = 'all',
  cover?: Piece,
): Toucher {
  const { processes, draws } = spaces[space] ?? { processes: 0, draws: 0 }
  return {
    first: first + mapping.offset,
    pages: mapping.pages,
    touched: mapping.touched,
    draws: processes * draws,
    counts,
    ...(cover === undefined ? {} : { cover }),
  }
}
