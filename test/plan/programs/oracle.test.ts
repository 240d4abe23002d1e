import { expect, it } from 'vitest'
import { oracle } from '../../../src/plan/programs/oracle.ts'
import type { RegionParts } from '../../build.ts'
import { gib, nth, workload } from '../../build.ts'

const sga = (parts: Partial<RegionParts>) =>
  nth(workload({ regions: { sga: { size: 300 * gib, ...parts } } }).regions, 0)

it('makes one segment of the granules in /dev/shm', () => {
  const memory = oracle.onHugePages(sga({ backing: 'posix-shm', objects: 2400 }), true)
  expect(memory).toEqual({ backing: 'sysv-shm', fallback: 'fail', objects: 1 })
})

it('keeps the number of segments of an SGA that is in segments already', () => {
  const memory = oracle.onHugePages(sga({ backing: 'sysv-shm', objects: 3 }), true)
  expect(memory).toEqual({ backing: 'sysv-shm', fallback: 'fail', objects: 3 })
})

it('leaves the PGA, private memory, on base pages', () => {
  expect(oracle.onHugePages(sga({ backing: 'anonymous' }), true)).toBeUndefined()
})
