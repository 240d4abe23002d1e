import { expect, test } from 'vitest'
import type { Backing } from '../../src/workload/region.ts'
import { billed, mib, strategy } from '../build.ts'

const readFaults = (backing: Backing): number =>
  strategy(
    billed({
      regions: { data: { size: 4 * mib, backing } },
      groups: { readers: { processes: 3, maps: [{ region: 'data', access: 'ro' }] } },
    }),
    'base-pages',
  ).faults.populate

test.each(['posix-shm', 'memfd', 'file'] as const)(
  '%s fills 64 KiB for each read fault',
  (backing) => {
    // 3 · 4 MiB / 64 KiB.
    expect(readFaults(backing)).toBe(3 * 64)
  },
)

test.each(['dax', 'anonymous'] as const)(
  '%s, in no page cache, takes a fault for each page',
  (backing) => {
    // 3 · 4 MiB / 4 KiB.
    expect(readFaults(backing)).toBe(3 * 1024)
  },
)
