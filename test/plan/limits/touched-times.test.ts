import { describe, expect, it } from 'vitest'
import { isAll, touchedTimes } from '../../../src/plan/limits/touched-times.ts'
import type { TouchSet } from '../../../src/space/touch-set.ts'
import { count, pages } from '../../../src/units/quantity.ts'
import { zipf } from '../../build.ts'

const mapped = pages(1000)
const ranges = (...all: readonly (readonly [first: number, length: number])[]): TouchSet => ({
  kind: 'ranges',
  ranges: all.map(([first, length]) => ({ first: pages(first), length: pages(length) })),
})

it('all is all that is mapped, and nothing less', () => {
  expect(isAll(ranges([0, 1000]), mapped)).toBe(true)
  expect(isAll(ranges([0, 400], [400, 600]), mapped)).toBe(true)
  expect(isAll(ranges([0, 999]), mapped)).toBe(false)
  expect(isAll({ kind: 'random', drawn: mapped }, mapped)).toBe(false)
})

describe('half of what is touched', () => {
  it('is the first half of the pages, rounded up', () => {
    expect(touchedTimes(ranges([0, 1000]), mapped, 0.5)).toEqual(ranges([0, 500]))
    expect(touchedTimes(ranges([10, 4], [100, 3]), mapped, 0.5)).toEqual(ranges([10, 4]))
    expect(touchedTimes(ranges([10, 4], [100, 8]), mapped, 0.5)).toEqual(ranges([10, 4], [100, 2]))
    expect(touchedTimes(ranges(), mapped, 0.5)).toEqual(ranges())
  })

  it('is half as many accesses by rank, and at least one', () => {
    expect(touchedTimes(zipf(1.1, 7), mapped, 0.5)).toEqual(zipf(1.1, 4))
    expect(touchedTimes(zipf(1.1, 1), mapped, 0.5)).toEqual(zipf(1.1, 1))
  })

  it('is half as many draws, or every second step', () => {
    expect(touchedTimes({ kind: 'random', drawn: pages(7) }, mapped, 0.5)).toEqual({
      kind: 'random',
      drawn: 4,
    })
    const clusters: TouchSet = { kind: 'clusters', drawn: count(6), clusterPages: pages(256) }
    expect(touchedTimes(clusters, pages(2560), 0.5)).toEqual({ ...clusters, drawn: 3 })
    expect(touchedTimes({ kind: 'every', stride: pages(512) }, mapped, 0.5)).toEqual({
      kind: 'every',
      stride: 1024,
    })
  })
})

describe('twice of what is touched', () => {
  it('is each range twice as long, as far as the next one and the end', () => {
    expect(touchedTimes(ranges([0, 300]), mapped, 2)).toEqual(ranges([0, 600]))
    expect(touchedTimes(ranges([0, 300], [400, 500]), mapped, 2)).toEqual(
      ranges([0, 400], [400, 600]),
    )
    expect(touchedTimes(ranges([0, 1000]), mapped, 2)).toEqual(ranges([0, 1000]))
  })

  it('is twice as many accesses by rank, however many pages there are', () => {
    expect(touchedTimes(zipf(1, 2000), mapped, 2)).toEqual(zipf(1, 4000))
    const most = zipf(1, Number.MAX_SAFE_INTEGER)
    expect(touchedTimes(most, mapped, 2)).toEqual(most)
  })

  it('draws no more than there is', () => {
    expect(touchedTimes({ kind: 'random', drawn: pages(600) }, mapped, 2)).toEqual({
      kind: 'random',
      drawn: 1000,
    })
    const clusters: TouchSet = { kind: 'clusters', drawn: count(3), clusterPages: pages(256) }
    // 1000 pages are four clusters, the last of them shorter.
    expect(touchedTimes(clusters, mapped, 2)).toEqual({ ...clusters, drawn: 4 })
    expect(touchedTimes({ kind: 'every', stride: pages(1) }, mapped, 2)).toEqual({
      kind: 'every',
      stride: 1,
    })
  })
})
