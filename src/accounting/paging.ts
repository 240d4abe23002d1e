import type { Layout, LevelName } from '../geometry/layout.ts'

/** How a mapping's pages are entered in page tables. */
export type Paging =
  /** Base pages; also anonymous THP, which keeps a pte table in deposit for each huge page. */
  | { readonly kind: 'base' }
  /**
   * Huge pages of `pages` base pages, entered at `leaf`: hugetlb, DAX. With `links`, tables of that
   * level whose whole span is mapped are shared: the process only links to them.
   */
  | {
      readonly kind: 'huge'
      readonly leaf: LevelName
      readonly pages: number
      readonly links: boolean
    }
  /** Entries at `leaf` where a whole huge page fits, base pages at the edges: THP of shmem, files. */
  | { readonly kind: 'partly-huge'; readonly leaf: LevelName }
  /** A window onto tables of another owner: no tables of its own at or below `linked`. */
  | { readonly kind: 'window'; readonly linked: LevelName }

/** Which of the touched spans of a level a mapping needs tables for. */
export type Need = 'all' | 'edges' | 'none'

/** The tables that a mapping with that paging needs at a level. */
export function needAt(layout: Layout, paging: Paging, level: LevelName): Need {
  switch (paging.kind) {
    case 'base':
      return 'all'
    case 'huge':
      if (isBelow(layout, level, paging.leaf)) return 'none'
      return paging.links && level === paging.leaf ? 'edges' : 'all'
    case 'partly-huge':
      return isBelow(layout, level, paging.leaf) ? 'edges' : 'all'
    case 'window':
      return isBelow(layout, level, paging.linked) || level === paging.linked ? 'none' : 'all'
  }
}

/** True where `level` lies below `other` in the layout. */
function isBelow(layout: Layout, level: LevelName, other: LevelName): boolean {
  const place = (name: LevelName): number => layout.levels.findIndex((known) => known.name === name)
  return place(level) < place(other)
}

/** True where whole spans of a level are linked to shared tables instead of being the process's. */
export function linksAt(paging: Paging, level: LevelName): boolean {
  return paging.kind === 'huge' && paging.links && paging.leaf === level
}

/** Entries that one page takes: several where contiguous entries make one huge page. */
export function entriesPerLeaf(layout: Layout, paging: Paging): number {
  return paging.kind === 'huge' ? paging.pages / pagesPerEntry(layout, paging.leaf) : 1
}

/** Base pages of one huge page of that paging; 1 on base pages. */
export function pagesPerLeaf(layout: Layout, paging: Paging): number {
  switch (paging.kind) {
    case 'base':
    case 'window':
      return 1
    case 'huge':
      return paging.pages
    case 'partly-huge':
      return pagesPerEntry(layout, paging.leaf)
  }
}

/** Base pages that one entry of a level maps: the span of one table of the level below. */
function pagesPerEntry(layout: Layout, leaf: LevelName): number {
  const place = layout.levels.findIndex((level) => level.name === leaf)
  return layout.levels[place - 1]?.reach ?? 1
}
