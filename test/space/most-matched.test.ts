import { expect, test } from 'vitest'
import { spansTouched } from '../../src/space/spans.ts'
import { clusters, random } from '../build.ts'

const mostOf = (...accesses: Parameters<typeof spansTouched>[0]): number =>
  spansTouched(accesses, 3, 'spans').total.most

/** Spans of three pages; the pages 10 to 15 have edges in spans 3 and 5. */
const edges = {
  first: 9,
  pages: 14,
  touched: clusters(2, 3),
  draws: 1,
  counts: 'edges' as const,
  within: { from: 10, to: 16 },
}
const page = { first: 10, pages: 3, touched: random(1), draws: 1, counts: 'all' as const }

test('draws open a span each', () => {
  expect(mostOf(edges)).toBe(2)
  expect(mostOf(page)).toBe(1)
})

test('a span between edges is left to whom it alone is open', () => {
  // The page opens span 4, and the clusters span 3 and span 5.
  expect(mostOf(edges, page)).toBe(3)
})

test('no more is opened than is drawn', () => {
  expect(mostOf({ ...edges, touched: clusters(1, 3) }, page)).toBe(2)
  expect(mostOf(edges, { ...page, touched: random(2) })).toBe(3)
})

test('several move in turn until each opens what it can', () => {
  const second = { ...page, first: 12, pages: 4, touched: random(1) }
  // Spans 3, 4 and 5 for four draws.
  expect(mostOf(edges, page, second)).toBe(3)
  expect(mostOf({ ...edges, touched: clusters(1, 3) }, page, second)).toBe(3)
})
