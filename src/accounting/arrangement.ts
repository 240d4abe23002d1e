import type { LevelName } from '../geometry/layout.ts'
import type { Access, Piece } from '../space/access.ts'
import type { TouchSet } from '../space/touch-set.ts'
import { groupedBy } from '../units/grouped.ts'
import { remembering } from '../units/remembered.ts'
import type { Paging } from './paging.ts'

/** The mappings of all processes, and the tables that exist once: all that decides the bills. */
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
  /** Index of the mapping in its group: one that is mapped in two ways is listed twice. */
  readonly map: number
  /** Page index of the address. */
  readonly first: number
  readonly pages: number
  /** The part of it that is mapped this way, in page indices; absent: all of it. */
  readonly within?: Piece
  /** First page of the region that is mapped. */
  readonly offset: number
  readonly touched: TouchSet
  /** What its tables follow; absent: `touched`. */
  readonly history?: readonly FormerAccess[]
  readonly paging: Paging
  readonly access: 'rw' | 'ro'
  /** Read faults map 64 KiB around: shmem and files on base pages. */
  readonly faultAround: boolean
  /** The process writes to its own copy: private memory, or a writable MAP_PRIVATE mapping. */
  readonly copied: boolean
  /** mmap calls, and VMAs, that one process needs for it. */
  readonly objects: number
  /** So many regions of that kind, among which the processes are divided; absent: 1. */
  readonly copies?: number
}

/** Pages that were touched once, in pages from where the mapping is now, and what is left of their tables. */
export interface FormerAccess {
  readonly from: number
  readonly pages: number
  readonly touched: TouchSet
  readonly freed: Readonly<Partial<Record<LevelName, readonly Piece[]>>>
}

/** Page tables that exist once, however many processes use them. */
export interface SharedTables {
  readonly region: number
  /** So many sets of such tables, among which the members' processes are divided; absent: 1. */
  readonly copies?: number
  /**
   * `mshare`: tables of all levels, and a host address space of their own. `linked`: tables of the
   * level at which hugetlb shares them, and no other.
   */
  readonly kind: 'mshare' | 'linked'
  /** Paging of the region in these tables. */
  readonly paging: Paging
  /** Pages of the region: what its huge pages must fit in. */
  readonly pages: number
  /** Page index of the region's first page on the axis that the tables divide. */
  readonly first: number
  readonly members: readonly Member[]
  /** What was touched by who uses them no more, in pages of the axis; absent: nothing. */
  readonly earlier?: readonly Access[]
  /** Read faults map 64 KiB around. */
  readonly faultAround: boolean
  /** mmap calls, and VMAs, that exist once, in addition to those of the processes. */
  readonly onceCalls: number
  readonly onceVmas: number
}

/** A mapping that uses shared tables, and whose it is. */
export interface Member {
  /** Index of the address space. */
  readonly space: number
  readonly mapping: PlacedMapping
}

/** The mappings of every region, by its index; in the order of spaces and of billing. */
export function membersByRegion(
  spaces: readonly AddressSpace[],
): ReadonlyMap<number, readonly Member[]> {
  const [first] = spaces
  if (first === undefined) return new Map()
  const lists = spaces.map(({ mappings }) => mappings)
  return membersOf(first.mappings, lists, () => {
    const all = lists.flatMap((mappings, space) =>
      mappings.map((mapping): Member => ({ space, mapping })),
    )
    const byRegion = groupedBy(all, ({ mapping }) => mapping.region)
    return new Map([...byRegion].map(([region, members]) => [region, knownMembers(members)]))
  })
}

/** The same list as the last time, where the others of a region are the same. */
function knownMembers(members: readonly Member[]): readonly Member[] {
  const [first] = members
  if (first === undefined) return members
  const inputs = members.flatMap(({ space, mapping }) => [space, mapping])
  return membersOfRegion(first.mapping, inputs, () => members)
}

const membersOfRegion = remembering<PlacedMapping, readonly Member[]>()

/** Who maps what is the same for any number of processes. */
const membersOf = remembering<AddressSpace['mappings'], ReadonlyMap<number, readonly Member[]>>()

/** A mapping's claim on its own address space. */
export function inProcess(
  mapping: PlacedMapping,
  draws: number,
  counts: Access['counts'] = 'all',
): Access {
  const { first, pages, touched, within } = mapping
  return accessOf({ first, pages, touched, draws, counts }, within, coverOf(mapping))
}

