import { describe, expect, it } from 'vitest'
import { pageCacheBytes } from '../../../src/importers/postgresql/page-caches.ts'

// For each of n pages: 8,192 bytes, a pointer (8), status (4), dirty (1), number (4, since 17 of 8), age
// (4) and lock (128). A head of 88 bytes, since 17 of 96; each array in whole 8 and the whole in 32 bytes.
describe('caches for pages of transaction states', () => {
  it('have fixed sizes up to 16 but for the first two, which follow the buffers', () => {
    // 16384 / 512 = 32 pages with 1024 positions of 8 bytes each, 16384 / 256 = 64 pages, then
    // 32, 8, 16, 8 and 16 pages.
    const bytes = 529_152 + 533_920 + 267_008 + 66_816 + 133_568 + 66_816 + 133_568
    expect(pageCacheBytes(16, 16_384, () => 0)).toBe(bytes)
  })

  it('are as large as their settings since 17, and tuned by the buffers where these are 0', () => {
    const settings: Readonly<Record<string, number>> = { notify_buffers: 16 }
    // 16384 / 512 = 32 pages each for transactions, commit times and subtransactions; banks of 16
    // pages have a lock (128) and a counter (4).
    const bytes = 529_568 + 2 * 267_424 + 133_760 + 3 * 96
    expect(pageCacheBytes(17, 16_384, (name) => settings[name] ?? 0)).toBe(bytes)
  })

  it('have at least one bank of 16 pages since 17', () => {
    expect(pageCacheBytes(17, 16, () => 0)).toBe(264_832 + 2 * 133_760 + 4 * 96)
  })
})
