import { describe, expect, it } from 'vitest'
import { planned, resultOf, tablesOf } from './shipped.ts'

/*
 * Key numbers of every shipped scenario, worked by hand. On x86-64 a pte table spans 2 MiB, a pmd
 * table 1 GiB, a pud table 512 GiB, and each takes 4096 B; a leaf entry takes 8 B. Mappings without
 * an address start at a multiple of 1 GiB.
 */
const [kib, mib, gib] = [2 ** 10, 2 ** 20, 2 ** 30]

describe('oracle-sga-300g', () => {
  it('takes 878.90625 GiB of leaf entries, the "878GB+" of the posting', async () => {
    const base = planned(await resultOf('oracle-sga-300g'), 'base-pages')
    // 300 GiB / 2 MiB = 153,600; / 1 GiB = 300; in one pud span; times 1500.
    expect(tablesOf(base.pageTables.levels)).toEqual({
      pte: 230_400_000,
      pmd: 450_000,
      pud: 1_500,
      pgd: 1_500,
    })
    // 1500 · (153,600 + 300 + 1) · 4096 B.
    expect(base.regions[0]?.bytes).toBe(945_567_744_000)
    // 1500 · 78,643,200 pages · 8 B = 878.90625 GiB.
    expect(base.regions[0]?.leafEntryBytes).toBe(878.90625 * gib)
    // Region, 1500 PGDs of 4096 B and 1500 · 172 KiB of base tables: 160 KiB, 3 pte tables for 6 MB.
    expect(base.pageTables.bytes).toBe(945_567_744_000 + 6_144_000 + 264_192_000)
    expect(base.risk.level).toBe('oom')
  })

  it('needs 153,902 tables once under mshare, and is then safe', async () => {
    const shared = planned(await resultOf('oracle-sga-300g'), 'mshare')
    // 153,600 + 300 + 1, and the host PGD: 630,382,592 B.
    expect(shared.pageTables.onceBytes).toBe(153_902 * 4096)
    expect(shared.faults).toEqual({ populate: 78_643_200, link: 1_500 })
    expect([shared.mmapCalls, shared.vmas]).toEqual([1_501, 1_501])
    // 512 GiB − 92,681 kB (⌊√(16 · 536,870,912)⌋) − 300 GiB − 1500 · (6 MiB + 48 KiB) − page tables.
    expect(shared.memory.headroomBytes).toBe(
      212 * gib - 92_681 * kib - 1_500 * (6 * mib + 48 * kib) - (630_382_592 + 270_336_000),
    )
    expect(shared.risk.level).toBe('safe')
  })
})

describe('oracle-sga-300g on huge pages', () => {
  it('keeps 300 pmd tables once and a pud table in each process with pages of 2 MiB', async () => {
    const huge = planned(await resultOf('oracle-sga-300g'), 'hugetlb-2m')
    expect(tablesOf(huge.pageTables.levels)).toEqual({ pte: 0, pmd: 300, pud: 1_500, pgd: 1_500 })
    // 7.03 MiB of pmd and pud tables, 1500 PGDs and 1500 · 172 KiB.
    expect(huge.pageTables.bytes).toBe(1_800 * 4096 + 6_144_000 + 264_192_000)
    // VmPTE counts the linked pmd tables in every process.
    expect(huge.counters.sumVmPteBytes).toBe(1_500 * (301 * 4096 + 172 * kib))
    // 153,600 pages filled once; each of 450,000 arrivals at a table, but the first 300, links it.
    expect(huge.faults).toEqual({ populate: 153_600 + 450_000 - 300, link: 0 })
  })

  it('keeps only a pud table in each process with pages of 1 GiB', async () => {
    const huge = planned(await resultOf('oracle-sga-300g'), 'hugetlb-1g')
    expect(tablesOf(huge.pageTables.levels)).toEqual({ pte: 0, pmd: 0, pud: 1_500, pgd: 1_500 })
    expect(huge.faults.populate).toBe(1_500 * 300)
  })

  it('has pmd tables of its own in each process with transparent ones', async () => {
    const huge = planned(await resultOf('oracle-sga-300g'), 'thp-2m')
    expect(tablesOf(huge.pageTables.levels)).toEqual({
      pte: 0,
      pmd: 450_000,
      pud: 1_500,
      pgd: 1_500,
    })
    expect(huge.faults.populate).toBe(1_500 * 153_600)
  })
})

