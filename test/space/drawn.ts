import type { Access } from '../../src/space/access.ts'
import type { Cell } from '../../src/space/cell.ts'
import { cellsOf } from '../../src/space/cell.ts'
import type { RandomAccess } from '../../src/space/random-access.ts'
import { randomAccessesOf } from '../../src/space/random-access.ts'
import type { TouchSet } from '../../src/space/touch-set.ts'
import { nth } from '../build.ts'

/** A mapping from `first` on, of which one process touches something. */
export function mapping(first: number, pages: number, touched: TouchSet, draws = 1): Access {
  return { first, pages, touched, draws, counts: 'all' }
}

/** The only draw over a mapping from page 0 on, with its cells. */
export function drawOver(
  pages: number,
  touched: TouchSet,
  reach: number,
): readonly [RandomAccess, readonly Cell[]] {
  const accesses = [mapping(0, pages, touched)]
  const cells = cellsOf(accesses, reach, 'spans')
  return [nth(randomAccessesOf(cells, accesses, reach), 0), cells]
}
