import type { AddressSpace, PlacedMapping } from '../accounting/arrangement.ts'
import type { Paging } from '../accounting/paging.ts'
import type { Layout } from '../geometry/layout.ts'
import { placeClaims } from '../workload/placement.ts'
import type { Group, Mapping, Region, Workload } from '../workload/workload.ts'

/** How many processes of a group there are, and how many draws each of them unites. */
export interface Population {
  readonly processes: number
  readonly draws: number
}

/** The pages to plan a mapping with; `phase` is the address of the region's first page, in pages. */
export type PagingOf = (region: Region, phase: number) => Paging

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
      mappings: group.maps.map((mapping, index) => {
        const first = starts[index]
        if (first === undefined) throw new RangeError(`no place for ${mapping.region}`)
        return placeMapping(workload, mapping, first, pagingOf)
      }),
    }
  })
}

/** A mapping at its address, with its own tables. */
export function placeMapping(
  workload: Workload,
  mapping: Mapping,
  first: number,
  pagingOf: PagingOf,
): PlacedMapping {
  const index = regionIndex(workload, mapping.region)
  const region = workload.regions[index]
  if (region === undefined) throw new RangeError(`no region ${mapping.region}`)
  const paging = pagingOf(region, first - mapping.offset)
  return {
    region: index,
    first,
    pages: mapping.length,
    offset: mapping.offset,
    touched: mapping.touched,
    paging,
    access: mapping.access,
    faultAround: hasFaultAround(region, paging),
    copied: region.backing === 'anonymous' || (mapping.private && mapping.access === 'rw'),
    objects: objectsMapped(region, mapping),
  }
}

/** Index of the region of that name. */
export function regionIndex(workload: Workload, name: string): number {
  return workload.regions.findIndex((region) => region.name === name)
}

/** Base pages for everything. */
export function onBasePages(): Paging {
  return { kind: 'base' }
}

/** The pages that the scenario gives a region, as far as the mapping's alignment allows. */
export function pagesAsDescribed(layout: Layout): PagingOf {
  return (region, phase) => {
    const huge = layout.hugePages.find((page) => page.bytes === region.pageBytes)
    if (huge === undefined)
      return region.thp ? transparentPaging(layout, region, phase) : onBasePages()
    return huge.leaf === 'pte' ? onBasePages() : { kind: 'huge', leaf: huge.leaf }
  }
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

/** Shared memory and files on base pages: do_fault_around() in mm/memory.c. */
export function hasFaultAround(region: Region, paging: Paging): boolean {
  return paging.kind === 'base' && region.backing !== 'anonymous'
}

/** Objects of a region that a mapping reaches: each is mapped by a call of its own. */
function objectsMapped({ objects, pages }: Region, { offset, length }: Mapping): number {
  if (objects === 1) return 1
  const objectOf = (page: number): number =>
    Number((BigInt(page) * BigInt(objects)) / BigInt(pages))
  return objectOf(offset + length - 1) - objectOf(offset) + 1
}