describe('oracle-8000m-500-sessions', () => {
  it('shares the seven whole GiB of its segment, and keeps the last 832 MiB private', async () => {
    const described = planned(await resultOf('oracle-8000m-500-sessions'), 'as-described')
    expect(described.pageTables.onceBytes).toBe(7 * 4096)
    expect(tablesOf(described.pageTables.levels)).toEqual({
      pte: 0,
      pmd: 7 + 500,
      pud: 500,
      pgd: 557,
    })
    // 4000 huge pages in all, 832 / 2 = 416 of them at the private edge of every session:
    // 3584 once, 500 · 416, and 500 · 7 − 7 links.
    expect(described.faults.populate).toBe(3_584 + 500 * 416 + 3_500 - 7)
  })

  it('has PageTables 40 kB above the 265,944 kB that were measured with huge pages', async () => {
    const described = planned(await resultOf('oracle-8000m-500-sessions'), 'as-described')
    // 57 · 412 + 500 · 485 = 23,484 + 242,500 = 265,984 kB; pmd and above are not counted in 4.15.
    expect(described.counters.pageTablesBytes).toBe(265_984 * kib)
    expect(tablesOf(described.groups[1]?.perProcess.levels ?? {})).toMatchObject({ pte: 0 })
  })

  it('takes 7.63 GiB of leaf entries without, where about 7 GB were measured', async () => {
    const base = planned(await resultOf('oracle-8000m-500-sessions'), 'base-pages')
    // 500 · 2,048,000 pages · 8 B = 8,192,000,000 B.
    expect(base.regions[0]?.leafEntryBytes).toBe(8_192_000_000)
    expect((8_192_000_000 / gib).toFixed(2)).toBe('7.63')
    // 8000 MiB / 2 MiB = 4000 pte tables a session: 8,000,000 kB, and what stays.
    expect(base.counters.pageTablesBytes).toBe((8_000_000 + 265_984) * kib)
    expect(tablesOf(base.pageTables.levels)).toEqual({
      pte: 2_000_000,
      pmd: 4_000,
      pud: 500,
      pgd: 557,
    })
  })
})

