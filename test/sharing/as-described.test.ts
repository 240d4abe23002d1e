import { describe, expect, test } from 'vitest'
import type { WorkloadParts } from '../build.ts'
import { gib, mib, nth, planned } from '../build.ts'
import {
  described,
  lineOf,
  mixed,
  pageBytes,
  pooled,
  poolFindings,
  tables,
  under,
  whole,
} from './pooled.ts'

describe('an SGA of 75 GiB for 600 sessions, where the pool has 70 GiB', () => {
  const setup = pooled(
    35_840,
    { sga: mixed(75 * gib) },
    { sessions: { processes: 600, maps: [{ region: 'sga' }] } },
  )
  const plan = described(setup)

  test('links 70 pmd tables and has 5 GiB of base-page tables in every session', () => {
    // 5 GiB / 2 MiB = 2560 pte and 5 pmd tables a session, and a pud table.
    expect(tables(plan)).toEqual([600 * 2560, 70 + 600 * 5, 600])
    expect(plan.pageTables.onceBytes).toBe(70 * 4096)
    expect(nth(plan.regions, 0).bytes).toBe((70 + 600 * 2566) * 4096)
  })

  test('enters 35,840 huge pages once and 1,310,720 base pages in every session', () => {
    expect(nth(plan.regions, 0).leafEntryBytes).toBe((35_840 + 600 * 1_310_720) * 8)
  })

  test('takes 70 GiB for the pool and 5 GiB of shared memory outside it', () => {
    expect(lineOf(plan, 'huge-page pool 2m')).toBe(-70 * gib)
    expect(lineOf(plan, 'resident shared memory: sga')).toBe(5 * gib)
  })

  test('is reported as a pool too small, with no page stranded', () => {
    expect(poolFindings(setup)).toMatchObject([
      {
        kind: 'pool-too-small',
        severity: 'warning',
        fallback: 'mixed',
        neededPages: 38_400,
        poolPages: 35_840,
        takenPages: 35_840,
      },
    ])
  })

  test('needs no pool, and all its tables, on base pages', () => {
    const plain = under(setup, 'base-pages')
    expect(tables(plain)).toEqual([600 * 38_400, 600 * 75, 600])
    expect(lineOf(plain, 'huge-page pool 2m')).toBeUndefined()
    expect(lineOf(plain, 'resident shared memory: sga')).toBe(75 * gib)
  })

  test('needs a pool of exactly 75 GiB on huge pages', () => {
    expect(lineOf(under(setup, 'hugetlb-2m'), 'huge-page pool 2m')).toBe(-75 * gib)
    expect(lineOf(under(setup, 'hugetlb-1g'), 'huge-page pool 1g')).toBe(-75 * gib)
  })
})

describe('an SGA of 75 GiB where the pool has 80 GiB', () => {
  const setup = pooled(
    40_960,
    { sga: mixed(75 * gib) },
    { sessions: { processes: 600, maps: [{ region: 'sga' }] } },
  )

  test('strands 2560 pages, 5 GiB', () => {
    expect(poolFindings(setup)).toMatchObject([
      { kind: 'stranded-huge-pages', pages: 2560, bytes: 5 * gib, pageBytes },
    ])
  })

  test('loses the whole pool to it, used or not', () => {
    expect(lineOf(described(setup), 'huge-page pool 2m')).toBe(-80 * gib)
    expect(described(setup).memory.demandBytes).toBe(described(setup).pageTables.bytes)
  })
})

describe('PostgreSQL with huge_pages = try: 1,065 pages of shared memory, 1,000 in the pool', () => {
  const server = (pool: number): WorkloadParts =>
    pooled(
      pool,
      { buffers: whole(1065 * pageBytes) },
      { backends: { processes: 320, maps: [{ region: 'buffers' }] } },
    )

  test('is all on base pages, as HugetlbPages 0 showed, and the 1,000 pages are idle', () => {
    const setup = server(1000)
    // 1065 pte, ⌈1065 / 512⌉ = 3 pmd and 1 pud table each: 1.3 GiB.
    expect(tables(described(setup))).toEqual([320 * 1065, 320 * 3, 320])
    expect(lineOf(described(setup), 'huge-page pool 2m')).toBe(-2000 * mib)
    expect(lineOf(described(setup), 'resident shared memory: buffers')).toBe(2130 * mib)
    expect(described(setup).memory.commit.committedBytes).toBe(2130 * mib)
    expect(poolFindings(setup)).toMatchObject([
      { kind: 'pool-too-small', fallback: 'base-pages', neededPages: 1065, poolPages: 1000 },
      { kind: 'stranded-huge-pages', pages: 1000 },
    ])
  })

  test('needs 65 pages more to have hardly any tables', () => {
    // Two pmd tables are linked, the third is each process's own.
    expect(tables(described(server(1065)))).toEqual([0, 2 + 320, 320])
    expect(poolFindings(server(1065))).toEqual([])
    expect(tables(described(server(1064)))).toEqual([320 * 1065, 320 * 3, 320])
  })
})

describe('an mshare region', () => {
  test('that its pool backs only in part is not shared, and both parts are billed', () => {
    const setup = pooled(
      512,
      { data: { ...mixed(2 * gib), backing: 'memfd', mshare: { mode: 0o600 } } },
      { all: { processes: 10, maps: [{ region: 'data' }] } },
    )
    const plan = described(setup)
    expect(plan.obstacles).toEqual([
      { kind: 'pool', region: 'data', need: '1024 pages', found: '512 pages' },
    ])
    expect(tables(plan)).toEqual([10 * 512, 1 + 10, 10])
    expect(lineOf(plan, 'resident shared memory: data')).toBe(gib)
    // The strategy plans the pool it needs.
    expect(tables(under(setup, 'mshare'))).toEqual([0, 2, 1])
  })
})

test('a gate judges a plan that goes on on base pages, and not one whose region cannot be mapped', () => {
  const verdict = (fallback: 'base-pages' | 'mixed' | 'fail') =>
    planned({
      host: { memory: 128 * gib, hugepages: [{ pageBytes, count: 512 }] },
      regions: { data: { ...mixed(2 * gib), backing: 'memfd', fallback, mshare: { mode: 0o600 } } },
      groups: { all: { processes: 10, maps: [{ region: 'data' }] } },
      gates: { risk: 'oom', strategy: 'as-described' },
    }).verdict
  expect([verdict('base-pages'), verdict('mixed'), verdict('fail')]).toEqual([
    'pass',
    'pass',
    'fail',
  ])
})
