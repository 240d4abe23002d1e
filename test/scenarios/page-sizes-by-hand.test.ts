import { describe, expect, it } from 'vitest'
import type { Result } from '../../src/plan/result/result.ts'
import { answerTo, planned, resultOf, tablesOf } from './shipped.ts'

/*
 * Key numbers of the scenarios about page sizes, pools and other architectures, worked by hand.
 * Tables of x86-64 take 4096 B; a pte table spans 2 MiB, a pmd table 1 GiB, a pud table 512 GiB.
 */
const [kib, mib, gib] = [2 ** 10, 2 ** 20, 2 ** 30]

async function resultWith(name: string, setting: string): Promise<Result> {
  const argv = [`scenarios/${name}.yaml`, '--set', setting, '--format', 'json']
  return JSON.parse((await answerTo(argv)).stdout)
}

function findingsOf({ findings }: Result, kind: string): readonly object[] {
  return findings.filter((finding) => finding.kind === kind)
}

describe('oracle-mixed-sga', () => {
  it('bills both parts: 70 tables once, and 2566 for 5 GiB in each of 600 sessions', async () => {
    const described = planned(await resultOf('oracle-mixed-sga'), 'as-described')
    // 2560 pte, 5 pmd, 1 pud.
    expect(tablesOf(described.pageTables.levels)).toEqual({
      pte: 600 * 2_560,
      pmd: 70 + 600 * 5,
      pud: 600,
      pgd: 600,
    })
    expect(described.pageTables.onceBytes).toBe(70 * 4096)
    expect(described.pageTables.bytes).toBe((70 + 600 * 2_567) * 4096 + 600 * 485 * kib)
  })

  it('sets 5 GiB of shared memory beside the pool, and is safe', async () => {
    const { memory, risk } = planned(await resultOf('oracle-mixed-sga'), 'as-described')
    // 128 GiB − 70 GiB − 66 MiB: with THP 11 blocks of 2 MiB in three zones, above 46,340 kB.
    expect(memory.capacityBytes).toBe(58 * gib - 66 * mib)
    const tables = (70 + 600 * 2_567) * 4096 + 600 * 485 * kib
    expect(memory.demandBytes).toBe(5 * gib + 600 * (8 * mib + 48 * kib) + tables)
    expect(risk.level).toBe('safe')
  })

  it('says which pages are missing, and strands none', async () => {
    const result = await resultOf('oracle-mixed-sga')
    expect(findingsOf(result, 'pool-too-small')).toMatchObject([
      { region: 'sga', neededPages: 38_400, poolPages: 35_840, fallback: 'mixed' },
    ])
    expect(findingsOf(result, 'stranded-huge-pages')).toEqual([])
  })

  it('needs 75 tables once and a pud table each with the pool that it asks for', async () => {
    const result = await resultWith('oracle-mixed-sga', 'host.hugepages.2 MiB=38400')
    const described = planned(result, 'as-described')
    expect(tablesOf(described.pageTables.levels)).toMatchObject({ pte: 0, pmd: 75, pud: 600 })
    expect(findingsOf(result, 'pool-too-small')).toEqual([])
  })
})

describe('stranded-huge-pages', () => {
  it('strands 2560 pages of 2 MiB and all four of 1 GiB', async () => {
    const result = await resultOf('stranded-huge-pages')
    expect(findingsOf(result, 'stranded-huge-pages')).toMatchObject([
      { pageBytes: 2 * mib, pages: 2_560, bytes: 5 * gib },
      { pageBytes: gib, pages: 4, bytes: 4 * gib },
    ])
  })

  it('takes all 84 GiB from memory, and has 9 GiB less than with the exact pool', async () => {
    const result = await resultOf('stranded-huge-pages')
    const [described, exact] = [planned(result, 'as-described'), planned(result, 'hugetlb-2m')]
    expect(described.memory.capacityBytes).toBe(44 * gib - 66 * mib)
    expect(exact.memory.headroomBytes - described.memory.headroomBytes).toBe(9 * gib)
    expect(described.pageTables).toEqual(exact.pageTables)
  })
})