describe('postgresql-400-backends', () => {
  it('needs all 8192 leaf tables in a backend that touched 40 % of the buffers', async () => {
    const base = planned(await resultOf('postgresql-400-backends'), 'base-pages')
    // A table is missed with probability 0.6^512, about 10^-114.
    expect(tablesOf(base.groups[1]?.perProcess.levels ?? {})).toEqual({
      pte: 8_192,
      pmd: 16,
      pud: 1,
      pgd: 1,
    })
    // 401 · 8192, and 100 · 64 MiB / 2 MiB = 100 · 32.
    expect(tablesOf(base.pageTables.levels)).toEqual({
      pte: 3_288_192,
      pmd: 401 * 16 + 100,
      pud: 401,
      pgd: 401,
    })
    // 3,295,510 tables and 401 · 120 KiB.
    expect(base.pageTables.bytes).toBe(3_295_510 * 4096 + 401 * 120 * kib)
  })

  it('may need fewer: the least is one table for each 512 pages touched', async () => {
    const { pageTables } = planned(await resultOf('postgresql-400-backends'), 'base-pages')
    // 40 % of 4,194,304 pages is 1,677,722, rounded up; in at least 3277 pte and 7 pmd tables.
    const backend = 3_277 + 7 + 1 + 1
    const tables = 8_210 + 300 * backend + 100 * (backend + 32 + 1)
    expect(pageTables.leastBytes).toBe(tables * 4096 + 401 * 120 * kib)
    expect(pageTables.mostBytes).toBe(pageTables.bytes)
  })

  it('shares the buffers under mshare, but not the private work memory', async () => {
    const shared = planned(await resultOf('postgresql-400-backends'), 'mshare')
    // 8192 + 100 · 32, 16 + 100, 1 + 100, 401 + the host PGD.
    expect(tablesOf(shared.pageTables.levels)).toEqual({
      pte: 11_392,
      pmd: 116,
      pud: 101,
      pgd: 402,
    })
    expect(shared.obstacles).toMatchObject([{ kind: 'private-memory', region: 'work memory' }])
  })

  it('needs a pool of 22.25 GiB on huge pages of 2 MiB: one copy of the work memory each', async () => {
    const { pageTables, memory, faults } = planned(
      await resultOf('postgresql-400-backends'),
      'hugetlb-2m',
    )
    // 16 shared and 100 private pmd tables.
    expect(tablesOf(pageTables.levels)).toEqual({ pte: 0, pmd: 116, pud: 401, pgd: 401 })
    const pool = memory.lines.find(({ name }) => name === 'huge-page pool 2m')
    expect(pool?.bytes).toBe(-(16 * gib + 100 * 64 * mib))
    // 8192 once, 401 · 16 − 16 links, 100 · 32 private pages.
    expect(faults.populate).toBe(8_192 + 400 * 16 + 3_200)
  })

  it('saves nothing on the work memory with transparent huge pages: tables are in deposit', async () => {
    const { pageTables } = planned(await resultOf('postgresql-400-backends'), 'thp-2m')
    expect(tablesOf(pageTables.levels)).toMatchObject({ pte: 100 * 32, pmd: 401 * 16 + 100 })
  })

  it('passes its gate', async () => {
    const { gates, verdict } = await resultOf('postgresql-400-backends')
    expect(gates).toMatchObject([{ metric: 'risk', limit: 'tight', actual: 'safe', holds: true }])
    expect(verdict).toBe('pass')
  })
})

describe('persistent-memory-files', () => {
  it('fills 234.375 GiB of entries with 2 MiB pages: "approximately 240 GiB"', async () => {
    const described = planned(await resultOf('persistent-memory-files'), 'as-described')
    // 10,000 · (6 TiB / 2 MiB = 3,145,728) · 8 B.
    expect(described.regions[0]?.leafEntryBytes).toBe(234.375 * gib)
    expect(tablesOf(described.pageTables.levels)).toEqual({
      pte: 0,
      pmd: 61_440_000,
      pud: 120_000,
      pgd: 10_000,
    })
    // DAX needs no memory of its own: private memory, page tables and kernel memory are all.
    expect(described.memory.demandBytes).toBe(
      10_000 * (16 * mib + 48 * kib) + described.pageTables.bytes,
    )
  })

  it('maps 384 files in each of 10,000 processes, and only once under mshare', async () => {
    const result = await resultOf('persistent-memory-files')
    const described = planned(result, 'as-described')
    expect([described.mmapCalls, described.vmas]).toEqual([3_840_000, 3_840_000])
    const shared = planned(result, 'mshare')
    expect([shared.mmapCalls, shared.vmas]).toEqual([10_384, 10_384])
    // 6144 + 12 + the host PGD once; each process links twelve units of 512 GiB.
    expect(shared.pageTables.onceBytes).toBe(6_157 * 4096)
    expect(shared.faults).toEqual({ populate: 3_145_728, link: 120_000 })
  })

  it('would need 117 TiB of page tables on base pages', async () => {
    const base = planned(await resultOf('persistent-memory-files'), 'base-pages')
    // 10,000 · (3,145,728 + 6144 + 12 + 1) · 4096 B and 10,000 · (160 KiB and 8 pte tables for 16 MB).
    expect(base.pageTables.bytes).toBe(10_000 * (3_151_885 * 4096 + 192 * kib))
  })
})

