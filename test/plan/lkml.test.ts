import { describe, expect, test } from 'vitest'
import { plan } from '../../src/plan/plan.ts'
import { QuantityError } from '../../src/units/quantity.ts'
import type { WorkloadParts } from '../build.ts'
import { fiveLevels, gib, nth, planned, strategy, tib, workload } from '../build.ts'

/** The case of the 2022 cover letter: an SGA of 300 GiB, 1500 clients, a server with 512 GiB. */
function lkml(processes = 1500, size = 300 * gib): WorkloadParts {
  return {
    host: { memory: 512 * gib },
    regions: { sga: { size } },
    groups: { clients: { processes, maps: [{ region: 'sga' }] } },
  }
}

describe('300 GiB mapped by 1500 processes', () => {
  const result = planned(lkml())
  const plain = strategy(result, 'base-pages')
  const shared = strategy(result, 'mshare')

  test('needs 230,400,000 pte, 450,000 pmd, 1,500 pud tables and as many pgds on base pages', () => {
    expect(plain.pageTables.levels).toEqual({
      pte: { tables: 230_400_000, bytes: 943_718_400_000 },
      pmd: { tables: 450_000, bytes: 1_843_200_000 },
      pud: { tables: 1500, bytes: 6_144_000 },
      pgd: { tables: 1500, bytes: 6_144_000 },
    })
  })

  test('bills 880.63 GiB of tables to the region, 878.90625 GiB of them leaf entries', () => {
    const region = nth(plain.regions, 0)
    expect(region.bytes).toBe(945_567_744_000)
    expect(region.leafEntryBytes).toBe(943_718_400_000)
    expect(region.leafEntryBytes / gib).toBe(878.90625)
  })

  test('exists once through mshare: 153,902 tables with the pgd of the host address space', () => {
    expect(shared.pageTables.onceBytes).toBe(630_382_592)
    expect(nth(shared.regions, 0).bytes).toBe(153_902 * 4096)
    expect(nth(shared.regions, 0).levels).toMatchObject({
      pte: { tables: 153_600 },
      pmd: { tables: 300 },
      pud: { tables: 1 },
      pgd: { tables: 1 },
    })
  })

  test('leaves each process its pgd alone through mshare', () => {
    const { perProcess } = nth(shared.groups, 0)
    expect(perProcess).toMatchObject({ bytes: 4096, vmPteBytes: 0 })
    expect(nth(plain.groups, 0).perProcess.vmPteBytes).toBe(153_901 * 4096)
  })

  test('runs the machine out of memory on base pages, and not through mshare', () => {
    expect(plain.risk.level).toBe('oom')
    expect(shared.risk.level).toBe('safe')
  })

  test('has a min watermark of 89 MiB: √(16 · 512 GiB) is 92,681 kB', () => {
    const line = plain.memory.lines.find(({ name }) => name === 'min watermark')
    expect(line).toMatchObject({ bytes: -92_681 * 1024, origin: 'derived' })
    expect(plain.memory.capacityBytes).toBe(512 * gib - 92_681 * 1024)
  })

  test('is set against the data once, the tables and nothing else', () => {
    expect(plain.memory.demandBytes).toBe(300 * gib + 945_567_744_000 + 1500 * 4096)
    expect(shared.memory.demandBytes).toBe(300 * gib + 630_382_592 + 1500 * 4096)
  })

  test('saves 99.9 % through mshare', () => {
    expect(shared.savings.bytes).toBe(945_567_744_000 - 630_382_592)
    expect(shared.savings.fraction).toBeCloseTo(0.999327, 6)
  })

  test('needs one set of tables where threads share one address space', () => {
    const threads = strategy(result, 'threads')
    expect(threads.pageTables.bytes).toBe(153_902 * 4096)
    expect(nth(threads.groups, 0).processes).toBe(1)
  })

  test('populates each page once and links each process once, 1501 mmap calls', () => {
    expect(shared.faults).toEqual({ populate: 78_643_200, link: 1500 })
    expect(plain.faults).toEqual({ populate: 1500 * 78_643_200, link: 0 })
    expect([shared.mmapCalls, shared.vmas]).toEqual([1501, 1501])
    expect([plain.mmapCalls, plain.vmas]).toEqual([1500, 1500])
  })

  test('labels mshare as proposed and everything else as mainline', () => {
    const proposed = result.strategies.filter(({ status }) => status === 'proposed')
    expect(proposed.map(({ id }) => id)).toEqual(['mshare'])
  })
})

describe('figures published elsewhere', () => {
  test('512 GiB mapped by 1000 processes are 1000 GiB of leaf entries', () => {
    const { regions } = strategy(planned(lkml(1000, 512 * gib)), 'base-pages')
    expect(nth(regions, 0).leafEntryBytes).toBe(1000 * gib)
  })

  test('8000 MiB mapped by 500 sessions are 7.63 GiB of leaf entries', () => {
    const { regions } = strategy(planned(lkml(500, 8000 * 2 ** 20)), 'base-pages')
    expect(nth(regions, 0).leafEntryBytes / gib).toBeCloseTo(7.6294, 4)
  })

  test('16 GiB mapped by one process cost one page directory more through mshare', () => {
    const { savings } = strategy(planned(lkml(1, 16 * gib)), 'mshare')
    expect(savings.bytes).toBe(-4096)
  })
})

describe('the edges of exact numbers', () => {
  const most = 4_194_304

  test('are reached by 4,194,304 processes', () => {
    const result = planned(lkml(most, gib))
    expect(strategy(result, 'base-pages').pageTables.bytes).toBe(most * 515 * 4096)
  })

  test('are reached at the top of a 57-bit address space', () => {
    const at = 2 ** 56 - 2 * gib
    const result = planned({
      host: { layout: fiveLevels },
      regions: { high: { size: gib } },
      groups: { one: { maps: [{ region: 'high', at }] } },
    })
    const { levels } = strategy(result, 'base-pages').pageTables
    expect(levels.p4d).toEqual({ tables: 2, bytes: 8192 })
    expect(levels.pte?.tables).toBe(512)
  })

  test('past 2^53 − 1 bytes are refused under the name of the total', () => {
    expect(() => planned(lkml(most, tib))).toThrow(QuantityError)
    const parts = workload(lkml(most, tib))
    expect(() => plan(parts, { name: '' })).toThrow(/page tables|pte tables/)
  })
})
