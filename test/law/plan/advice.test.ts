import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Advice } from '../../../src/plan/result/advice-result.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { riskLevels } from '../../../src/workload/gates.ts'
import { backings, programs } from '../../../src/workload/region.ts'
import { applied, resultOfText } from '../../plan/advice/applied.ts'
import { casesToDraw } from '../cases-to-draw.ts'

const runs = casesToDraw(50)
const mib = 2 ** 20

const anyRegion = fc
  .record({
    size: fc.integer({ min: 1, max: 3000 }).map((size) => `${2 * size} MiB`),
    backing: fc.constantFrom(...backings),
    huge: fc.boolean(),
    objects: fc.integer({ min: 1, max: 5 }),
    fallback: fc.constantFrom('base-pages', 'fail', 'mixed'),
    program: fc.constantFrom(...programs),
  })
  .map(({ huge, ...region }) => {
    const canBeHuge = ['sysv-shm', 'memfd', 'anonymous-shared', 'anonymous'].includes(
      region.backing,
    )
    return { ...region, ...(huge && canBeHuge ? { pageSize: '2 MiB' } : {}) }
  })

const anyGroup = fc.record({
  processes: fc.integer({ min: 1, max: 1500 }),
  own: fc.integer({ min: 1, max: 30 }),
  touched: fc.constantFrom('all', '10%', { first: '40%' }, { every: '2 MiB' }),
  confined: fc.boolean(),
})

/** A scenario as it is written, as JSON, which is YAML. */
const anyScenario: fc.Arbitrary<string> = fc
  .record({
    memory: fc.integer({ min: 4, max: 64 }),
    swap: fc.constantFrom('0 B', '8 GiB'),
    pool: fc.integer({ min: 0, max: 4000 }),
    mode: fc.constantFrom('heuristic', 'never'),
    limit: fc.integer({ min: 1, max: 32 }),
    regions: fc.array(anyRegion, { minLength: 1, maxLength: 3 }),
    groups: fc.array(anyGroup, { minLength: 1, maxLength: 2 }),
  })
  .map(({ memory, swap, pool, mode, limit, regions, groups }) => {
    const names = regions.map((_, index) => `r${index}`)
    return JSON.stringify({
      version: 1,
      host: {
        memory: `${memory} GiB`,
        swap,
        hugepages: pool === 0 ? {} : { '2 MiB': pool },
        overcommit: { mode },
        cgroups: { c: { limit: `${limit} GiB` } },
      },
      regions: Object.fromEntries(regions.map((region, index) => [names[index], region])),
      groups: Object.fromEntries(
        groups.map(({ processes, own, touched, confined }, index) => [
          `g${index}`,
          {
            processes,
            private: `${own} MiB`,
            ...(confined ? { cgroup: 'c' } : {}),
            maps: names.map((region) => ({ region, touched })),
          },
        ]),
      ),
    })
  })

/** Shared memory of many processes, for which huge pages are advised: seen in every run. */
const advised = JSON.stringify({
  version: 1,
  host: { memory: '16 GiB' },
  regions: { r0: { size: '4 GiB', backing: 'sysv-shm' } },
  groups: { g0: { processes: 800, private: '1 MiB', maps: [{ region: 'r0' }] } },
})

function described({ strategies }: Result) {
  const found = strategies.find(({ id }) => id === 'as-described')
  if (found?.applies !== true) throw new RangeError('as-described was not planned')
  return found
}

const levelOf = (level: Advice['riskLevel']): number => riskLevels.indexOf(level)

/** The level, and worst of all what does not start. */
function rankOf(result: Result): number {
  const { memory, risk } = described(result)
  const starts =
    memory.commit.granted && memory.pools.every(({ missingPages }) => missingPages === 0)
  return starts ? levelOf(risk.level) : riskLevels.length
}

function forEach(check: (text: string, result: Result) => void): void {
  let seen = 0
  fc.assert(
    fc.property(anyScenario, (text) => {
      const result = resultOfText(text)
      seen += result.advice.length
      check(text, result)
    }),
    { numRuns: runs, examples: [[advised]] },
  )
  expect(seen).toBeGreaterThan(0)
}