describe('multi-tenant', () => {
  it('counts ranges, first pages and strides in each tenant', async () => {
    const { groups } = planned(await resultOf('multi-tenant'), 'base-pages')
    expect(groups.map(({ perProcess }) => tablesOf(perProcess.levels))).toEqual([
      // 24 GiB and 8 GiB.
      { pte: 12_288 + 4_096, pmd: 32, pud: 1, pgd: 1 },
      // 3 GiB, 1 GiB and 6 GiB.
      { pte: 1_536 + 512 + 3_072, pmd: 10, pud: 1, pgd: 1 },
      // One page in every other span of 2 MiB.
      { pte: 6_144, pmd: 24, pud: 1, pgd: 1 },
    ])
  })

  it('cannot put the catalogue, a file, on huge pages of hugetlb', async () => {
    const huge = planned(await resultOf('multi-tenant'), 'hugetlb-2m')
    expect(huge.obstacles).toMatchObject([{ kind: 'backing', region: 'catalogue', found: 'file' }])
    // 12,288, 2048 and 6144 tables for the catalogue; the sessions in eight pmd tables once.
    expect(tablesOf(huge.pageTables.levels)).toMatchObject({
      pte: 240 * 12_288 + 120 * 2_048 + 16 * 6_144,
      pmd: 240 * 24 + 120 * 4 + 16 * 24 + 8,
    })
  })

  it('takes gold past its limit while the host is safe', async () => {
    const { risk, memory } = planned(await resultOf('multi-tenant'), 'as-described')
    const gold = risk.cgroups.find(({ name }) => name === 'gold')
    // 240 · (48 MiB + 48 KiB + 16,418 · 4096 B + 192 KiB), and the sessions, which it touches first.
    expect(gold?.demandBytes).toBe(
      240 * (48 * mib + 48 * kib + 16_418 * 4096 + 192 * kib) + 8 * gib,
    )
    expect(gold?.level).toBe('oom')
    expect(memory.headroomBytes).toBeGreaterThan(0.6 * 128 * gib)
    expect(risk.level).toBe('oom')
  })

  it('keeps tenants of other users out of mshare regions of mode 0600', async () => {
    const shared = planned(await resultOf('multi-tenant'), 'mshare')
    expect(shared.obstacles.map(({ kind, region, group }) => [kind, region, group])).toEqual([
      ['permission', 'catalogue', 'silver'],
      ['permission', 'sessions', 'silver'],
      ['permission', 'catalogue', 'batch'],
    ])
    expect(tablesOf(shared.pageTables.levels)).toEqual({
      pte: 16_384 + 120 * 5_120 + 16 * 6_144,
      pmd: 32 + 120 * 10 + 16 * 24,
      pud: 2 + 120 + 16,
      pgd: 376 + 2,
    })
  })
})

describe('sysv-segments-mshare-v3 and sysv-segments-mshare-rfc', () => {
  it('are refused by v3, for a segment cannot be mapped into an mshare file', async () => {
    const { strategies } = await resultOf('sysv-segments-mshare-v3')
    expect(strategies.find(({ id }) => id === 'mshare')).toMatchObject({
      applies: false,
      obstacles: [{ kind: 'backing', region: 'segments', found: 'sysv-shm' }],
    })
  })

  it('are shared by the RFC of 2022, with tables at the creator’s address', async () => {
    const shared = planned(await resultOf('sysv-segments-mshare-rfc'), 'mshare')
    // 48 GiB: 24,576 + 48 + 1, and the host PGD.
    expect(shared.pageTables.onceBytes).toBe(24_626 * 4096)
    // Three segments and 800 windows; the creator keeps its own VMAs: 2 · 3 + 800 − 1.
    expect([shared.mmapCalls, shared.vmas]).toEqual([803, 805])
    expect(shared.regions[0]?.mshare).toMatchObject({ start: '0x400000000000', size: 512 * gib })
  })

  it('cost the same without mshare', async () => {
    for (const name of ['sysv-segments-mshare-v3', 'sysv-segments-mshare-rfc']) {
      const described = planned(await resultOf(name), 'as-described')
      expect(described.pageTables.bytes).toBe(800 * (24_626 * 4096 + 320 * kib))
      expect([described.mmapCalls, described.vmas]).toEqual([2_400, 2_400])
      expect(described.risk.level).toBe('oom')
    }
  })
})

