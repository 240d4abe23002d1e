import { describe, expect, test } from 'vitest'
import type { Arrangement, PlacedMapping } from '../../src/accounting/arrangement.ts'
import type { SpaceLevel } from '../../src/accounting/bill.ts'
import { billOf } from '../../src/accounting/bill.ts'
import type { Layout } from '../../src/geometry/layout.ts'
import { fiveLevels, layoutNamed, nth, x8664 } from '../build.ts'
import { mapped, onHugePages } from './mapped.ts'

const gibPages = 2 ** 18

function arranged(...mappings: PlacedMapping[]): Arrangement {
  return { spaces: [{ processes: 1, draws: 1, mappings }], shared: [] }
}

function levelsOf(layout: Layout, ...mappings: PlacedMapping[]): readonly SpaceLevel[] {
  return nth(billOf(layout, arranged(...mappings)).spaces, 0)
}

function tables(levels: readonly SpaceLevel[]): string {
  return levels.map(({ level, total }) => `${level.name} ${total.expected}`).join(', ')
}

describe('the bill of a process', () => {
  test('that maps nothing is its pgd', () => {
    expect(tables(levelsOf(x8664))).toBe('pte 0, pmd 0, pud 0, pgd 1')
  })

  test('that touches an aligned GiB is 512 + 1 + 1 tables and its pgd', () => {
    expect(tables(levelsOf(x8664, mapped(0, gibPages)))).toBe('pte 512, pmd 1, pud 1, pgd 1')
  })

  test('on huge pages of 2 MiB has no pte tables', () => {
    const huge = mapped(0, gibPages, { paging: onHugePages })
    expect(tables(levelsOf(x8664, huge))).toBe('pte 0, pmd 1, pud 1, pgd 1')
  })

  test('has the table of a span that two mappings reach with the first', () => {
    const levels = levelsOf(x8664, mapped(0, 100), mapped(100, 100, { map: 1 }))
    expect(nth(levels, 0)).toMatchObject({ total: { expected: 1 }, shares: [1, 0] })
  })

  test('has the p4d of the program with 5 levels, touched or not', () => {
    const p4d = nth(levelsOf(fiveLevels), 3)
    expect(p4d).toMatchObject({ total: { expected: 1 }, unconditional: 1 })
  })

  test('on s390x has a pud, and one more for the lowest span, once it maps beyond 4 TiB', () => {
    const s390x = layoutNamed('s390x')
    expect(tables(levelsOf(s390x, mapped(0, 256)))).toBe('pte 1, pmd 1, pud 0, p4d 0, pgd 1')
    expect(tables(levelsOf(s390x, mapped(2 ** 30, 256)))).toBe('pte 1, pmd 1, pud 2, p4d 0, pgd 1')
  })

  test('names tables that it links to, which are not its own', () => {
    const linking = { ...onHugePages, links: true } as const
    const pmd = nth(levelsOf(x8664, mapped(0, 2 * gibPages, { paging: linking })), 1)
    expect(pmd).toMatchObject({ total: { expected: 0 }, linked: { expected: 2 } })
  })
})

describe('the bill of what exists once', () => {
  test('under mshare is the union of what members touch, and a pgd', () => {
    const paging = { kind: 'window', linked: 'pud' } as const
    const [one, other] = [mapped(0, 1024, { paging }), mapped(512, 1024, { paging, offset: 512 })]
    const bill = billOf(x8664, {
      spaces: [one, other].map((mapping) => ({ processes: 9, draws: 1, mappings: [mapping] })),
      shared: [
        {
          region: 0,
          kind: 'mshare',
          paging: { kind: 'base' },
          pages: 1536,
          first: 0,
          members: [one, other].map((mapping, space) => ({ space, mapping })),
          faultAround: false,
          onceCalls: 0,
          onceVmas: 0,
        },
      ],
    })
    // Pages 0 to 1535: three pte tables, of which the first member fills two.
    expect(nth(nth(bill.shared, 0), 0)).toMatchObject({ total: { expected: 3 }, shares: [2, 1] })
    expect(nth(bill.shared, 0).map(({ total }) => total.expected)).toEqual([3, 1, 1, 1])
    expect(tables(nth(bill.spaces, 1))).toBe('pte 0, pmd 0, pud 0, pgd 1')
  })
})
