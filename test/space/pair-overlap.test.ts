import { describe, expect, it } from 'vitest'
import { pairsInCommon } from '../../src/space/pair-overlap.ts'
import { clusters } from '../build.ts'
import { mapping } from './drawn.ts'

/** Pairs of spans of 4 pages that one cluster meets both of, by the clusters that meet the two. */
function pairs(pages: number, clusterPages: number): Record<number, number> {
  const bySizes = new Map<number, number>()
  const access = mapping(0, pages, clusters(1, clusterPages))
  for (const { sizes, pairs: of } of pairsInCommon(access, clusterPages, 4)) {
    if (of > 0) bySizes.set(sizes, (bySizes.get(sizes) ?? 0) + of)
  }
  return Object.fromEntries(bySizes)
}

describe('pairs of spans of 4 pages with a cluster in common', () => {
  it('are those on both sides of the borders at 4 and 8 where clusters of 3 lie across', () => {
    // Each of the four spans of 16 pages meets two clusters; the border at 12 is one of clusters.
    expect(pairs(16, 3)).toEqual({ 4: 2 })
  })

  it('are one in each cluster of 8 pages', () => {
    expect(pairs(16, 8)).toEqual({ 2: 2 })
  })

  it('are three in a cluster of 12 pages', () => {
    expect(pairs(12, 12)).toEqual({ 2: 3 })
  })

  it('do not exist where clusters lie within spans', () => {
    expect(pairs(16, 2)).toEqual({})
  })

  it('repeat with the clusters: 1,200 pages have 300 spans, and clusters of 3 cross two borders in three', () => {
    // Of 299 borders 99 are also borders of clusters.
    expect(pairs(1200, 3)).toEqual({ 4: 200 })
  })
})
