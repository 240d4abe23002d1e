import { expect, it } from 'vitest'
import { java } from '../../../src/plan/programs/java.ts'
import type { RegionParts } from '../../build.ts'
import { gib, mib, nth, workload } from '../../build.ts'

const heap = (parts: Partial<RegionParts>) =>
  nth(workload({ regions: { heap: { size: 2 * gib, ...parts } } }).regions, 0)

it('adds the code cache and the tables of G1 to a heap: 2 GiB · (2/64 + 3/512) are 76 MiB', () => {
  expect(java.overheadBytes?.(heap({ backing: 'anonymous' }), 1, true)).toBe((240 + 76 + 10) * mib)
})

it('adds the code cache alone to a heap of ZGC', () => {
  expect(java.overheadBytes?.(heap({ backing: 'memfd' }), 1, true)).toBe(240 * mib)
})

it('falls back to base pages, and has no other memory on huge pages', () => {
  const memory = java.onHugePages(heap({ backing: 'anonymous' }), true)
  expect(memory).toEqual({ backing: 'anonymous', fallback: 'base-pages' })
  expect(java.onHugePages(heap({ backing: 'posix-shm' }), true)).toBeUndefined()
})
