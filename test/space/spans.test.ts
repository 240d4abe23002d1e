import { describe, expect, test } from 'vitest'
import type { Access } from '../../src/space/access.ts'
import { spansTouched } from '../../src/space/spans.ts'
import type { TouchSet } from '../../src/space/touch-set.ts'
import { QuantityError } from '../../src/units/quantity.ts'
import { clusters, every, random, range, untouched, zipf } from '../build.ts'

/** Pages that one pte, pmd, pud table of x86-64 spans. */
const reaches = [512, 262_144, 134_217_728]

function mapping(first: number, pages: number, touched: TouchSet, draws = 1): Access {
  return { first, pages, touched, draws, counts: 'all' }
}

function tablesOf(...accesses: Access[]): number[] {
  return reaches.map((reach) => spansTouched(accesses, reach, 'tables').total.expected)
}

const gibPages = 262_144

describe('a GiB that is touched all over', () => {
  test('needs 512 + 1 + 1 tables where it is aligned', () => {
    expect(tablesOf(mapping(0, gibPages, range(0, gibPages)))).toEqual([512, 1, 1])
  })

  test('needs 513 + 2 + 1 tables where it starts 4 KiB late', () => {
    expect(tablesOf(mapping(1, gibPages, range(0, gibPages)))).toEqual([513, 2, 1])
  })

  test('needs 512 + 2 + 1 tables where it starts 2 MiB late', () => {
    expect(tablesOf(mapping(512, gibPages, range(0, gibPages)))).toEqual([512, 2, 1])
  })

  test('needs no table where nothing of it is touched', () => {
    expect(tablesOf(mapping(0, gibPages, untouched))).toEqual([0, 0, 0])
  })
})

describe('two mappings of one process', () => {
  test('share the table of a span that both reach, and the first pays for it', () => {
    const [one, other] = [mapping(0, 16, range(0, 1)), mapping(256, 16, range(0, 1))]
    expect(spansTouched([one, other], 512, 'pte tables')).toEqual({
      total: { least: 1, expected: 1, most: 1 },
      shares: [1, 0],
    })
  })

  test('bill the first for its chance to touch a common span, the second for the rest', () => {
    const drawn = mapping(0, 4, random(1))
    const sure = mapping(2, 6, range(0, 6))
    const { total, shares } = spansTouched([drawn, sure], 4, 'spans')
    // The draw hits the first span for certain: all four pages lie in it.
    expect(total).toEqual({ least: 2, expected: 2, most: 2 })
    expect(shares).toEqual([1, 1])
  })
})

describe('one page at each multiple', () => {
  test('of 2 MiB touches every pte table', () => {
    expect(tablesOf(mapping(0, 4 * gibPages, every(512)))).toEqual([2048, 4, 1])
  })

  test('of 1 GiB over 600 GiB touches 600 pte and 600 pmd tables', () => {
    expect(tablesOf(mapping(0, 600 * gibPages, every(gibPages)))).toEqual([600, 600, 2])
  })

  test('of 6 and of 4 pages meets in every twelfth: 24 pages have 4 + 6 − 2 of them', () => {
    const accesses = [mapping(0, 24, every(6)), mapping(0, 24, every(4))]
    expect(spansTouched(accesses, 1, 'pages')).toMatchObject({
      total: { expected: 8 },
      shares: [4, 4],
    })
  })

  test('is refused by name where two strides repeat only after too many touches', () => {
    const accesses = [mapping(0, 2 ** 43, every(3_000_017)), mapping(0, 2 ** 43, every(3_000_029))]
    expect(() => spansTouched(accesses, 1, 'populate faults')).toThrow(
      new QuantityError('populate faults', 'too-irregular'),
    )
  })
})

describe('random pages of 300 GiB', () => {
  const pages = 300 * gibPages
  const expectedOf = (drawn: number): number =>
    spansTouched([mapping(0, pages, random(drawn))], 512, 'pte tables').total.expected

  test('open 996.7613888852 pte tables where 1000 are drawn', () => {
    expect(Math.abs(expectedOf(1000) / 996.761388885242 - 1)).toBeLessThan(1e-13)
  })

  test('open 152,705.4521988 pte tables where 1 % is drawn: 99.4 % of all', () => {
    expect(Math.abs(expectedOf(786_432) / 152_705.452198838 - 1)).toBeLessThan(1e-13)
  })

  test('open at least two tables where 1000 are drawn, and at most 1000', () => {
    const { total } = spansTouched([mapping(0, pages, random(1000))], 512, 'pte tables')
    expect([total.least, total.most]).toEqual([2, 1000])
  })

  test('are certain to touch all where all are drawn', () => {
    const { total } = spansTouched([mapping(0, pages, random(pages))], 512, 'pte tables')
    expect(total).toEqual({ least: 153_600, expected: 153_600, most: 153_600 })
  })
})

