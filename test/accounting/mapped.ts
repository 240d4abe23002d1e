import type { PlacedMapping } from '../../src/accounting/arrangement.ts'
import type { Paging } from '../../src/accounting/paging.ts'
import { range } from '../build.ts'

export const onHugePages: Paging = { kind: 'huge', leaf: 'pmd', pages: 512, links: false }

/** A mapping of all of the first region from page `first` on, touched all over, on base pages. */
export function mapped(
  first: number,
  pages: number,
  parts: Partial<PlacedMapping> = {},
): PlacedMapping {
  return {
    region: 0,
    map: 0,
    first,
    pages,
    offset: 0,
    touched: range(0, pages),
    paging: { kind: 'base' },
    access: 'rw',
    faultAround: false,
    copied: false,
    objects: 1,
    ...parts,
  }
}
