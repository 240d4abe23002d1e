import { expect, it } from 'vitest'
import { mariadb, mysql } from '../../../src/plan/programs/mysql.ts'
import type { RegionParts } from '../../build.ts'
import { gib, mib, nth, workload } from '../../build.ts'

const pool = (parts: Partial<RegionParts> = {}) =>
  nth(workload({ regions: { pool: { size: gib, backing: 'anonymous', ...parts } } }).regions, 0)

it('adds 4 MiB of descriptors to each chunk of 128 MiB: 8 chunks are 1 GiB', () => {
  expect(mysql.overheadBytes?.(pool(), 1, true)).toBe(32 * mib)
  expect(mysql.overheadBytes?.(pool({ size: gib + 1 }), 1, true)).toBe(36 * mib)
})

it('adds the other caches of MariaDB where the pool is its only region', () => {
  expect(mariadb.overheadBytes?.(pool(), 1, true)).toBe(262 * mib)
  expect(mariadb.overheadBytes?.(pool(), 1, false)).toBe(0)
})

it('spares three pages for the alignment of a private pool of MariaDB, none for a segment', () => {
  expect(mariadb.sparePages?.([pool()])).toBe(3)
  expect(mariadb.sparePages?.([pool({ backing: 'sysv-shm' })])).toBe(0)
})
