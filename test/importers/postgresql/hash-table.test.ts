import { describe, expect, it } from 'vitest'
import {
  aligned,
  hashTableBytes,
  powerOfTwo,
} from '../../../src/importers/postgresql/hash-table.ts'

describe('a hash table in shared memory', () => {
  it('has a header, a directory, one segment of buckets, and elements in chunks of at least 32', () => {
    // An element of 24 bytes takes 16 + 24 = 40; 2048 bytes hold 51 of them, the first power of two with 32.
    // 100 entries: 2 chunks. 848 + (256 + 256) · 8 + 102 · 40.
    expect(hashTableBytes(100, 24)).toBe(848 + 4096 + 4080)
  })

  it('has segments for as many buckets as entries, in powers of two', () => {
    // 1000 entries: 1024 buckets in 4 segments; 20 chunks of 51 elements.
    expect(hashTableBytes(1000, 24)).toBe(848 + (256 + 4 * 256) * 8 + 1020 * 40)
  })
})

it('a size is aligned to 8 bytes unless more is asked for', () => {
  expect([aligned(0), aligned(1), aligned(8), aligned(33, 32)]).toEqual([0, 8, 8, 64])
})

it('the next power of two is never less', () => {
  expect([1, 2, 3, 1024, 1025].map(powerOfTwo)).toEqual([1, 2, 4, 1024, 2048])
})
