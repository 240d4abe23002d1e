import { expect, test } from 'vitest'
import { pagesTouched } from '../../src/host/pages-touched.ts'
import type { Access } from '../../src/space/access.ts'
import type { TouchSet } from '../../src/space/touch-set.ts'
import { pages } from '../../src/units/quantity.ts'
import { x8664 } from '../build.ts'

const by = {}
const half: TouchSet = { kind: 'ranges', ranges: [{ first: pages(0), length: pages(50) }] }
const random: TouchSet = { kind: 'random', drawn: pages(50) }

function touching(touched: TouchSet, draws: number, first = 0): readonly number[] {
  const access: Access = { first, pages: 100, touched, draws, counts: 'all' }
  return pagesTouched(x8664, { by, paging: { kind: 'base' }, accesses: [access] }, 'pages')
}

test('the first 50 of 100 pages are 50, for one process or a thousand', () => {
  expect(touching(half, 1)).toEqual([50])
  expect(touching(half, 1000)).toEqual([50])
})

test('50 pages drawn at random are 75 where two processes draw', () => {
  expect(touching(random, 1)[0]).toBeCloseTo(50)
  expect(touching(random, 2)[0]).toBeCloseTo(75)
})

test('a page that two mappings touch counts with the first', () => {
  const access: Access = { first: 0, pages: 100, touched: half, draws: 1, counts: 'all' }
  const behind: Access = { ...access, first: 25 }
  const paging = { kind: 'base' } as const
  expect(pagesTouched(x8664, { by, paging, accesses: [access, behind] }, 'pages')).toEqual([50, 25])
  expect(pagesTouched(x8664, { by, paging, accesses: [behind, access] }, 'pages')).toEqual([50, 25])
})