/**
 * The claim of all pieces of a mapping, without spans that lie wholly in some of them. One claim,
 * because one draw touches all: a span in which two meet is not touched twice by chance.
 */
export function inPieces(
  { first, pages, touched }: PlacedMapping,
  draws: number,
  without: readonly PlacedMapping[],
): Access {
  const holes = without.map((piece) => coverOf(piece) ?? piece.within ?? { from: 0, to: 0 })
  return { first, pages, touched, draws, counts: 'all', ...(holes.length === 0 ? {} : { holes }) }
}

/** The claims of what a mapping has touched in its life, on tables of a level that are still there. */
export function inHistory(
  { first, history = [] }: PlacedMapping,
  draws: number,
  level: LevelName,
  counts: Access['counts'],
): readonly Access[] {
  return history.map(({ from, pages, touched, freed }) => {
    const access: Access = { first: first + from, pages, touched, draws, counts }
    const gone = freed[level]
    if (gone === undefined) return access
    return {
      ...access,
      holes: gone.map((piece) => ({ from: first + piece.from, to: first + piece.to })),
    }
  })
}

/** True where two neighbours in an address space are pieces of one mapping. */
export function isSameMapping(one: PlacedMapping, other: PlacedMapping | undefined): boolean {
  return one.within !== undefined && other?.within !== undefined && one.map === other.map
}

/** Most accesses have neither: then they are as they are. */
function accessOf(access: Access, within: Piece | undefined, cover: Piece | undefined): Access {
  if (within === undefined) return cover === undefined ? access : { ...access, cover }
  return cover === undefined ? { ...access, within } : { ...access, within, cover }
}

/** A mapping of hugetlb ends with a whole huge page: ksys_mmap_pgoff() in mm/mmap.c rounds up. */
function coverOf({ first, pages, within, paging }: PlacedMapping, shift = 0): Piece | undefined {
  if (paging.kind !== 'huge' || pages % paging.pages === 0) return undefined
  const { from, to } = within ?? { from: first, to: first + pages }
  const end = first + Math.ceil((to - first) / paging.pages) * paging.pages
  return { from: from + shift, to: end + shift }
}

/** Accesses of all processes of a space to one region, on an axis where the region starts at `first`. */
export function inRegion(
  { mapping, space }: Member,
  spaces: readonly AddressSpace[],
  first = 0,
  counts: Access['counts'] = 'all',
  cover?: Piece,
): Access {
  const { processes, draws } = spaces[space] ?? { processes: 0, draws: 0 }
  const { pages, touched, within, copies = 1 } = mapping
  const shift = first + mapping.offset - mapping.first
  const access: Access = {
    first: first + mapping.offset,
    pages,
    touched,
    draws: (processes / copies) * draws,
    counts,
  }
  const part = within && { from: within.from + shift, to: within.to + shift }
  return accessOf(access, part, cover ?? coverOf(mapping, shift))
}

/** What is left of earlier users of a region, on an axis where the region starts at `first`. */
export function earlierIn(
  { earlier = [] }: { readonly earlier?: readonly EarlierAccess[] },
  first: number,
  cover?: Piece,
): readonly Access[] {
  return earlier.map(({ offset, length: pages, touched, draws }) =>
    accessOf({ first: first + offset, pages, touched, draws, counts: 'all' }, undefined, cover),
  )
}

/** A part of a region that was mapped, in its pages, and what was touched of it. */
interface EarlierAccess extends Pick<Access, 'touched' | 'draws'> {
  readonly offset: number
  readonly length: number
}

/** The claims of all members on shared tables, then those of earlier users. Huge pages must fit in
 * the region. */
export function membersIn(
  shared: SharedTables,
  spaces: readonly AddressSpace[],
  counts: Access['counts'] = 'all',
): readonly Access[] {
  const region = { from: shared.first, to: shared.first + shared.pages }
  const accesses = shared.members.map((member) =>
    shared.kind === 'mshare'
      ? inRegion(member, spaces, shared.first, counts, region)
      : inRegion(member, spaces, shared.first, 'whole'),
  )
  if (shared.earlier === undefined) return accesses
  const earlier = shared.earlier.map((access) => ({ ...access, counts, cover: region }))
  return [...accesses, ...earlier]
}