describe('shared-libraries', () => {
  it('takes 386 tables in every process that maps 768 MB', async () => {
    const base = planned(await resultOf('shared-libraries'), 'base-pages')
    // 384 + 1 + 1 in 1 + 4000 + 100 processes.
    expect(tablesOf(base.pageTables.levels)).toEqual({
      pte: 4_101 * 384,
      pmd: 4_101,
      pud: 4_101,
      pgd: 4_101,
    })
    // Read faults map 64 KiB at once: 768 MiB / 64 KiB = 12,288 in each process.
    expect(base.faults).toEqual({ populate: 4_101 * 12_288, link: 0 })
  })

  it('shares them, except where the image is mapped privately', async () => {
    const shared = planned(await resultOf('shared-libraries'), 'as-described')
    expect(shared.obstacles).toMatchObject([{ kind: 'private-mapping', group: 'shells' }])
    expect(tablesOf(shared.pageTables.levels)).toEqual({
      pte: 101 * 384,
      pmd: 101,
      pud: 101,
      pgd: 4_102,
    })
    expect(shared.faults).toEqual({ populate: 101 * 12_288, link: 4_001 })
    expect(shared.regions[0]?.mshare).toMatchObject({ start: '0x500000000000', mode: '0444' })
  })
})

describe('mysql-threads', () => {
  it('has one set of page tables, whatever the number of threads', async () => {
    const result = await resultOf('mysql-threads')
    for (const id of ['as-described', 'base-pages', 'threads', 'thp-2m']) {
      const { pageTables, savings } = planned(result, id)
      // 96 GiB: 49,152 + 96 + 1, a PGD, and 12 MiB.
      expect(pageTables.bytes).toBe((49_152 + 96 + 1 + 1) * 4096 + 12 * mib)
      expect(savings.bytes).toBe(0)
    }
    expect(result.findings.map(({ kind }) => kind)).toContain('nothing-to-gain')
    expect(result.strategies.find(({ id }) => id === 'mshare')).toMatchObject({
      applies: false,
      obstacles: [{ kind: 'private-memory' }],
    })
  })
})

describe('sparse-random', () => {
  it('needs nearly a table for each of 1000 pages, and nearly all for 1 %', async () => {
    const base = planned(await resultOf('sparse-random'), 'base-pages')
    // 200 · 996.7613888852 + 20 · 152,705.4521988: expectations of C(n − 512, k) / C(n, k), n = 78,643,200.
    const expected = 200 * 996.7613888852 + 20 * 152_705.4521988
    expect(base.pageTables.levels.pte?.expectedTables).toBeCloseTo(expected, 4)
    expect(tablesOf(base.groups[0]?.perProcess.levels ?? {})).toMatchObject({ pte: 997 })
    expect(tablesOf(base.groups[1]?.perProcess.levels ?? {})).toMatchObject({ pte: 152_705 })
  })

  it('says what may happen at least and at most', async () => {
    const { groups } = planned(await resultOf('sparse-random'), 'base-pages')
    const [lookups, samplers] = groups.map(({ perProcess }) => perProcess)
    // 1000 pages in two tables, or one in each of 1000 and all 300 pmd tables; + pud, PGD, 160 KiB.
    expect(lookups?.leastBytes).toBe((2 + 1 + 1 + 1) * 4096 + 160 * kib)
    expect(lookups?.mostBytes).toBe((1_000 + 300 + 1 + 1) * 4096 + 160 * kib)
    // 786,432 pages fill 1536 tables, or reach all 153,600.
    expect(samplers?.leastBytes).toBe((1_536 + 3 + 1 + 1) * 4096 + 160 * kib)
    expect(samplers?.mostBytes).toBe((153_600 + 300 + 1 + 1) * 4096 + 160 * kib)
  })
})

