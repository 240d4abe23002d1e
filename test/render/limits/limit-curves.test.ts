import { describe, expect, it } from 'vitest'
import type { LimitPoint } from '../../../src/plan/result/limits-result.ts'
import type { Field } from '../../../src/render/limits/limit-curves.ts'
import { bundlesOf, dotOf, dotsOf, partOf } from '../../../src/render/limits/limit-curves.ts'

/** 8 x 8 dots: a value is its column, a share of 1 the upper row. */
const field: Field = {
  canvas: { columns: 4, rows: 2 },
  axis: { scale: 'linear', from: 0, to: 7 },
  top: 1,
}

const point = (value: number, usedBytes: number, more: Partial<LimitPoint> = {}): LimitPoint => ({
  value,
  usedBytes,
  ofBytes: 7,
  level: 'safe',
  ...more,
})

const traced = (...points: readonly LimitPoint[]) => {
  const curve = { strategy: 'threads', points }
  return { curve, dots: dotsOf(curve, field) }
}

/** Each row of dots as text. */
function picture(...points: readonly LimitPoint[]): readonly string[] {
  const { dots } = traced(...points)
  const isDot = (x: number, y: number) => dots.some(([dx, dy]) => dx === x && dy === y)
  return [...Array(8).keys()].map((y) =>
    [...Array(8).keys()].map((x) => (isDot(x, y) ? '#' : '.')).join(''),
  )
}

describe('a curve', () => {
  it('runs straight from one plan to the next', () => {
    expect(picture(point(0, 0), point(7, 7))).toEqual([
      '.......#',
      '......#.',
      '.....#..',
      '....#...',
      '...#....',
      '..#.....',
      '.#......',
      '#.......',
    ])
  })

  it('has no hole where it is steep, and leaves the picture at the top', () => {
    expect(picture(point(0, 1), point(3, 1), point(5, 9))).toEqual([
      '.....#..',
      '.....#..',
      '....#...',
      '....#...',
      '....#...',
      '....#...',
      '####....',
      '........',
    ])
  })

  it('ends where a plan does not start, and goes on behind it', () => {
    const missing = point(4, 4, { refusal: 'huge-pages' })
    expect(picture(point(0, 0), point(2, 0), missing, point(6, 0), point(7, 0))[7]).toBe('###...##')
  })

  it('bends where memory is what changes', () => {
    const demand = (value: number) => ({ ...point(value, 2), ofBytes: value })
    // 2 of 2, of 4, of 7: rows 0, 3.5 and 5.
    const { dots } = traced(demand(2), demand(7))
    expect(dots).toContainEqual([2, 0])
    expect(dots).toContainEqual([4, 4])
    expect(dots).toContainEqual([7, 5])
  })
})

it('between the host and a cgroup that gets fuller, a curve runs straight in shares', () => {
  const inside = { ...point(7, 1, { cgroup: 'db' }), ofBytes: 1 }
  const { dots } = traced(point(0, 0), inside)
  for (const [x, y] of dots) expect(y).toBe(7 - x)
  expect(dots).toHaveLength(8 + 2)
})

describe('curves that look alike', () => {
  const { canvas } = field

  it('are one where no cell is further than the next from the other curve', () => {
    const bundles = bundlesOf(
      [traced(point(0, 0), point(7, 0)), traced(point(0, 2), point(7, 2))],
      canvas,
    )
    expect(bundles.map(({ length }) => length)).toEqual([2])
  })

  it('are two where one goes on alone', () => {
    const bundles = bundlesOf(
      [traced(point(0, 0), point(7, 0)), traced(point(0, 0), point(3, 0))],
      canvas,
    )
    expect(bundles.map(({ length }) => length)).toEqual([1, 1])
  })
})

it('along a logarithmic axis, equal factors are equally far', () => {
  const axis = { scale: 'log', from: 10, to: 1000 } as const
  expect(partOf(10, axis)).toBe(0)
  expect(partOf(100, axis)).toBeCloseTo(0.5)
  expect(partOf(1000, axis)).toBe(1)
  expect(dotOf(100, 0, { ...field, axis })).toEqual([4, 7])
})
