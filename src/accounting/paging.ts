import type { Layout, LevelName } from '../geometry/layout.ts'

/** How a mapping's pages are entered in page tables. */
export type Paging =
  /** Base pages; also anonymous THP, which keeps a pte table in deposit for each huge page. */
  | { readonly kind: 'base' }
  /** One entry at `leaf` for each huge page: hugetlb, DAX. */
  | { readonly kind: 'huge'; readonly leaf: LevelName }
  /** Entries at `leaf` where a whole huge page fits, base pages at the edges: THP of shmem, files. */
  | { readonly kind: 'partly-huge'; readonly leaf: LevelName }
  /** A window of somebody else's tables: nothing of its own at or below `linked`. */
  | { readonly kind: 'window'; readonly linked: LevelName }

/** Which of the touched spans of a level a mapping needs tables for. */
export type Need = 'all' | 'edges' | 'none'

/** What a mapping with that paging needs at a level. */
export function needAt(layout: Layout, paging: Paging, level: LevelName): Need {
  switch (paging.kind) {
    case 'base':
      return 'all'
    case 'huge':
      return isBelow(layout, level, paging.leaf) ? 'none' : 'all'
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

/** Base pages of one huge page of that paging; 1 where it has none. */
export function pagesPerLeaf(layout: Layout, paging: Paging): number {
  if (paging.kind === 'base' || paging.kind === 'window') return 1
  const place = layout.levels.findIndex((level) => level.name === paging.leaf)
  return layout.levels[place - 1]?.reach ?? 1
}
