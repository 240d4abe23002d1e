import { describe, expect, it } from 'vitest'
import { oomPoints, oomScore } from '../../src/host/victim.ts'
import type { WorkloadParts } from '../build.ts'
import { billed, every, gib, mib, range, strategy } from '../build.ts'

const lkml: WorkloadParts = {
  host: { memory: 512 * gib },
  regions: { sga: { size: 300 * gib } },
  groups: {
    clients: {
      processes: 1500,
      private: 6 * mib,
      baseTables: 0,
      kernelMemory: 0,
      maps: [{ region: 'sga' }],
    },
  },
}

function victimIn(parts: WorkloadParts, id = 'as-described') {
  return strategy(billed(parts), id).risk.victim
}

it('oom_score is what kernels say: 666 idle, 780 with 4 GiB resident and mapped, 688 with 800 MiB of tables', () => {
  // Measured on 24,684,092 kB of memory without swap; 2 MiB of resident pages in the last case.
  const total = 24_684_092 / 4
  expect(oomScore(0, total)).toBe(666)
  // 4 · 514 tables map 4 GiB.
  expect(oomScore((4 * gib) / 4096 + 4 * 514, total)).toBe(780)
  expect(oomScore((802 * mib) / 4096, total)).toBe(688)
})

it('shared pages count in full for every process, and page tables with them', () => {
  // 78,643,200 shared + 1,536 private pages, 153,901 pages of tables.
  expect(victimIn(lkml)).toEqual({
    group: 'clients',
    points: 78_643_200 + 1536 + 153_901,
    score: 1058,
    freedBytes: 6 * mib + 153_902 * 4096,
    survives: false,
  })
})

it('under mshare neither the region nor its tables count for a sharer', () => {
  expect(victimIn(lkml, 'mshare')?.points).toBe(1536)
})

it('oom_score_adj moves the choice, and -1000 takes a process out of it', () => {
  const small = { processes: 1, private: mib, baseTables: 0 }
  const groups = { ...lkml.groups, agent: { ...small, oomScoreAdj: 1000 } }
  expect(victimIn({ ...lkml, groups })?.group).toBe('agent')
  const spared = { only: { ...small, oomScoreAdj: -1000 } }
  expect(victimIn({ ...lkml, groups: spared })).toBeUndefined()
})

it('points are whole pages of each kind, and a thousandth of all memory for each step of adj', () => {
  const process = {
    residentBytes: 4 * mib,
    swapBytes: 4095,
    tableBytes: 10 * 1024,
    oomScoreAdj: -3,
  }
  // 1024 resident pages, none swapped, 2 of tables, −3 · 262 of 262,144 pages.
  expect(oomPoints(process, gib / 4096, 4096)).toBe(1024 + 2 - 3 * 262)
  expect(oomPoints({ ...process, oomScoreAdj: -1000 }, gib / 4096, 4096)).toBeUndefined()
  expect(oomScore(undefined, gib / 4096)).toBe(0)
})

it('a cgroup out of memory loses a process of its own, and adj counts by its limit', () => {
  const parts: WorkloadParts = {
    host: { memory: 64 * gib, cgroups: { jobs: 512 * mib } },
    groups: {
      outside: { private: 2 * gib },
      large: { private: 32 * mib, cgroup: 'jobs' },
      marked: { private: 8 * mib, cgroup: 'jobs', oomScoreAdj: 10 },
    },
  }
  const { victim, cgroups } = strategy(billed(parts), 'as-described').risk
  // Of 64 GiB, 10 thousandths are 167,770 pages; of 512 MiB 1310.
  expect(victim?.group).toBe('outside')
  expect(cgroups[0]?.victim).toEqual({
    group: 'large',
    points: 8192,
    freedBytes: 32 * mib + 4096,
    survives: true,
  })
  const { outside: _, ...inside } = parts.groups ?? {}
  const alone = strategy(billed({ ...parts, groups: inside }), 'as-described').risk
  expect(alone.victim?.group).toBe('marked')
})

it('gives back its own copies of a region too, also where a cgroup is out of memory', () => {
  const parts: WorkloadParts = {
    host: { memory: 64 * gib, cgroups: { tenant: 60 * gib } },
    regions: { heap: { size: 4 * gib, backing: 'anonymous' } },
    groups: { work: { processes: 16, cgroup: 'tenant', maps: [{ region: 'heap' }] } },
  }
  // 4 GiB, and its tables: 2048 pte, 4 pmd, 1 pud, 1 pgd.
  const freedBytes = 4 * gib + 2054 * 4096
  const { risk } = strategy(billed(parts), 'as-described')
  expect(risk.victim).toMatchObject({ freedBytes, survives: true })
  expect(risk.cgroups[0]?.victim).toMatchObject({ freedBytes, survives: false })
})

