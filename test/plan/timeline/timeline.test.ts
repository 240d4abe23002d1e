import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plan } from '../../../src/plan/plan.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import type { TimelineStrategy } from '../../../src/plan/result/timeline/timeline-result.ts'
import { timeline } from '../../../src/plan/timeline/timeline.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { Workload } from '../../../src/workload/workload.ts'

function workloadOf(scenario: object): Workload {
  const reading = readScenario(JSON.stringify(scenario), 'test.json')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return reading.workload
}

/** Under mshare, and of what is drawn, those who ended have touched what the others share. */
function compareLast({ id, steps }: TimelineStrategy, planned: Result, isDrawn: boolean): void {
  const one = planned.strategies.find((strategy) => strategy.id === id)
  if (one?.applies !== true) throw new Error(id)
  const { pageTables, level } = steps.at(-1) ?? {}
  const hasHistory = isDrawn || id === 'mshare' || id === 'hugetlb-2m'
  if (!hasHistory || id === 'base-pages') expect(pageTables?.bytes, id).toBe(one.pageTables.bytes)
  if (!hasHistory) expect(level, id).toBe(one.risk.level)
}

/** A server of two groups, one of which has memory of its own. */
function scenarioOf(sizes: {
  readonly masters: number
  readonly clients: number
  readonly touched: unknown
  readonly mshare: boolean
  readonly memory?: string
}): object {
  const { masters, clients, touched, mshare, memory = '64 GiB' } = sizes
  return {
    version: 1,
    host: { memory },
    regions: {
      sga: { size: '3 GiB', ...(mshare ? { mshare: { owner: 'masters' } } : {}) },
      heap: { size: '300 MiB', backing: 'anonymous' },
    },
    groups: {
      masters: { processes: masters, private: '6 MB', maps: [{ region: 'sga' }] },
      clients: {
        processes: clients,
        maps: [
          { region: 'sga', touched },
          { region: 'heap', touched: { every: '3 MiB' } },
        ],
      },
    },
  }
}

const touches = fc.constantFrom<unknown>(
  ...['all', 'none', '40%', { first: '1 GiB' }, { every: '5 MiB' }],
  ...[
    { zipf: { exponent: 1.1, accesses: 5000, order: 'scattered' } },
    { random: '20%', in: '1 MiB' },
    { ranges: [{ offset: '1 GiB', length: '2 MiB' }] },
  ],
)

/** Beside long strides, ranks in order are an approximation. */
const alone = fc.oneof(touches, fc.constant({ zipf: { exponent: 0.9, accesses: 20_000 } }))

const counts = fc.integer({ min: 1, max: 40 })

describe('the last step is the plan of what is there then', () => {
  test('whoever started and stopped, whatever was set', () => {
    const drawn = fc.record({
      before: counts,
      more: counts,
      fewer: counts,
      touched: alone,
      mshare: fc.boolean(),
    })
    fc.assert(
      fc.property(drawn, ({ before, more, fewer, touched, mshare }) => {
        const sizes = { masters: 2, clients: before, touched, mshare }
        const left = before + more - Math.min(fewer, before)
        const timelineText = [
          { start: { clients: more } },
          { set: { 'host.memory': '32 GiB' } },
          { stop: { clients: Math.min(fewer, before) } },
        ]
        const steps = timeline(workloadOf({ ...scenarioOf(sizes), timeline: timelineText }), {
          name: 'test',
        })
        const last = workloadOf(scenarioOf({ ...sizes, clients: left, memory: '32 GiB' }))
        const planned = plan(last, { name: 'test' })
        const isDrawn = mshare || typeof touched === 'string'
        for (const strategy of steps.strategies) compareLast(strategy, planned, isDrawn)
      }),
      { numRuns: 15 },
    )
  })

  test('and warming up ends where a plan of the warm server is', () => {
    fc.assert(
      fc.property(alone, counts, (touched, clients) => {
        const cold = scenarioOf({ masters: 1, clients, touched: 'none', mshare: false })
        const warm = scenarioOf({ masters: 1, clients, touched, mshare: false })
        const warming = [{ touch: { clients: { sga: touched } } }]
        const { strategies } = timeline(workloadOf({ ...cold, timeline: warming }), {
          name: 'test',
        })
        const planned = plan(workloadOf(warm), { name: 'test' })
        for (const { id, steps } of strategies) {
          const one = planned.strategies.find((strategy) => strategy.id === id)
          if (one?.applies !== true) throw new Error(id)
          expect(steps.at(-1)?.pageTables?.bytes, id).toBe(one.pageTables.bytes)
          expect(steps.at(-1)?.headroomBytes, id).toBe(one.memory.headroomBytes)
        }
      }),
      { numRuns: 15 },
    )
  })
})

test('a step that changes nothing changes nothing', () => {
  const base = scenarioOf({ masters: 1, clients: 5, touched: { first: '1 GiB' }, mshare: true })
  const idle = [
    { touch: { clients: { sga: { first: '512 MiB' } } } },
    { set: { 'host.memory': '64 GiB' } },
    { dontneed: { masters: { sga: { length: '4 KiB' } } } },
  ]
  const { strategies } = timeline(workloadOf({ ...base, timeline: idle }), { name: 'test' })
  for (const { id, steps } of strategies) {
    const tables = steps.map(({ pageTables }) => pageTables?.bytes)
    expect(new Set(tables).size, id).toBe(1)
  }
})

test('the more is touched, the more tables there are', () => {
  fc.assert(
    fc.property(fc.array(touches, { minLength: 1, maxLength: 6 }), (all) => {
      const base = scenarioOf({ masters: 1, clients: 7, touched: 'none', mshare: false })
      const steps = all.map((touched) => ({ touch: { clients: { sga: touched } } }))
      const { strategies } = timeline(workloadOf({ ...base, timeline: steps }), { name: 'test' }, [
        'as-described',
      ])
      const tables = strategies[0]?.steps.map(({ pageTables }) => pageTables?.bytes ?? 0) ?? []
      expect(tables).toHaveLength(all.length + 1)
      expect(tables).toEqual(tables.toSorted((a, b) => a - b))
    }),
    { numRuns: 30 },
  )
})

test('finds the first step with the most page tables, and with the least headroom', () => {
  const base = scenarioOf({ masters: 1, clients: 0, touched: 'all', mshare: false })
  const steps = [{ start: { clients: 10 } }, { start: { masters: 5 } }, { stop: { clients: 10 } }]
  const { strategies } = timeline(workloadOf({ ...base, timeline: steps }), { name: 'test' }, [
    'as-described',
  ])
  expect(strategies[0]?.peak).toEqual({ pageTables: 2, headroom: 2, risk: 0 })
})
