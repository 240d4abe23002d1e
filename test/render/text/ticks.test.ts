import { describe, expect, it } from 'vitest'
import {
  binarySteps,
  placeTicks,
  powers,
  roundSteps,
  tickLine,
} from '../../../src/render/text/ticks.ts'

describe('labels below an axis', () => {
  const ticks = [
    { column: 8, label: 'now' },
    { column: 0, label: '0' },
    { column: 10, label: '500' },
    { column: 19, label: '1,000' },
  ]

  it('are centred below their ticks, and end where the axis ends', () => {
    expect(tickLine(placeTicks(ticks, 20))).toBe('0      now     1,000')
  })

  it('make room for those that come first', () => {
    const labels = placeTicks(ticks, 20).map(({ label }) => label)
    expect(labels).toEqual(['0', 'now', '1,000'])
  })

  it('are not shown where the axis is too short for one', () => {
    expect(placeTicks([{ column: 1, label: '1,000' }], 4)).toEqual([])
  })
})

describe('steps along a straight axis', () => {
  it('are 1, 2 or 5 times a power of ten', () => {
    expect(roundSteps(748, 5)).toEqual([0, 200, 400, 600])
    expect(roundSteps(30, 4)).toEqual([0, 10, 20, 30])
    expect(roundSteps(2.3, 5)).toEqual([0, 0.5, 1, 1.5, 2])
    expect(roundSteps(0.35, 4)).toEqual([0, 0.1, 0.2, 0.3])
  })

  it('are powers of two for bytes', () => {
    expect(binarySteps(553, 5)).toEqual([0, 128, 256, 384, 512])
    expect(binarySteps(1, 5)).toEqual([0, 1])
  })
})

it('powers lie between two numbers, every second one first', () => {
  expect(powers(10, 80, 40_000)).toEqual([100, 10_000, 1000])
  expect(powers(4, 20, 30)).toEqual([])
})
