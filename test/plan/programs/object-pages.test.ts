import { expect, it } from 'vitest'
import { objectBytes, paddedPages } from '../../../src/plan/programs/object-pages.ts'
import { kib, mib, nth, workload } from '../../build.ts'

const { regions } = workload({
  regions: { logs: { size: 8 * (100 * mib + kib), objects: 8 }, odd: { size: 10, objects: 3 } },
})

it('divides a region evenly among its objects, and rounds up: 10 bytes in 3 are 4 each', () => {
  expect(objectBytes(nth(regions, 0))).toBe(100 * mib + kib)
  expect(objectBytes(nth(regions, 1))).toBe(4)
})

it('begins each object on a page of its own: 8 objects of 51 pages, not 401 pages', () => {
  expect(paddedPages(nth(regions, 0), 2 * mib)).toBe(8 * 51)
})