it("what was swapped out or dropped since it was touched is in nobody's RSS, and keeps its tables", () => {
  const pointsOf = (resident: number, backing: 'memfd' | 'anonymous', processes = 2) =>
    victimIn({
      host: { memory: 256 * gib },
      regions: { data: { size: 92 * gib, backing, resident } },
      groups: { work: { processes, maps: [{ region: 'data' }] } },
    })?.points
  // 47,104 pte, 92 pmd and 1 pud table are counted.
  const tables = 47_197
  expect(pointsOf(31 * gib, 'memfd')).toBe((31 * gib) / 4096 + tables)
  expect(pointsOf(31 * gib, 'anonymous')).toBe((31 * gib) / 4096 + tables)
  expect(pointsOf(92 * gib, 'memfd')).toBe((92 * gib) / 4096 + tables)
})

it('of a tenth of the pages that a process touches, so much is in its RSS as is of all of them', () => {
  const touched = range(0, 262_144)
  const { risk } = strategy(
    billed({
      host: { memory: 64 * gib },
      regions: { data: { size: 10 * gib, backing: 'memfd', resident: 5 * gib } },
      groups: {
        all: { oomScoreAdj: -1000, maps: [{ region: 'data' }] },
        some: { maps: [{ region: 'data', touched }] },
      },
    }),
    'as-described',
  )
  // Half of 262,144 pages, and 512 pte, 1 pmd, 1 pud.
  expect(risk.victim?.points).toBe(131_072 + 514)
})

describe('a transparent huge page of which one byte was touched', () => {
  // One page every 2 MiB.
  const touched = every(512)

  it('counts whole: ten such processes go before one with 100 MiB of its own', () => {
    const parts: WorkloadParts = {
      host: { memory: 16 * gib },
      regions: { heap: { size: gib, backing: 'anonymous', thp: true } },
      groups: {
        thp: { processes: 10, maps: [{ region: 'heap', touched }] },
        plain: { private: 100 * mib },
      },
    }
    // 262,144 pages; 512 pte tables in deposit, a pmd and a pud table.
    expect(victimIn(parts)).toMatchObject({
      group: 'thp',
      points: 262_144 + 514,
      freedBytes: gib + 515 * 4096,
    })
    const { lines } = strategy(billed(parts), 'as-described').memory
    expect(lines.find(({ name }) => name === 'private region: heap')?.bytes).toBe(10 * gib)
  })

  it('made VmRSS grow by 65,540 kB over 64 MiB: 16,384 pages, and the page of its table', () => {
    const parts: WorkloadParts = {
      host: { memory: 16 * gib },
      regions: { a: { size: 64 * mib, backing: 'anonymous', thp: true } },
      groups: { g: { processes: 10, maps: [{ region: 'a', touched }] } },
    }
    expect(victimIn(parts)?.points).toBe(16_384 + 32 + 2)
  })

  it('counts as one base page at an edge where no huge page fits', () => {
    // 1 MiB past a boundary: the first and the last MiB of 64 are on base pages.
    const parts: WorkloadParts = {
      host: { memory: 16 * gib },
      regions: { a: { size: 64 * mib, backing: 'anonymous', thp: true } },
      groups: { g: { maps: [{ region: 'a', touched, at: 2 ** 40 + mib }] } },
    }
    // Pages at 1, 3, … 63 MiB past a boundary: the first at the edge, 31 in huge pages.
    expect(victimIn(parts)?.points).toBe(1 + 31 * 512 + 32 + 2)
  })

  it('counts whole for each sharer of shared memory too, once in the budget', () => {
    const parts: WorkloadParts = {
      host: { memory: 16 * gib },
      regions: { a: { size: gib, thp: true } },
      groups: { g: { processes: 3, maps: [{ region: 'a', touched }] } },
    }
    expect(victimIn(parts)?.points).toBe(262_144 + 2)
    const { lines } = strategy(billed(parts), 'as-described').memory
    expect(lines.find(({ name }) => name === 'resident shared memory: a')?.bytes).toBe(gib)
  })

  it('that a MAP_PRIVATE mapping copied is on base pages', () => {
    const parts: WorkloadParts = {
      host: { memory: 16 * gib },
      regions: { a: { size: gib, thp: true } },
      groups: { g: { maps: [{ region: 'a', private: true, touched }] } },
    }
    expect(victimIn(parts)).toMatchObject({
      points: 512 + 512 + 2,
      freedBytes: (512 + 515) * 4096,
    })
  })
})
