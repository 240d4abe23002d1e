import { describe, expect, it } from 'vitest'
import type { Access } from '../../src/space/access.ts'
import type { AccessInCell, Cell } from '../../src/space/cell.ts'
import { cellsOf, isSettled } from '../../src/space/cell.ts'
import { every, random, range } from '../build.ts'

/** Spans of 4 pages. */
const reach = 4

function touching(first: number, length: number): Access {
  return { first, pages: length, touched: range(0, length), draws: 1, counts: 'all' }
}

const accessesOf = (cells: readonly Cell[]) =>
  cells.map(({ from, to, accesses }) => [from, to, accesses.map(({ access }) => access)])

describe('cells', () => {
  it('end where an access begins or ends: pages 0 to 11 and 8 to 19 meet in the span of page 8', () => {
    expect(accessesOf(cellsOf([touching(0, 12), touching(8, 12)], reach, 'spans'))).toEqual([
      [0, 2, [0]],
      [2, 3, [0, 1]],
      [3, 5, [1]],
    ])
  })

  it('leave a gap where no access reaches', () => {
    expect(accessesOf(cellsOf([touching(0, 4), touching(12, 4)], reach, 'spans'))).toEqual([
      [0, 1, [0]],
      [3, 4, [1]],
    ])
  })

  it('hold only the spans that a long stride hits, and say that they are scattered', () => {
    // Pages 0, 8, 16 and 24 lie in spans 0, 2, 4 and 6.
    const strided: Access = { ...touching(0, 32), touched: every(8) }
    expect(cellsOf([strided], reach, 'spans')).toEqual([
      {
        from: 0,
        to: 7,
        spans: 4,
        scattered: true,
        accesses: [{ access: 0, probability: 1, certain: true, size: 0 }],
      },
    ])
  })

  it('give a draw its probability: one page of 8 is in each of two spans with one half', () => {
    const drawn: Access = { ...touching(0, 8), touched: random(1) }
    const [cell] = cellsOf([drawn], reach, 'spans')
    expect(cell).toMatchObject({ spans: 2, accesses: [{ size: 4, certain: false }] })
    expect(cell?.accesses[0]?.probability).toBeCloseTo(1 / 2, 15)
  })
})

describe('a cell is settled', () => {
  const certain: AccessInCell = { access: 0, probability: 1, certain: true, size: 0 }
  const drawn: AccessInCell = { access: 1, probability: 1, certain: true, size: 4 }
  const settled = (...accesses: readonly AccessInCell[]): boolean =>
    isSettled({ from: 0, to: 1, spans: 1, scattered: false, accesses })

  it('where an access touches it whatever is drawn', () => {
    expect(settled(certain)).toBe(true)
    expect(settled(certain, { ...drawn, probability: 0.5, certain: false })).toBe(true)
  })

  it('not where chance decides, nor where a lone draw cannot miss it', () => {
    expect(settled({ ...drawn, probability: 0.5, certain: false })).toBe(false)
    expect(settled(drawn)).toBe(false)
  })
})
