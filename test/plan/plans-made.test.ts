import { describe, expect, test, vi } from 'vitest'
import { budgetOf } from '../../src/host/budget.ts'
import { limitsOf } from '../../src/plan/limits/limits.ts'
import { spansTouched } from '../../src/space/spans.ts'
import type { GroupParts } from '../build.ts'
import { gib, mib, planned, workload } from '../build.ts'

/* How the work grows, in steps: every plan makes one budget, and every table is found among spans. */
vi.mock(import('../../src/host/budget.ts'), async (original) => {
  const actual = await original()
  return { ...actual, budgetOf: vi.fn(actual.budgetOf) }
})
vi.mock(import('../../src/space/spans.ts'), async (original) => {
  const actual = await original()
  return { ...actual, spansTouched: vi.fn(actual.spansTouched) }
})

const [budgets, spans] = [vi.mocked(budgetOf), vi.mocked(spansTouched)]

function groups(count: number, processes = 10): Record<string, GroupParts> {
  const maps = [{ region: 'pool' }]
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `g${index}`,
      { processes: processes + index, private: 8 * mib, maps },
    ]),
  )
}

const regions = { pool: { size: gib } }
function plansOf(count: number, memory: number, processes?: number): number {
  budgets.mockClear()
  planned({ host: { memory }, regions, groups: groups(count, processes) })
  return budgets.mock.calls.length
}

describe('the plans that one plan makes', () => {
  test('are about as many for 32 groups as for 4', () => {
    const few = plansOf(4, 64 * gib)
    expect(few).toBeGreaterThan(10)
    expect(plansOf(32, 64 * gib)).toBeLessThan(1.3 * few)
  })

  test('are far fewer than groups where the machine is out of memory without any of them', () => {
    const few = plansOf(4, gib, 1000)
    expect(plansOf(48, gib, 1000)).toBeLessThan(1.3 * few)
  })
})

describe('limits of one strategy', () => {
  const limits = (count: number): { readonly plans: number; readonly tables: number } => {
    budgets.mockClear()
    spans.mockClear()
    const asked = workload({ regions, groups: groups(count) })
    limitsOf(asked, ['base-pages'], ({ metric }) => metric === 'processes')
    return { plans: budgets.mock.calls.length, tables: spans.mock.calls.length }
  }

  test('need one plan more for each number that is asked, where the outcome is a line', () => {
    for (const count of [1, 4, 16]) expect(limits(count).plans).toBe(count + 1)
  })

  test('count the tables of a group once, however many plans are made', () => {
    const levels = 3
    const [few, many] = [limits(4), limits(16)]
    expect(many.plans).toBeGreaterThan(3 * few.plans)
    for (const [count, { tables: found }] of [
      [4, few],
      [16, many],
    ] as const) {
      // And the pages of the region, once.
      expect(found).toBe(levels * count + 1)
    }
  })
})
