import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Advice } from '../../src/plan/advice-result.ts'
import type { Result } from '../../src/plan/result.ts'
import { backings, riskLevels } from '../../src/workload/workload.ts'
import type { WorkloadParts } from '../build.ts'
import { gib, mib, planned, strategy } from '../build.ts'

const runs = 300

const pageBytesOf = (backing: string, huge: boolean): { readonly pageBytes?: number } =>
  backing === 'hugetlbfs' || (huge && ['sysv-shm', 'memfd', 'anonymous-shared'].includes(backing))
    ? { pageBytes: 2 * mib }
    : {}

const anyRegion = fc
  .record({
    size: fc.integer({ min: 1, max: 6000 }).map((size) => size * mib + 4096),
    backing: fc.constantFrom(...backings),
    huge: fc.boolean(),
    objects: fc.integer({ min: 1, max: 5 }),
    locked: fc.boolean(),
    fallback: fc.constantFrom('base-pages' as const, 'mixed' as const, 'fail' as const),
  })
  .map(({ huge, ...region }) => ({ ...region, ...pageBytesOf(region.backing, huge) }))

const anyWorkload: fc.Arbitrary<WorkloadParts> = fc
  .record({
    memory: fc.integer({ min: 4, max: 64 }),
    swap: fc.constantFrom(0, 8 * gib),
    pool: fc.integer({ min: 0, max: 4000 }),
    regions: fc.array(anyRegion, { minLength: 1, maxLength: 3 }),
    processes: fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 2 }),
  })
  .map(({ memory, swap, pool, regions, processes }) => {
    const named = regions.map((region, index) => [`r${index}`, region] as const)
    const maps = named.map(([region]) => ({ region }))
    return {
      host: {
        memory: memory * gib,
        swap,
        hugepages: pool === 0 ? [] : [{ pageBytes: 2 * mib, count: pool }],
      },
      regions: Object.fromEntries(named),
      groups: Object.fromEntries(
        processes.map((each, index) => [`g${index}`, { processes: each, private: 2 * mib, maps }]),
      ),
    }
  })

const rank = (level: Advice['riskLevel']): number => riskLevels.indexOf(level)
const resizes = ({ action }: Advice): boolean => action === 'resize-pool'

function forEachAdvice(check: (each: Advice, result: Result, parts: WorkloadParts) => void): void {
  let seen = 0
  fc.assert(
    fc.property(anyWorkload, (parts) => {
      const result = planned(parts)
      for (const each of result.advice) check(each, result, parts)
      seen += result.advice.length
    }),
    { numRuns: runs },
  )
  expect(seen).toBeGreaterThan(runs)
}

test('nothing is advised that makes the risk worse or page tables larger', () => {
  forEachAdvice((each, result) => {
    const described = strategy(result, 'as-described')
    expect(rank(each.riskLevel)).toBeLessThanOrEqual(rank(described.risk.level))
    expect(each.pageTableBytes).toBeLessThanOrEqual(described.pageTables.bytes)
    if (resizes(each)) return
    expect(each.wonBytes).toBeGreaterThan(0)
    expect(each.wonBytes + each.pageTableBytes).toBe(described.pageTables.bytes)
  })
})

test('advice is in the order of the bytes it wins, after what is needed to start', () => {
  fc.assert(
    fc.property(anyWorkload, ({ ...parts }) => {
      const { advice } = planned(parts)
      const grows = ({ pools }: Advice) =>
        pools.some(({ pages, configuredPages }) => pages > configuredPages)
      const first = advice.filter((each) => resizes(each) && grows(each))
      const others = advice.filter((each) => !(resizes(each) && grows(each)))
      expect(advice).toEqual([...first, ...others])
      const won = others.map(({ wonBytes }) => wonBytes)
      expect(won).toEqual(won.toSorted((a, b) => b - a))
    }),
    { numRuns: runs },
  )
})

test('a pool that is advised fits in memory, and holds its regions', () => {
  forEachAdvice((each, _, { host }) => {
    const bytes = each.pools.reduce((sum, { pages, pageBytes }) => sum + pages * pageBytes, 0)
    expect(bytes).toBeLessThanOrEqual(host?.memory ?? 0)
    if (each.action !== 'huge-pages') return
    const pool = each.pools.find(({ pageBytes }) => pageBytes === each.pageBytes)
    const needed = each.regions.reduce((sum, { pages }) => sum + pages, 0)
    expect(pool?.pages).toBe(needed)
  })
})

test('every line says the number that stands beside it', () => {
  forEachAdvice((each) => {
    const lines = each.settings.flatMap(({ lines: some }) => some)
    for (const { pages, configuredPages, pageBytes } of each.pools) {
      const mine = lines.flatMap((line) => pagesSaid(line, pageBytes))
      expect(mine.length > 0).toBe(pages !== configuredPages)
      expect(mine.every((said) => said === pages)).toBe(true)
    }
    if (each.action === 'huge-pages') expect(lines.flatMap(limitsSaid)).toEqual(limitsOf(each))
  })
})

const label: ReadonlyMap<number, string> = new Map([
  [2 * mib, '2M'],
  [gib, '1G'],
])

/** The number of pages of a size that a line sets, as the kernel reads it. */
function pagesSaid(line: string, pageBytes: number): readonly number[] {
  const [, , atBoot] = /^hugepagesz=(\S+) hugepages=(\d+)$/.exec(line) ?? []
  if (atBoot !== undefined && line.includes(`=${label.get(pageBytes)} `)) return [Number(atBoot)]
  const [, sysctl] = /^vm\.nr_hugepages = (\d+)$/.exec(line) ?? []
  if (sysctl !== undefined && pageBytes === 2 * mib) return [Number(sysctl)]
  const [, now] = /^echo (\d+) > .*-(?:\d+)kB\/nr_hugepages$/.exec(line) ?? []
  return now !== undefined && line.includes(`-${pageBytes / 1024}kB/`) ? [Number(now)] : []
}

function limitsSaid(line: string): readonly number[] {
  const [, number] =
    /^(?:kernel\.shm(?:max|all) =|\* (?:soft|hard) memlock) (\d+)$/.exec(line) ?? []
  return number === undefined ? [] : [Number(number)]
}

type OnHugePages = Extract<Advice, { readonly action: 'huge-pages' }>

function limitsOf({ sysv, memlockBytes }: OnHugePages): readonly number[] {
  const kib = Math.ceil((memlockBytes ?? 0) / 1024)
  return [
    ...(sysv === undefined ? [] : [sysv.shmmaxBytes, sysv.shmallPages]),
    ...(memlockBytes === undefined ? [] : [kib, kib]),
  ]
}

test('with the pooled number of processes the plan is safe, with one more it is not', () => {
  let seen = 0
  fc.assert(
    fc.property(anyWorkload, (parts) => {
      const pooler = planned(parts).advice.find((each) => each.action === 'pooler')
      if (pooler === undefined) return
      seen += 1
      const { group, safeProcesses, pageTableBytes } = pooler
      const at = (processes: number) => {
        const groups = { ...parts.groups, [group]: { ...parts.groups?.[group], processes } }
        return strategy(planned({ ...parts, groups }), 'as-described')
      }
      expect(at(safeProcesses).risk.level).toBe('safe')
      expect(at(safeProcesses).pageTables.bytes).toBe(pageTableBytes)
      expect(at(safeProcesses + 1).risk.level).not.toBe('safe')
    }),
    { numRuns: runs },
  )
  expect(seen).toBeGreaterThan(30)
})
