import type { AddressSpace, PlacedMapping } from '../accounting/arrangement.ts'
import type { Paging } from '../accounting/paging.ts'
import type { HugePage, Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'
import type { Piece } from '../space/access.ts'
import type { Group, Mapping } from '../workload/group.ts'
import { placeClaims } from '../workload/placement.ts'
import type { Backing, Region } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'
import type { Backed } from './pools/backing.ts'

/** How many processes of a group there are, and how many draws each of them unites. */
export interface Population {
  readonly processes: number
  readonly draws: number
}

/** The pages to plan a mapping with; `phase` is the address of the region's first page, in pages. */
export type PagingOf = (region: Region, phase: number, isPrivate: boolean) => Paging

/** The group as the scenario says: every process draws for itself. */
export function asDescribed(group: Group): Population {
  return { processes: group.processes, draws: 1 }
}

/**
 * Address spaces in which every process has its own tables, at the addresses given or chosen.
 * @param pagingOf the pages to plan a mapping with.
 * @throws RangeError when a mapping has no place: the scenario reader refuses that before.
 */
export function ordinarySpaces(
  workload: Workload,
  populationOf: (group: Group) => Population,
  pagingOf: PagingOf,
  backed: Backed = new Map(),
): readonly AddressSpace[] {
  const { layout } = workload.host
  return workload.groups.map((group) => {
    const starts = placeClaims(
      layout,
      group.maps.map((map) => ({
        pages: map.length,
        ...(map.at === undefined ? {} : { at: map.at }),
      })),
    )
    return {
      ...populationOf(group),
      mappings: group.maps.flatMap((mapping, map) => {
        const first = starts[map]
        if (first === undefined) throw new RangeError(`no place for ${mapping.region}`)
        return placeMapping(workload, { mapping, map, first }, pagingOf, backed)
      }),
    }
  })
}

/** A mapping of a group, its index there, and the page index of its address. */
export interface Placing {
  readonly mapping: Mapping
  readonly map: number
  readonly first: number
}

/** A mapping at its address, with tables of its own; in pieces where the pool does not back all. */
export function placeMapping(
  workload: Workload,
  { mapping, map, first }: Placing,
  pagingOf: PagingOf,
  backed: Backed = new Map(),
): readonly PlacedMapping[] {
  const index = regionIndex(workload, mapping.region)
  const region = workload.regions[index]
  if (region === undefined) throw new RangeError(`no region ${mapping.region}`)
  const copied = region.backing === 'anonymous' || (mapping.private && mapping.access === 'rw')
  const piece = (paging: Paging): PlacedMapping => ({
    region: index,
    map,
    first,
    pages: mapping.length,
    offset: mapping.offset,
    touched: mapping.touched,
    ...(mapping.history === undefined ? {} : { history: mapping.history }),
    paging,
    access: mapping.access,
    faultAround: hasFaultAround(region, paging),
    copied,
    objects: objectsMapped(region, mapping),
    ...(region.copies === undefined ? {} : { copies: region.copies }),
  })
  const asShared = pagingOf(region, first - mapping.offset, mapping.private)
  const paging = copied ? pagingOfCopies(region, asShared) : asShared
  const pooled = backed.get(mapping)
  if (paging.kind !== 'huge' || pooled === undefined) return [piece(paging)]
  const pieces = inTurn(mapping, pooled)
  const [only, another] = pieces
  if (only !== undefined && another === undefined) {
    return [piece(only.isPooled ? paging : onBasePages())]
  }
  const shift = first - mapping.offset
  return pieces.map(({ from, to, isPooled }, index) => ({
    ...piece(isPooled ? paging : onBasePages()),
    within: { from: from + shift, to: to + shift },
    // The calls of the mapping are counted once.
    ...(index === 0 ? {} : { objects: 0 }),
  }))
}

/** A mapping cut where the pool begins or ceases to back it, in pages of its region. */
function inTurn(
  { offset, length }: Mapping,
  pooled: readonly Piece[],
): readonly (Piece & { readonly isPooled: boolean })[] {
  const end = offset + length
  const pieces: (Piece & { readonly isPooled: boolean })[] = []
  let from: number = offset
  const cut = (to: number, isPooled: boolean): void => {
    if (to > from) pieces.push({ from, to, isPooled })
    from = Math.max(from, to)
  }
  for (const piece of pooled) {
    cut(Math.min(end, piece.from), false)
    cut(Math.min(end, piece.to), true)
  }
  cut(end, false)
  return pieces
}

/**
 * The kernel copies writes to a MAP_PRIVATE mapping to base pages, also where the page cache
 * has huge ones: do_cow_fault() in mm/memory.c, dax_fault_check_fallback() in fs/dax.c.
 */
export function pagingOfCopies({ backing }: Region, paging: Paging): Paging {
  if (paging.kind === 'window') return paging
  return paging.kind === 'partly-huge' || backing === 'dax' ? onBasePages() : paging
}

/** Index of the region of that name; −1 where there is no such region. */
export function regionIndex({ regions }: Workload, name: string): number {
  const known =
    indexes.get(regions) ?? new Map(regions.map((region, index) => [region.name, index]))
  indexes.set(regions, known)
  return known.get(name) ?? -1
}

/** Looked up for every mapping, so made once for a list of regions. */
const indexes = new WeakMap<Workload['regions'], ReadonlyMap<string, number>>()

/** Base pages for everything. */
export function onBasePages(): Paging {
  return { kind: 'base' }
}

/** The pages that the scenario gives a region, as far as the mapping's alignment allows. */
export function pagesAsDescribed(layout: Layout): PagingOf {
  return (region, phase, isPrivate) => {
    const huge = layout.hugePages.find((page) => page.bytes === region.pageBytes)
    if (huge === undefined)
      return region.thp ? transparentPaging(layout, region, phase) : onBasePages()
    const { leaf, pages } = huge
    return { kind: 'huge', leaf, pages, links: mayLink(layout, region, huge) && !isPrivate }
  }
}

/** Pages of PMD_SIZE, shared, and of hugetlb: want_pmd_share() in mm/hugetlb.c. */
function mayLink(layout: Layout, { backing }: Region, { leaf, pages }: HugePage): boolean {
  const pmdSized = leaf === 'pmd' && pages === levelOf(layout, 'pte')?.reach
  return layout.sharesPmdTables && pmdSized && backing !== 'anonymous' && backing !== 'dax'
}

/**
 * Anonymous THP keeps a pte table in deposit for each huge page, so it counts as base pages
 * (__do_huge_pmd_anonymous_page() in mm/huge_memory.c). Shared memory and files are entered at
 * the pmd where address and file offset agree modulo the huge page (do_set_pmd() in mm/memory.c).
 */
export function transparentPaging(layout: Layout, region: Region, phase: number): Paging {
  const huge = layout.hugePages.find((page) => page.leaf === 'pmd')
  const fits = huge !== undefined && phase % huge.pages === 0
  return region.backing === 'anonymous' || !fits
    ? { kind: 'base' }
    : { kind: 'partly-huge', leaf: 'pmd' }
}

/** Private memory is in no page cache, nor is DAX: filemap_map_pages() finds nothing around. */
const withoutCache: ReadonlySet<Backing> = new Set(['anonymous', 'dax'])

/** Shared memory and files on base pages: do_fault_around() in mm/memory.c. */
export function hasFaultAround(region: Region, paging: Paging): boolean {
  return paging.kind === 'base' && !withoutCache.has(region.backing)
}

/** Objects of a region that a mapping reaches: each is mapped by a call of its own. */
function objectsMapped({ objects, pages }: Region, { offset, length }: Mapping): number {
  if (objects === 1) return 1
  const objectOf = (page: number): number =>
    Number((BigInt(page) * BigInt(objects)) / BigInt(pages))
  return objectOf(offset + length - 1) - objectOf(offset) + 1
}
