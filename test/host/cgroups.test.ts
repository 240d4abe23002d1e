import { describe, expect, test } from 'vitest'
import type { WorkloadParts } from '../build.ts'
import { billed, gib, mib, random, range, strategy } from '../build.ts'

test('pmd tables that hugetlb links are charged to the cgroup of the first that fills them', () => {
  const pageBytes = 2 * mib
  const result = billed({
    host: { hugepages: [{ pageBytes, count: 1024 }], cgroups: { a: gib, b: gib } },
    regions: { sga: { size: 2 * gib, backing: 'memfd', pageBytes } },
    groups: {
      first: { processes: 5, cgroup: 'a', maps: [{ region: 'sga' }] },
      second: { processes: 5, cgroup: 'b', maps: [{ region: 'sga' }] },
    },
  })
  const { cgroups } = strategy(result, 'as-described').risk
  // A pud table and a pgd for each process; two pmd tables once.
  expect(cgroups.map(({ demandBytes }) => demandBytes)).toEqual([(5 * 2 + 2) * 4096, 5 * 2 * 4096])
})

/** What each cgroup is charged, without page tables. */
function memoryOf(parts: WorkloadParts, id = 'as-described'): Record<string, number> {
  const { cgroups } = strategy(billed(parts), id).risk
  const charged = cgroups.map(({ name, demandBytes, pageTablesFraction }) => [
    name,
    Math.round(demandBytes * (1 - pageTablesFraction)),
  ])
  return Object.fromEntries(charged)
}

const limits = { a: 64 * gib, b: 64 * gib }

describe('shared memory is charged page by page to the first that touches it', () => {
  // One process of `a` touches a page of 10 GiB, one of `b` all of it.
  const a = { cgroup: 'a', maps: [{ region: 'shm', touched: range(0, 1) }] }
  const b = { cgroup: 'b', maps: [{ region: 'shm' }] }
  const server = (groups: WorkloadParts['groups'], cgroups = { b: 2 * gib }): WorkloadParts => ({
    host: { memory: 64 * gib, cgroups },
    regions: { shm: { size: 10 * gib } },
    groups: groups ?? {},
  })
  // 5120 pte, 10 pmd, a pud and a pgd.
  const tables = 5132 * 4096

  test('a page that another group touched first does not save a cgroup', () => {
    const { level, cgroups } = strategy(billed(server({ a, b })), 'as-described').risk
    expect(level).toBe('oom')
    expect(cgroups).toMatchObject([{ demandBytes: 10 * gib - 4096 + tables, level: 'oom' }])
  })

  test('the other way round it pays that page too', () => {
    const { cgroups } = strategy(billed(server({ b, a })), 'as-described').risk
    expect(cgroups).toMatchObject([{ demandBytes: 10 * gib + tables, level: 'oom' }])
  })

  test('a group without a process pays nothing', () => {
    const gone = { ...b, processes: 0, cgroup: 'a' }
    expect(memoryOf({ ...server({ gone, b }), host: { cgroups: limits } })).toEqual({
      a: 0,
      b: 10 * gib,
    })
  })

  test('of what two groups draw at random the first pays its draw, the second what is left', () => {
    // 2,621,440 pages; a touches a quarter, b half: 3/4 of that half is not touched yet.
    const draw = (share: number) => [{ region: 'shm', touched: random(2_621_440 * share) }]
    const groups = {
      a: { cgroup: 'a', maps: draw(1 / 4) },
      b: { cgroup: 'b', maps: draw(1 / 2) },
    }
    expect(memoryOf({ ...server(groups), host: { cgroups: limits } })).toEqual({
      a: 2.5 * gib,
      b: 3.75 * gib,
    })
  })

  test('locked pages of files are charged the same way, and others not at all', () => {
    const file = (locked: boolean): WorkloadParts => ({
      host: { cgroups: limits },
      regions: { shm: { size: 10 * gib, backing: 'file', locked } },
      groups: { a, b },
    })
    expect(memoryOf(file(true))).toEqual({ a: 4096, b: 10 * gib - 4096 })
    expect(memoryOf(file(false))).toEqual({ a: 0, b: 0 })
  })

  test('what is in memory and no known process touched is charged to the first that maps it', () => {
    const untouching = { cgroup: 'a', maps: [{ region: 'shm', touched: range(0, 0) }] }
    const half = { cgroup: 'b', maps: [{ region: 'shm', touched: range(0, 262_144) }] }
    const parts: WorkloadParts = {
      host: { cgroups: limits },
      regions: { shm: { size: 10 * gib, resident: { atLeast: 3 * gib } } },
      groups: { untouching, half },
    }
    expect(memoryOf(parts)).toEqual({ a: 2 * gib, b: gib })
  })

  test('where less is in memory than was touched, each pays its part of it', () => {
    const parts: WorkloadParts = {
      host: { cgroups: limits },
      regions: { shm: { size: 10 * gib, resident: 5 * gib } },
      groups: { a: { ...a, maps: [{ region: 'shm', length: 4 * gib }] }, b },
    }
    expect(memoryOf(parts)).toEqual({ a: 2 * gib, b: 3 * gib })
  })
})

describe('a region of mshare in which two groups touch a half each', () => {
  const shared = (mshareRevision: 'v3-2025' | 'rfc-2022'): WorkloadParts => ({
    mshareRevision,
    host: { cgroups: limits },
    regions: { shm: { size: 10 * gib, mshare: { mode: 0o666 } } },
    groups: {
      a: { cgroup: 'a', maps: [{ region: 'shm', touched: range(0, 5 * 262_144) }] },
      b: { cgroup: 'b', maps: [{ region: 'shm', touched: range(5 * 262_144, 5 * 262_144) }] },
    },
  })
  const demands = (parts: WorkloadParts): readonly number[] =>
    strategy(billed(parts), 'as-described').risk.cgroups.map(({ demandBytes }) => demandBytes)

  test('is its owner to pay under v3, memory and tables', () => {
    // 5120 pte, 10 pmd, a pud, a pgd of the host; a pgd for each process.
    expect(demands(shared('v3-2025'))).toEqual([10 * gib + 5133 * 4096, 4096])
  })

  test('is paid by who touches under rfc-2022, page by page and table by table', () => {
    // 2560 pte and 5 pmd tables each; the pud and the pgd of the host are the first one's.
    expect(demands(shared('rfc-2022'))).toEqual([
      5 * gib + (2565 + 1 + 1 + 1) * 4096,
      5 * gib + (2565 + 1) * 4096,
    ])
  })
})

test('linked pmd tables that only a second group touches are charged to it', () => {
  const pageBytes = 2 * mib
  const result = billed({
    host: { hugepages: [{ pageBytes, count: 2048 }], cgroups: { a: gib, b: gib } },
    regions: { sga: { size: 4 * gib, backing: 'memfd', pageBytes } },
    groups: {
      first: { cgroup: 'a', maps: [{ region: 'sga', touched: range(0, 262_144) }] },
      second: { cgroup: 'b', maps: [{ region: 'sga' }] },
    },
  })
  const { cgroups } = strategy(result, 'as-described').risk
  expect(cgroups.map(({ demandBytes }) => demandBytes)).toEqual([3 * 4096, 5 * 4096])
})
