import { describe, expect, it } from 'vitest'
import { cacheBytes } from '../../../src/importers/mysql/cache-blocks.ts'

const mib = 2 ** 20
/** Huge pages of 2 MiB that a size of so many MiB comes to, in MiB. */
const mapped = (size: number, kind: 'myisam-maria' | 'aria') =>
  Math.ceil(cacheBytes(size * mib, kind) / (2 * mib)) * 2

describe('the blocks of a cache', () => {
  it('of MyISAM take what a server 10.11.19 maps for them', () => {
    const measured = {
      8: 8,
      16: 14,
      20: 18,
      32: 28,
      64: 54,
      100: 82,
      128: 106,
      256: 210,
      512: 420,
      1024: 838,
    }
    for (const [size, least] of Object.entries(measured)) {
      expect(mapped(Number(size), 'myisam-maria'), size).toBe(least)
    }
  })

  it('of Aria take what a server 10.11.19 maps for them', () => {
    const measured = {
      8: 8,
      16: 16,
      20: 20,
      32: 32,
      64: 62,
      100: 96,
      128: 124,
      256: 246,
      512: 490,
      1024: 980,
      1500: 1432,
      2500: 2386,
      3072: 2934,
      4000: 3822,
    }
    for (const [size, least] of Object.entries(measured)) {
      expect(mapped(Number(size), 'aria'), size).toBe(least)
    }
  })

  it('leave room for what is kept about them', () => {
    // 8 MiB / (1024 + 208 + 10) = 6754 blocks, whose hash table of 2 · 8192 entries leaves room for 6695.
    expect(cacheBytes(8 * mib, 'myisam-maria')).toBe(6695 * 1024)
    expect(cacheBytes(8 * mib, 'myisam')).toBe(6702 * 1024)
  })

  it('are none where there would be fewer than eight', () => {
    expect(cacheBytes(8 * 1242 - 1, 'myisam')).toBe(0)
    expect(cacheBytes(0, 'aria')).toBe(0)
  })
})
