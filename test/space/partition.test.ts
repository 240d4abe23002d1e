import { describe, expect, it } from 'vitest'
import { isPicking, partitionByPicks } from '../../src/space/partition.ts'
import type { Active } from '../../src/space/stretch.ts'
import { QuantityError } from '../../src/units/quantity.ts'

/** Spans of 4 pages. */
const reach = 4

function strided(access: number, stride: number, first = 0): Active {
  return { access, stretch: { kind: 'every', from: 0, to: 12, first, stride } }
}

/** Spans of a run of 12, by the accesses that pick them. */
function partsOf(...picking: readonly Active[]): Record<string, number> {
  const parts = partitionByPicks(0, 12, picking, reach, 'spans')
  return Object.fromEntries(parts.map(({ spans, picked }) => [[...picked].join('+'), spans]))
}

describe('twelve spans of 4 pages', () => {
  it('are alike where no access picks any', () => {
    expect(partsOf()).toEqual({ '': 12 })
  })

  it('are hit every second time by a stride of 8 pages', () => {
    expect(partsOf(strided(7, 8))).toEqual({ 7: 6, '': 6 })
  })

  it('are hit by both of 8 and 12 pages at 0 and 6, by one at 2, 4, 8, 10, by the other at 3, 9', () => {
    expect(partsOf(strided(0, 8), strided(1, 12))).toEqual({ 0: 4, 1: 2, '0+1': 2, '': 4 })
  })

  it('never meet both of two strides of 8 pages that begin a span apart', () => {
    expect(partsOf(strided(0, 8), strided(1, 8, 4))).toEqual({ 0: 6, 1: 6, '': 0 })
  })
})

it('long strides whose pattern takes a million steps to repeat are too irregular', () => {
  const long = [strided(0, 1_000_003), strided(1, 1_000_033)]
  expect(() => partitionByPicks(0, 2 ** 31, long, 512, 'spans')).toThrow(QuantityError)
})

it('a stretch picks spans where they differ: of a long stride, not of a range', () => {
  expect(isPicking(strided(0, 8))).toBe(true)
  expect(isPicking({ access: 0, stretch: { kind: 'certain', from: 0, to: 3 } })).toBe(false)
})
