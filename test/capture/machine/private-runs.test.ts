import { describe, expect, it } from 'vitest'
import { privateRuns } from '../../../src/capture/machine/private-runs.ts'

/** A pte table spans 4 frames. */
const scale = { pageFrames: 1, pte: 4, pmd: 16, pud: 64 }

describe('spans of private mappings', () => {
  it('with pages in one span are certain; without pages they are only reached', () => {
    const runs = privateRuns([0, 4, 2, 8, 16, 0], scale, () => undefined)
    expect(runs).toEqual({ certain: [0, 1], possible: [0, 1], whole: [0, 1, 2, 4], loose: [] })
  })

  it('with pages in one of several are loose, and shared at the ends with their neighbours', () => {
    const runs = privateRuns([0, 5, 1, 5, 12, 3], scale, () => undefined)
    expect(runs.possible).toEqual([0, 3])
    expect(runs.loose).toEqual([
      { first: 0, last: 1, pages: 1, sharesFirst: false, sharesLast: true },
      { first: 1, last: 2, pages: 3, sharesFirst: true, sharesLast: false },
    ])
  })

  it('are certain where pagemap tells them', () => {
    const runs = privateRuns([4, 16, 2], scale, () => ({ count: 1, runs: [2, 3] }))
    expect(runs).toMatchObject({ certain: [3, 4], possible: [3, 4], whole: [1, 4], loose: [] })
  })
})
