import { describe, expect, it } from 'vitest'
import type { Limit } from '../../src/plan/result/limit-result.ts'
import type { LimitChart, LimitsResult } from '../../src/plan/result/limits-result.ts'
import { renderLimits } from '../../src/render/limits.ts'

const plain = { color: false, unicode: true, width: 80 }
const scenario = { name: 'Orders', file: 'orders.yaml', fingerprint: '' }
const last = { value: 1700, next: 'oom', cause: 'memory' } as const
const sessions = { metric: 'processes', group: 'clients', unit: 'processes', now: 1500 } as const
const limit: Limit = { ...sessions, safe: { value: 1600 }, tight: last, swapping: last }
const memory: Limit = { metric: 'memory', unit: 'bytes', now: 2 ** 39 }

const chart: LimitChart = {
  ...sessions,
  axis: { scale: 'linear', from: 0, to: 1870 },
  curves: [
    {
      strategy: 'mshare',
      points: [0, 1700, 1870].map((value) => ({
        value,
        usedBytes: value,
        ofBytes: 1700,
        level: 'safe',
      })),
    },
  ],
}

function resultOf(more: Partial<LimitsResult> = {}): LimitsResult {
  const strategy = { id: 'mshare', status: 'proposed', level: 'safe' } as const
  return {
    schema: 'mshare-plan/limits/1',
    scenario,
    strategies: [{ ...strategy, limits: [limit, memory] }],
    refused: [],
    ...more,
  }
}

describe('limits', () => {
  it('have one table for each question, and say once what their columns mean', () => {
    expect(renderLimits(resultOf(), plain).split('\n')).toEqual([
      'Orders',
      'orders.yaml',
      '',
      'Most processes of clients (now 1,500)',
      'Strategy           Now   Safe to  At most  Stopped by',
      '─────────────────────────────────────────────────────',
      'mshare (proposed)  safe    1,600    1,700  memory',
      '',
      'Least memory of the host (now 512.0 GiB)',
      'Strategy           Now   Safe from  At least  Stopped by',
      '────────────────────────────────────────────────────────',
      'mshare (proposed)  safe          -         -  unknown',
      '',
      'Now: the risk of the scenario as written. Safe to, Safe from: a tenth of memory',
      'stays free. At most, At least: the last value that runs; one process or page',
      'more, or one page less memory, does not. proposed: in no released kernel.',
      '',
    ])
  })

  it('have a picture under the table of its question', () => {
    const text = renderLimits(resultOf({ charts: [chart] }), plain)
    expect(text).toMatch(
      /1,700 {2}memory\n\nMemory in use, by processes of clients\n(?:.*\n)+A mshare \(proposed\)\n\nLeast memory/,
    )
    expect(text.replaceAll('\n', ' ')).toContain('Each letter marks the last value that runs.')
  })

  it('have no picture where a line is shorter than 60 columns', () => {
    const result = resultOf({ charts: [chart] })
    expect(renderLimits(result, { ...plain, width: 59 })).toBe(
      renderLimits(resultOf(), { ...plain, width: 59 }),
    )
    expect(renderLimits(result, { ...plain, width: 60 })).toContain('Memory in use')
  })

  it('say once why a strategy is not possible, and also where nothing else is', () => {
    const obstacles = [{ kind: 'page-size' }] as const
    const refused = (['hugetlb-2m', 'hugetlb-1g'] as const).map(
      (id) => ({ id, status: 'mainline', applies: false, obstacles }) as const,
    )
    expect(renderLimits(resultOf({ strategies: [], refused }), plain).split('\n')).toEqual([
      'Orders',
      'orders.yaml',
      '',
      'hugetlb-2m, hugetlb-1g: not possible; this machine has no huge pages of that',
      'size.',
      '',
    ])
  })
})