describe('mixed-page-sizes', () => {
  it('takes most tables for the least memory', async () => {
    const { regions } = planned(await resultOf('mixed-page-sizes'), 'as-described')
    expect(regions.map(({ levels }) => tablesOf(levels))).toEqual([
      // 39 linked, two edges and the pud table in each of 400.
      { pte: 0, pmd: 39 + 400 * 2, pud: 400, pgd: 0 },
      // 2 GiB.
      { pte: 400 * 1_024, pmd: 400 * 2, pud: 0, pgd: 0 },
      // 256 GiB, in the same span of 512 GiB.
      { pte: 0, pmd: 400 * 256, pud: 0, pgd: 0 },
    ])
  })

  it('has 20,480 huge pages filled once, but for the 512 at the edges of each process', async () => {
    const { regions } = planned(await resultOf('mixed-page-sizes'), 'as-described')
    // 39 GiB are 19,968 pages; 1022 MiB before and 2 MiB behind are 511 and 1.
    expect(regions[0]?.leafEntryBytes).toBe((19_968 + 400 * 512) * 8)
    expect(regions[1]?.leafEntryBytes).toBe(400 * 524_288 * 8)
    expect(regions[2]?.leafEntryBytes).toBe(400 * 131_072 * 8)
  })

  it('counts only the cache as shared memory: the pool is set aside, DAX takes none', async () => {
    const described = planned(await resultOf('mixed-page-sizes'), 'as-described')
    expect(described.memory.demandBytes).toBe(
      2 * gib + 400 * (12 * mib + 48 * kib) + described.pageTables.bytes,
    )
  })

  it('would share all 40 tables on a boundary', async () => {
    const result = await resultWith(
      'mixed-page-sizes',
      'groups.servers.maps[0].at="0x400000000000"',
    )
    const { regions } = planned(result, 'as-described')
    expect(tablesOf(regions[0]?.levels ?? {})).toMatchObject({ pmd: 40 })
  })
})

describe('arm64-64k-sga-300g', () => {
  it('takes 54.9 GiB of leaf entries, a sixteenth of what x86-64 takes', async () => {
    const base = planned(await resultOf('arm64-64k-sga-300g'), 'base-pages')
    // 300 GiB / 64 KiB = 4,915,200 entries of 8 B; 600 pte tables of 512 MiB, one pmd of 4 TiB.
    expect(base.regions[0]?.leafEntryBytes).toBe(1_500 * 4_915_200 * 8)
    expect(tablesOf(base.pageTables.levels)).toEqual({ pte: 900_000, pmd: 1_500, pgd: 1_500 })
    // Tables of 64 KiB, a pgd of 64 entries, 384 KiB.
    expect(base.pageTables.bytes).toBe(1_500 * (601 * 64 * kib + 512 + 384 * kib))
    expect(base.risk.level).toBe('safe')
  })

  it('takes 219.7 GiB with pages of 16 KiB, and does not fit', async () => {
    const result = await resultWith('arm64-64k-sga-300g', 'host.layout=arm64-16k-48')
    const base = planned(result, 'base-pages')
    expect(base.regions[0]?.leafEntryBytes).toBe(235_929_600_000)
    expect(base.risk.level).toBe('oom')
  })

  it('saves nothing with pages of 2 MiB, and shares no pmd table with those of 512 MiB', async () => {
    const result = await resultOf('arm64-64k-sga-300g')
    expect(planned(result, 'hugetlb-2m').savings.bytes).toBe(0)
    expect(tablesOf(planned(result, 'hugetlb-512m').pageTables.levels)).toEqual({
      pte: 0,
      pmd: 1_500,
      pgd: 1_500,
    })
  })
})

describe('s390x-kernel-update', () => {
  it('doubles its leaf tables from Linux 6.1 to 6.12, and goes out of memory', async () => {
    const [after, before] = [
      await resultOf('s390x-kernel-update'),
      await resultWith('s390x-kernel-update', 'host.kernel=6.1'),
    ].map((result) => planned(result, 'as-described'))
    // 64 GiB / 1 MiB = 65,536 tables of 800 processes; 32 pmd tables and a pgd of 16 KiB.
    expect(after?.pageTables.levels.pte).toEqual({
      tables: 52_428_800,
      bytes: 52_428_800 * 4 * kib,
    })
    expect(before?.pageTables.levels.pte).toEqual({
      tables: 52_428_800,
      bytes: 52_428_800 * 2 * kib,
    })
    const others = 800 * (33 * 16 * kib + 160 * kib)
    expect(after?.pageTables.bytes).toBe(200 * gib + others)
    expect(before?.pageTables.bytes).toBe(100 * gib + others)
    expect([before?.risk.level, after?.risk.level]).toEqual(['safe', 'oom'])
  })

  it('shows none of that in VmPTE', async () => {
    const result = await resultOf('s390x-kernel-update')
    // 128 MiB of pte tables by their own size, 32 of 16 KiB, 160 KiB.
    expect(planned(result, 'as-described').counters.sumVmPteBytes).toBe(
      800 * (128 * mib + 32 * 16 * kib + 160 * kib),
    )
  })

  it('needs no leaf tables on huge pages of 1 MiB', async () => {
    const huge = planned(await resultOf('s390x-kernel-update'), 'hugetlb-1m')
    expect(tablesOf(huge.pageTables.levels)).toMatchObject({ pte: 0, pmd: 800 * 32 })
    expect(huge.risk.level).toBe('safe')
  })
})
