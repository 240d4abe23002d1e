import { describe, expect, it } from 'vitest'
import { memlockOf, sysvLimits } from '../../../src/plan/programs/kernel-limits.ts'
import type { RegionParts, WorkloadParts } from '../../build.ts'
import { gib, mib, workload } from '../../build.ts'
import { databases } from '../../sharing/databases.ts'

const segment: RegionParts = { size: gib, backing: 'sysv-shm', pageBytes: 2 * mib }

describe('kernel.shmmax and kernel.shmall', () => {
  it('hold the largest segment, and all segments in base pages', () => {
    const regions = { one: segment, other: { ...segment, size: 3 * gib, objects: 2 } }
    // 1 GiB and twice 1.5 GiB, of which 4 KiB are a page.
    expect(sysvLimits(workload({ regions }))).toEqual({
      shmmaxBytes: 1536 * mib,
      shmallPages: 4 * 262_144,
    })
  })

  it('hold one segment of each copy', () => {
    const copies = databases(20 * 512, 2 * mib)
    expect(sysvLimits(copies)).toEqual({ shmmaxBytes: gib, shmallPages: 20 * 262_144 })
  })

  it('are not needed where no region is a segment', () => {
    expect(sysvLimits(workload({ regions: { file: { size: gib } } }))).toBeUndefined()
  })
})

describe('the limit of locked memory', () => {
  const memlock = (parts: WorkloadParts): number | undefined => {
    const of = workload(parts)
    return memlockOf(of, of.regions)
  }

  it('holds whole huge pages of each segment: 1025 MiB are 513 pages', () => {
    expect(memlock({ regions: { sga: { ...segment, size: 1025 * mib } } })).toBe(1026 * mib)
  })

  it('holds locked regions and the largest locked private memory as well', () => {
    const regions = { sga: segment, cache: { size: gib, locked: true } }
    const groups = { small: { lockedPrivate: 8 * mib }, large: { lockedPrivate: 64 * mib } }
    expect(memlock({ regions, groups })).toBe(2 * gib + 64 * mib)
  })

  it('is not needed where nothing is locked', () => {
    expect(memlock({ regions: { file: { size: gib } } })).toBeUndefined()
  })
})
