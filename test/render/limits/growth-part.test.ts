import { describe, expect, test } from 'vitest'
import { findLimits } from '../../../src/plan/limits/find-limits.ts'
import { plan } from '../../../src/plan/plan.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { growthLegend, growthPart } from '../../../src/render/limits/growth-part.ts'
import { growthLines } from '../../../src/render/screen/growth-lines.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

const ink = { color: false, unicode: true, width: 80 }

/** Each process needs 1 MiB: 900 are safe in 1,000 MiB, 1,000 fit. */
function readingOf(growth: string, host = ''): Parameters<typeof plan> {
  const reading = readScenario(
    `version: 1
name: plain
host: { memory: 1000 MiB, minFree: 0 B${host} }
regions: { sga: { size: 2 MiB } }
groups:
  clients: { processes: 500, private: 1020 KiB, baseTables: 0 B, kernelMemory: 0 B, maps: [{ region: sga, touched: none }] }
growth: ${growth}
`,
    'plain.yaml',
  )
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return [reading.workload, reading]
}

function planned(growth: string): NonNullable<Result['growth']> {
  const result = plan(...readingOf(growth))
  if (result.growth === undefined) throw new Error('nothing grows')
  return result.growth
}

function sentence(growth: string, host?: string): string {
  const result = plan(...readingOf(growth, host))
  if (result.growth === undefined) throw new Error('nothing grows')
  return growthLines(result, result.growth, ink).join(' ')
}

describe('one sentence on the screen', () => {
  test('names the first day of each level; first days of a month are months', () => {
    const monthly = '{ from: 2026-12-01, groups.clients.processes: +40 per month }'
    expect(sentence(monthly)).toBe(
      'With groups.clients.processes +40 per month from December 2026: not safe from November 2027, out of memory from January 2028.',
    )
    expect(sentence(monthly, ', swap: 100 MiB')).toContain(
      'not safe from November 2027, swaps from January 2028, out of memory from April 2028.',
    )
  })

  test('names the day where it is another, and what else grows', () => {
    expect(
      sentence(
        '{ from: 2027-01-15, groups.clients.processes: +1000 per week, regions.sga.size: +1% per year }',
      ),
    ).toBe(
      'With groups.clients.processes +1000 per week and regions.sga.size +1% per year from 15 January 2027: out of memory from 22 January 2027.',
    )
  })

  test('counts what grows beside the first of three', () => {
    expect(
      sentence(
        '{ from: 2027-01-15, groups.clients.processes: +1000 per week, regions.sga.size: +1% per year, groups.clients.private: +1 MiB per year }',
      ),
    ).toContain('With groups.clients.processes +1000 per week and 2 others from 15 January 2027: ')
  })

  test('says until when it is safe at least', () => {
    expect(sentence('{ from: 2026-12-01, regions.sga.size: +1% per month }')).toContain(
      'from December 2026: safe until December 2076.',
    )
  })

  test('says what it is now, and when that is over', () => {
    expect(
      sentence(
        '{ from: 2026-12-01, until: 2027-09-01, groups.clients.processes: -50 per month }',
        ', reserve: 430 MiB',
      ),
    ).toContain('tight now, safe from January 2027.')
  })
})

describe('the table of limits', () => {
  function linesOf(growth: string, host?: string): readonly string[] {
    const [workload, about] = readingOf(growth, host)
    const result = findLimits(workload, about, {
      ...{ withGrowth: true, withCharts: true, isWanted: () => false },
      strategies: ['as-described', 'threads'],
    })
    expect(result.strategies[0]?.limits).toEqual([])
    if (result.growth === undefined) throw new Error('nothing grows')
    return growthPart(result.growth, true, ink)
  }

  test('has days, what has grown by then, and a picture by time', () => {
    const lines = linesOf('{ from: 2026-12-01, groups.clients.processes: +40 per month }')
    expect(lines.slice(0, 4)).toEqual([
      'Growth from December 2026: groups.clients.processes +40 per month (now 500)',
      'Strategy      Now   Not safe from  Dies from   By then',
      '──────────────────────────────────────────────────────',
      'as-described  safe  2027-11-01     2028-01-01    1,020',
    ])
    expect(lines.at(-1)).toBe('A as-described, threads')
    expect(lines.at(-2)).toMatch(/now +2027-04 .* 2028-01/)
  })

  test('says what would be too large, once, and until when it is planned', () => {
    const lines = linesOf('{ from: 2026-12-01, regions.sga.size: +50% per month }').join(' ')
    const [, until = '', rest = ''] = /-: not until (.*?)\. (After .*)\./.exec(lines) ?? []
    expect(until).toMatch(/^\w+ 20[2-6]\d$/)
    expect(rest).toBe('After that, regions.sga.size would exceed what is possible')
  })

  test('of several values does not say which is too large', () => {
    const growth =
      '{ from: 2026-12-01, regions.sga.size: +50% per month, host.memory: +50% per month }'
    expect(linesOf(growth).join(' ')).toContain(
      'After that, one of these values would exceed what is possible.',
    )
  })

  test('tells the end of each strategy that cannot be planned as long as the first', () => {
    const growth = planned('{ from: 2026-12-01, groups.clients.processes: +1 per month }')
    const ends = ['2030-01-01', '2031-01-01', '2031-01-01'].map((date, index) => ({
      ...growth.strategies[index],
      id: `s${index}`,
      end: { date, reason: index === 2 ? 'not-possible' : 'too-large' },
    }))
    const legend = growthLegend({ ...growth, strategies: ends as typeof growth.strategies })
    expect(legend).toContain('-: not until January 2030.')
    expect(legend).toContain(
      's1 can be planned until January 2031. s2 can be planned until January 2031.',
    )
    expect(legend).not.toContain('s0 can')
  })

  test('has columns for swap, and for what is safe again', () => {
    const [, , head, , , row] = linesOf(
      '{ from: 2026-12-01, until: 2036-12-01, groups.clients.processes: +120 per year, host.memory: +40% per year }',
      ', swap: 1 GiB, reserve: 900 MiB',
    )
    expect(head).toMatch(/Swaps from +Dies.* +Safe again/)
    expect(row).toMatch(/^as-described +swapping +2026-12-01 +2026-12-01/)
  })
})