test('each piece of advice, once followed, gives what it promises', () => {
  forEach((text, result) => {
    for (const each of result.advice) {
      const { risk, memory, pageTables } = described(resultOfText(applied(text, each)))
      expect([each.id, risk.level]).toEqual([each.id, each.riskLevel])
      expect(memory.headroomBytes).toBe(each.headroomBytes)
      expect(pageTables.bytes).toBe(each.pageTableBytes)
      expect(memory.commit.granted).toBe(true)
      expect(memory.pools.every(({ missingPages }) => missingPages === 0)).toBe(true)
    }
  })
})

test('nothing makes it worse: a better level, or a hundredth of memory more', () => {
  forEach((_, result) => {
    const before = rankOf(result)
    for (const { purpose, riskLevel, addedHeadroomBytes } of result.advice) {
      if (purpose === 'headroom') {
        expect(levelOf(riskLevel)).toBeLessThanOrEqual(before)
        expect(addedHeadroomBytes * 100).toBeGreaterThanOrEqual(result.host.memoryBytes)
      } else expect(levelOf(riskLevel)).toBeLessThan(before)
    }
  })
})

test('all but what it does not start without reach the same level, the best there is', () => {
  forEach((_, result) => {
    const levels = result.advice
      .filter(({ purpose }) => purpose !== 'start')
      .map(({ riskLevel }) => riskLevel)
    expect(new Set(levels).size).toBeLessThanOrEqual(1)
  })
})

const order: readonly Advice['action'][] = [
  'commit-limit',
  'resize-pool',
  'huge-pages',
  'pooler',
  'cgroup-limit',
  'memory',
  'transparent-huge-pages',
]

test('advice is in the order of intrusion, after what it does not start without', () => {
  forEach((_, { advice }) => {
    const later = advice.filter(({ purpose }) => purpose !== 'start')
    expect(
      advice.slice(0, advice.length - later.length).every((one) => one.purpose === 'start'),
    ).toBe(true)
    const places = later.map(({ action }) => order.indexOf(action))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })
})

test('who follows the first advice again and again is done after a few steps, and safe', () => {
  forEach((text) => {
    let [now, steps] = [text, 0]
    let result = resultOfText(now)
    while (result.advice.length > 0) {
      const [first] = result.advice
      if (first === undefined || steps > 5) break
      now = applied(now, first)
      const next = resultOfText(now)
      expect(rankOf(next)).toBeLessThanOrEqual(rankOf(result))
      result = next
      steps += 1
    }
    expect(result.advice).toEqual([])
    expect(result.nothingToDo).toBeDefined()
    const idle = described(result).memory.pools.reduce(
      (sum, { strandedPages, pageBytes }) => sum + strandedPages * pageBytes,
      0,
    )
    expect(idle).toBeLessThan(result.host.memoryBytes / 100)
    // Whoever is not safe then is told that nothing helps, or nothing of today.
    const helpless = ['nothing-helps', 'only-proposed']
    if (!helpless.includes(result.nothingToDo?.reason ?? '')) expect(rankOf(result)).toBe(0)
  })
})

test('a pool that is advised fits in memory, and every line says its number', () => {
  forEach((_, result) => {
    for (const each of result.advice) {
      if (each.action === 'memory') continue
      const bytes = each.pools.reduce((sum, { pages, pageBytes }) => sum + pages * pageBytes, 0)
      expect(bytes).toBeLessThanOrEqual(result.host.memoryBytes)
      const said = each.settings
        .flatMap(({ lines }) => lines)
        .flatMap((line) => /^vm\.nr_hugepages = (\d+)$/.exec(line)?.slice(1) ?? [])
      const changed = each.pools.filter(
        ({ pages, configuredPages, pageBytes }) =>
          pageBytes === 2 * mib && pages !== configuredPages,
      )
      expect(said.map(Number)).toEqual(changed.map(({ pages }) => pages))
    }
  })
})

test('no line is of a program that the scenario does not name, none names mshare', () => {
  forEach((text, { advice }) => {
    for (const { settings } of advice) {
      for (const { program, lines } of settings) {
        if (program !== undefined) expect(text).toContain(`"program":"${program}"`)
        expect(lines.join()).not.toContain('mshare')
      }
    }
  })
})