describe('1 % of 300 GiB in clusters of 1 MiB', () => {
  const pages = 300 * gibPages
  const touched = clusters(3072, 256)

  test('opens 3056.644950016 of 153,600 pte tables: two clusters lie in a span', () => {
    // 153,600 · (1 − (304,128 / 307,200) · (304,127 / 307,199))
    const { expected } = spansTouched([mapping(0, pages, touched)], 512, 'pte tables').total
    expect(Math.abs(expected / 3056.6449500161134 - 1)).toBeLessThan(1e-13)
  })

  test('opens 4562.088500516 where it starts a page late: three clusters meet a span', () => {
    const { expected } = spansTouched([mapping(1, pages, touched)], 512, 'pte tables').total
    expect(Math.abs(expected / 4562.088500515953 - 1)).toBeLessThan(1e-13)
  })

  test('opens at least 1536 and at most 3072, one table less for each pair that the start divides', () => {
    const bounds = [0, 1].map((first) => {
      const { least, most } = spansTouched([mapping(first, pages, touched)], 512, 'pte').total
      return [least, most]
    })
    // A page late, 1536 spans hold 3071 whole clusters, and each cluster across a border opens two.
    expect(bounds).toEqual([
      [1536, 3072],
      [1537, 6144],
    ])
  })

  test('holds 786,432 pages', () => {
    const { total } = spansTouched([mapping(1, pages, touched)], 1, 'pages')
    expect(total.expected).toBeCloseTo(786_432, 6)
    expect([total.least, total.most]).toEqual([786_432, 786_432])
  })

  test('by a second process holds fewer than twice as many, where both draw the same', () => {
    const { expected } = spansTouched([mapping(0, pages, touched, 2)], 1, 'pages').total
    expect(expected).toBeCloseTo(pages * (1 - 0.99 ** 2), 3)
  })

  test('larger than a span opens all spans of a cluster together', () => {
    // 75 of 150 clusters of 2 GiB: half of all tables, whatever is drawn.
    const { total } = spansTouched(
      [mapping(0, pages, clusters(75, 2 * gibPages))],
      512,
      'pte tables',
    )
    expect([total.least, total.most]).toEqual([76_800, 76_800])
    expect(total.expected).toBeCloseTo(76_800, 8)
  })
})

describe('a draw', () => {
  test('by more processes misses less', () => {
    const [once, twice] = [1, 2].map(
      (draws) => spansTouched([mapping(0, 8, random(1), draws)], 4, 'spans').total,
    )
    expect(once).toEqual({ least: 1, expected: 1, most: 1 })
    // Two draws fall into the same half with probability ½.
    expect(twice).toEqual({ least: 1, expected: 1.5, most: 2 })
  })
})

describe('an access', () => {
  const edges = { ...mapping(3, 10, range(0, 10)), counts: 'edges' as const }

  test('at the edges counts the spans that it does not cover', () => {
    expect(spansTouched([edges], 4, 'spans').total.expected).toBe(2)
  })

  test('of whole spans counts the others', () => {
    expect(spansTouched([{ ...edges, counts: 'whole' }], 4, 'spans').total.expected).toBe(2)
  })

  test('is cut to the piece that counts', () => {
    const cut = { ...mapping(0, 12, every(3)), within: { from: 4, to: 9 } }
    expect(spansTouched([cut], 1, 'pages').total.expected).toBe(1)
    expect(spansTouched([{ ...cut, within: { from: 7, to: 8 } }], 1, 'p').total.expected).toBe(0)
  })
})

describe('the axis', () => {
  test('has room for a 57-bit address space, to the page', () => {
    const whole = mapping(0, 2 ** 44, range(0, 2 ** 44))
    expect(tablesOf(whole)).toEqual([2 ** 35, 2 ** 26, 2 ** 17])
  })
})

describe('accesses by rank', () => {
  const gib300 = 300 * gibPages

  test('need the tables of the worked example', () => {
    const accesses = [mapping(0, gib300, zipf(1.1, 10_000_000))]
    const [pte, pmd, pud] = reaches.map((reach) => spansTouched(accesses, reach, 'tables').total)
    expect(pte).toEqual({ least: 1, expected: expect.closeTo(137_153.69567, 5), most: 153_600 })
    expect(pmd?.expected).toBeCloseTo(300, 9)
    expect(pud).toEqual({ least: 1, expected: 1, most: 1 })
  })

  test('need one table for certain where there is only one', () => {
    for (const order of ['in-order', 'scattered'] as const) {
      const spans = spansTouched([mapping(0, 512, zipf(1, 3, order))], 512, 'tables')
      expect(spans).toEqual({ total: { least: 1, expected: 1, most: 1 }, shares: [1] })
    }
  })

  test('of one process hit one page, whichever', () => {
    const { total } = spansTouched([mapping(7, 100_000, zipf(0.8, 1))], 512, 'tables')
    expect(total).toEqual({ least: 1, expected: 1, most: 1 })
  })

  test('are paid for by the first who reaches a table, whatever else is touched there', () => {
    const accesses = [
      mapping(0, 4, zipf(1, 1)),
      mapping(0, 4, zipf(1, 1)),
      mapping(0, 4, range(1, 1)),
    ]
    const { total, shares } = spansTouched(accesses, 1, 'pages')
    const p = [12, 6, 4, 3].map((part) => part / 25)
    const third = 1 - 6 / 25
    expect(shares[0]).toBeCloseTo(1, 14)
    expect(shares[1]).toBeCloseTo(
      p.reduce((sum, one) => sum + one * (1 - one), 0),
      14,
    )
    expect(shares[2]).toBeCloseTo(third * third, 14)
    expect(total).toMatchObject({ least: 1, most: 3 })
  })

  test('have the mean of a run where a long stride picks tables out of it', () => {
    const { shares } = spansTouched(
      [mapping(0, 40, every(8)), mapping(0, 40, zipf(0, 3))],
      4,
      'tables',
    )
    expect(shares).toEqual([5, expect.closeTo(5 * (1 - 0.9 ** 3), 12)])
  })
})
