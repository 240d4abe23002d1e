import { describe, expect, it } from 'vitest'
import type { Cell } from '../../src/space/cell.ts'
import type { RandomAccess } from '../../src/space/random-access.ts'
import { clustersMeeting, segmentsOf } from '../../src/space/segments.ts'

/** A draw of clusters of 6 from pages 2 to 23, in spans of 4. */
const draw: RandomAccess = {
  drawn: 1,
  mostDrawn: 1,
  clusters: 4,
  grids: { reach: 4, first: 2, clusterPages: 6 },
  piece: { from: 2, to: 24 },
  nested: false,
  holdsSpans: false,
  sizes: new Map([
    [0, 2],
    [1, 1],
    [2, 2],
  ]),
  lastCell: 2,
}

function cell(from: number, to: number, spans = to - from): Cell {
  return { from, to, spans, scattered: spans < to - from, accesses: [] }
}

const cells = [cell(0, 2), cell(2, 3), cell(5, 6)]

describe('segments', () => {
  it('join cells that follow one another, and count pages from the start of the mapping', () => {
    // Spans 0 to 2 are pages 2 to 11, span 5 is pages 20 to 23.
    expect(segmentsOf(draw, cells, new Set())).toEqual([
      { from: 0, to: 3, first: 0, end: 10 },
      { from: 5, to: 6, first: 18, end: 22 },
    ])
  })

  it('leave opened cells', () => {
    expect(segmentsOf(draw, cells, new Set([1, 2]))).toEqual([{ from: 0, to: 2, first: 0, end: 6 }])
  })

  it('are unknown where only some spans of a run are of the draw', () => {
    expect(segmentsOf(draw, [cell(0, 2, 1), ...cells.slice(1)], new Set())).toBeUndefined()
  })

  it('are whole where several cells make up the run', () => {
    const halves = [cell(0, 2, 1), cell(0, 2, 1), cell(5, 6)]
    expect(segmentsOf(draw, halves, new Set())).toMatchObject([
      { from: 0, to: 2 },
      { from: 5, to: 6 },
    ])
  })
})

describe('clusters of 6 pages', () => {
  const meeting = (...pages: readonly (readonly [number, number])[]): number =>
    clustersMeeting(
      pages.map(([first, end]) => ({ from: 0, to: 0, first, end })),
      draw.grids,
    )

  it('meet pages 0 to 9 in two, and pages 18 to 21 in one more', () => {
    expect(meeting([0, 10], [18, 22])).toBe(3)
  })

  it('count once where one reaches two segments', () => {
    expect(meeting([0, 4], [5, 8])).toBe(2)
  })
})
