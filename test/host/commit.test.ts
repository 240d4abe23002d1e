import { describe, expect, it } from 'vitest'
import type { WorkloadParts } from '../build.ts'
import { gib, kib, mib, planned, strategy } from '../build.ts'

function commitOf(parts: WorkloadParts) {
  return strategy(planned(parts), 'as-described').memory.commit
}

const clients = (backing: 'posix-shm' | 'sysv-shm'): WorkloadParts => ({
  host: { memory: 512 * gib, overcommit: { mode: 'never', ratio: 50 } },
  regions: { sga: { size: 300 * gib, backing } },
  groups: { clients: { processes: 1500, private: 6 * mib, maps: [{ region: 'sga' }] } },
})

describe('CommitLimit', () => {
  it('is what a kernel with 24,684,092 kB and a ratio of 50 said: 12,342,044 kB', () => {
    // 6,171,023 pages · 50 / 100 = 3,085,511 pages, rounded down.
    const { limitBytes } = commitOf({
      host: { memory: 24_684_092 * kib, overcommit: { mode: 'never', ratio: 50 } },
    })
    expect(limitBytes).toBe(12_342_044 * kib)
  })

  it('leaves out huge-page pools, and adds swap', () => {
    // (512 − 300) · 40 % + 16 = 100.8 GiB, in pages of 4 KiB.
    const { limitBytes } = commitOf({
      host: {
        memory: 512 * gib,
        swap: 16 * gib,
        hugepages: [{ pageBytes: 2 * mib, count: 153_600 }],
        overcommit: { mode: 'never', ratio: 40 },
      },
    })
    expect(limitBytes).toBe(Math.floor((212 * 262_144 * 40) / 100) * 4096 + 16 * gib)
  })
})

describe('Committed_AS', () => {
  it('is private memory and what is touched of a tmpfs file, without page tables', () => {
    const commit = commitOf(clients('posix-shm'))
    expect(commit.committedBytes).toBe(300 * gib + 1500 * 6 * mib)
    expect(commit.granted).toBe(false)
  })

  it('is without shared anonymous memory that no process maps: it does not exist', () => {
    const commit = commitOf({
      host: { memory: 16 * gib, overcommit: { mode: 'never', ratio: 50 } },
      regions: {
        a: { size: 64 * mib },
        b: { size: 12 * gib, backing: 'anonymous-shared' },
      },
      groups: { g: { maps: [{ region: 'a' }] } },
    })
    expect(commit).toMatchObject({ committedBytes: 64 * mib, largestRequestBytes: 0 })
    expect(commit.granted).toBe(true)
  })

  it.each(['anonymous-shared', 'memfd', 'posix-shm', 'file', 'dax', 'hugetlbfs'] as const)(
    'counts nothing of a %s region that no process maps',
    (backing) => {
      const parts = { regions: { idle: { size: 12 * gib, backing } }, groups: { g: {} } }
      expect(commitOf(parts).committedBytes).toBe(0)
    },
  )

  it('counts a SysV segment whole, though nobody touches it', () => {
    const parts = clients('sysv-shm')
    const { committedBytes } = commitOf({ ...parts, groups: {} })
    expect(committedBytes).toBe(300 * gib)
  })
})

describe('what the kernel grants', () => {
  const heuristic = { mode: 'heuristic', ratio: 50 } as const

  it('is everything in mode always', () => {
    const host = { memory: gib, overcommit: { mode: 'always', ratio: 50 } } as const
    expect(commitOf({ ...clients('sysv-shm'), host }).granted).toBe(true)
  })

  it('is a single request up to RAM and swap in mode heuristic', () => {
    const parts = clients('sysv-shm')
    const with300 = { memory: 284 * gib, swap: 16 * gib, overcommit: heuristic }
    expect(commitOf({ ...parts, host: with300 }).granted).toBe(true)
    const with299 = { ...with300, swap: 15 * gib }
    expect(commitOf({ ...parts, host: with299 }).granted).toBe(false)
    const { findings } = planned({ ...parts, host: with299 })
    expect(findings.find(({ kind }) => kind === 'overcommit-refuses')).toMatchObject({
      severity: 'error',
      requestedBytes: 300 * gib,
      limitBytes: 299 * gib,
    })
  })
})

it('a heap that has grown to more than RAM and swap was not asked for at once', () => {
  const ofHeap = (mode: 'heuristic' | 'never', resident?: number) =>
    commitOf({
      host: { memory: 64 * gib, overcommit: { mode, ratio: 50 } },
      regions: {
        heap: {
          size: 92 * gib,
          backing: 'anonymous',
          ...(resident === undefined ? {} : { resident }),
        },
      },
      groups: { java: { maps: [{ region: 'heap' }] } },
    })
  expect(ofHeap('heuristic')).toMatchObject({ largestRequestBytes: 92 * gib, granted: false })
  expect(ofHeap('heuristic', 31 * gib)).toMatchObject({
    largestRequestBytes: 31 * gib,
    granted: true,
  })
  // Mode never counts what is mapped, wherever it is: accountable_mapping() in mm/vma.c.
  expect(ofHeap('never', 31 * gib)).toMatchObject({ committedBytes: 92 * gib, granted: false })
})

it('what goes on on base pages behind a huge-page pool is promised like any other memory', () => {
  // 140 GiB of segment, 20 GiB of it in the pool.
  const commit = commitOf({
    host: {
      memory: 128 * gib,
      swap: 256 * gib,
      hugepages: [{ pageBytes: 2 * mib, count: 10_240 }],
      overcommit: { mode: 'never', ratio: 50 },
    },
    regions: {
      sga: { size: 140 * gib, backing: 'sysv-shm', pageBytes: 2 * mib, fallback: 'mixed' },
    },
    groups: { clients: { processes: 4, maps: [{ region: 'sga' }] } },
  })
  expect(commit.committedBytes).toBe(120 * gib)
  expect(commit.largestRequestBytes).toBe(120 * gib)
})