describe('short-lived-owner', () => {
  it('shares 64 GB among 601 processes', async () => {
    const shared = planned(await resultOf('short-lived-owner'), 'as-described')
    // 32,768 + 64 + 1, and the host PGD.
    expect(shared.pageTables.onceBytes).toBe(32_834 * 4096)
    expect(shared.status).toBe('proposed')
  })

  it('charges data and tables to the loader, and warns that it ends', async () => {
    const result = await resultOf('short-lived-owner')
    const { risk } = planned(result, 'as-described')
    // 64 GiB, tables once, 512 MiB + 48 KiB, 2 MiB of base tables and a PGD.
    expect(risk.cgroups.find(({ name }) => name === 'jobs')?.demandBytes).toBe(
      64 * gib + 32_834 * 4096 + 512 * mib + 48 * kib + 2 * mib + 4096,
    )
    expect(result.findings.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['owner-short-lived', 'sharer-outside-owner-cgroup']),
    )
  })
})

describe('permissions', () => {
  it('lets owner and group share, and refuses writers of the group and all others', async () => {
    const shared = planned(await resultOf('permissions'), 'as-described')
    expect(shared.obstacles.map(({ kind, group }) => [kind, group])).toEqual([
      ['permission', 'exporters'],
      ['permission', 'auditors'],
    ])
    // 32 GiB once; 10 · 32 GiB and 5 · 8 GiB beside it.
    expect(tablesOf(shared.pageTables.levels)).toEqual({
      pte: 16_384 + 10 * 16_384 + 5 * 4_096,
      pmd: 32 + 10 * 32 + 5 * 8,
      pud: 1 + 10 + 5,
      pgd: 315 + 1,
    })
    // Only those who share are linked.
    expect(shared.faults.link).toBe(300)
    // Writers fill 8,388,608 pages once, readers find them; exporters each; auditors by 64 KiB.
    expect(shared.faults.populate).toBe(8_388_608 * (1 + 10) + 5 * 131_072)
  })

  it('links readers and writers to different pmd tables on huge pages', async () => {
    const huge = planned(await resultOf('permissions'), 'hugetlb-2m')
    // 32 for those who write, 16 for those who read the first half at most.
    expect(huge.pageTables.onceBytes).toBe(48 * 4096)
  })
})

describe('five-level', () => {
  it('costs one p4d table for each process, and one more at 2^48', async () => {
    const { groups, pageTables } = planned(await resultOf('five-level'), 'base-pages')
    expect(groups.map(({ perProcess }) => tablesOf(perProcess.levels))).toEqual([
      // 12 TiB.
      { pte: 6_291_456, pmd: 12_288, pud: 24, p4d: 1, pgd: 1 },
      // 10 % is 322,122,548 pages: 629,146, 1229 and 3 tables; and 3 TiB: 1,572,864, 3072 and 6.
      { pte: 629_146 + 1_572_864, pmd: 1_229 + 3_072, pud: 9, p4d: 2, pgd: 1 },
    ])
    expect(tablesOf(pageTables.levels)).toMatchObject({ p4d: 240 + 16 * 2, pgd: 256 })
  })

  it('gives each shared region a p4d and a PGD of its own', async () => {
    const shared = planned(await resultOf('five-level'), 'mshare')
    expect(tablesOf(shared.pageTables.levels)).toEqual({
      pte: 6_291_456 + 1_572_864,
      pmd: 12_288 + 3_072,
      pud: 24 + 6,
      p4d: 272 + 2,
      pgd: 256 + 2,
    })
  })
})
