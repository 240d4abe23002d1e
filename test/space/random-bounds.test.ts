import { describe, expect, it } from 'vitest'
import type { Access } from '../../src/space/access.ts'
import { cellsOf } from '../../src/space/cell.ts'
import { randomBounds } from '../../src/space/random-bounds.ts'
import { random, range } from '../build.ts'
import { mapping } from './drawn.ts'

/** The least and the most spans of 4 pages. */
function bounds(...accesses: readonly Access[]): readonly [number, number] {
  const { least, most } = randomBounds(cellsOf(accesses, 4, 'spans'), accesses, 4)
  return [least, most]
}

describe('spans of 4 pages that draws touch', () => {
  it('are one or two for two pages of 16', () => {
    expect(bounds(mapping(0, 16, random(2)))).toEqual([1, 2])
  })

  it('are two more where another mapping touches two for certain', () => {
    expect(bounds(mapping(0, 16, random(2)), mapping(16, 8, range(0, 8)))).toEqual([3, 4])
  })

  it('are at most all that there are', () => {
    expect(bounds(mapping(0, 16, random(9)))).toEqual([3, 4])
  })

  it('are at least one for two mappings that meet in a span, and at least two for those apart', () => {
    // Pages 0 to 5 and 6 to 11 share the span of pages 4 to 7.
    expect(bounds(mapping(0, 6, random(1)), mapping(6, 6, random(1)))).toEqual([1, 2])
    expect(bounds(mapping(0, 8, random(1)), mapping(8, 8, random(1)))).toEqual([2, 2])
  })

  it('are as many as three processes can spread over the same pages', () => {
    expect(bounds(mapping(0, 16, random(1), 3))).toEqual([1, 3])
  })
})
