import { describe, expect, it } from 'vitest'
import type { Access } from '../../src/space/access.ts'
import { cellsOf } from '../../src/space/cell.ts'
import { randomAccessesOf } from '../../src/space/random-access.ts'
import { clusters, random, range } from '../build.ts'
import { drawOver, mapping } from './drawn.ts'

function draws(...accesses: readonly Access[]): (readonly [number, number])[] {
  return randomAccessesOf(cellsOf(accesses, 4, 'spans'), accesses, 4).map(
    ({ drawn, mostDrawn }) => [drawn, mostDrawn],
  )
}

describe('draws', () => {
  it('over the same range are one: the largest must find room, all can spread', () => {
    expect(draws(mapping(0, 64, random(3)), mapping(0, 64, random(5)))).toEqual([[5, 8]])
  })

  it('over different ranges are apart', () => {
    expect(draws(mapping(0, 64, random(3)), mapping(64, 64, random(5)))).toEqual([
      [3, 3],
      [5, 5],
    ])
  })

  it('of several processes spread as far as all of them', () => {
    expect(draws(mapping(0, 64, random(3), 4))).toEqual([[3, 12]])
  })

  it('of nothing, and ranges, are no draws', () => {
    expect(draws(mapping(0, 64, random(0)), mapping(0, 64, range(0, 64)))).toEqual([])
  })
})

describe('clusters in spans of 4 pages', () => {
  const lie = (clusterPages: number): readonly [boolean, boolean] => {
    const [{ nested, holdsSpans }] = drawOver(64, clusters(1, clusterPages), 4)
    return [nested, holdsSpans]
  }

  it.each([
    [2, true, false],
    [3, false, false],
    [4, true, true],
    [8, false, true],
  ])('of %i pages: within a span %s, made of spans %s', (clusterPages, nested, holdsSpans) => {
    expect(lie(clusterPages)).toEqual([nested, holdsSpans])
  })
})
