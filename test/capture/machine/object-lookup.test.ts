import { describe, expect, it } from 'vitest'
import { pagesOf, presentKib, reachOf } from '../../../src/capture/machine/object-lookup.ts'
import type { MappedObject } from '../../../src/capture/machine/observation.ts'

/** X86-64, in frames of 4 KiB. */
const scale = { pageFrames: 1, pte: 512, pmd: 262_144, pud: 134_217_728 }

const mapped = (counts?: object): MappedObject =>
  ({ object: '', mapping: { start: 512, end: 1024, counts } }) as unknown as MappedObject

describe('the span of the tables that a mapping needs', () => {
  it.each([
    ['4 KiB', 4, 512],
    ['2 MiB', 2048, 262_144],
    ['1 GiB', 1_048_576, 134_217_728],
  ])('on pages of %s is that of the lowest table above them', (_, page, frames) => {
    expect(reachOf(mapped({ page }), scale)).toBe(frames)
  })

  it('is that of a pte table where only maps was read', () => {
    expect(reachOf(mapped(), scale)).toBe(512)
  })
})

describe('resident memory of a mapping', () => {
  it('is Rss and the huge pages that Rss does not count', () => {
    expect(presentKib(mapped({ rss: 100, hugetlb: 2048 }))).toBe(2148)
  })

  it('is unknown where smaps does not print huge pages', () => {
    expect(presentKib(mapped({ rss: 100 }))).toBeUndefined()
    expect(presentKib(mapped())).toBeUndefined()
  })
})

it('pages of a mapping are base pages of the machine', () => {
  expect(pagesOf(mapped(), scale)).toBe(512)
  expect(pagesOf(mapped(), { ...scale, pageFrames: 16 })).toBe(32)
})
