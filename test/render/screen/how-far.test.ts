import { describe, expect, test } from 'vitest'
import { growthOf, howFar, reachText, whoGrows } from '../../../src/render/screen/how-far.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, planned, range, strategy, tib } from '../../build.ts'
import { resultOfText } from '../../plan/advice/applied.ts'
import { plain, pooled, server } from './servers.ts'

const said = (parts: WorkloadParts): string => howFar(planned(parts), plain)

describe('how far a server goes', () => {
  test('counts the group with over half of the page tables', () => {
    // (64 - 16 - 6.4) GiB / 33,628,160 B = 1,328.3; 48 GiB / 33,628,160 B = 1,532.6.
    const idle = { processes: 5 }
    const parts = server(200)
    expect(said({ ...parts, groups: { idle, ...parts.groups } })).toBe(
      'sessions: 200 now, safe up to 1,328, at most 1,532.',
    )
  })

  test('scales all groups alike where none has over half', () => {
    const half = { processes: 100, maps: [{ region: 'data' }] }
    // 1,328 and 1,532 of 200, by halves.
    expect(said({ ...server(0), groups: { north: half, south: half } })).toBe(
      'All groups together: ×1 now, safe up to ×6.64, at most ×7.66.',
    )
  })

  test('counts the processes of one copy where the group has copies', () => {
    const text = `
version: 1
host: { memory: 64 GB }
regions: { data: { size: 1 GB, backing: posix-shm } }
groups: { sessions: { copies: 4, processes: 100, maps: [{ region: data }] } }`
    expect(howFar(resultOfText(text), plain)).toMatch(
      /^sessions in each of 4 copies: 100 now, safe up to [\d,]+, at most [\d,]+\.$/,
    )
  })

  test('is memory alone where there is one process', () => {
    // (16 GiB + 33,628,160 B) / 0.9 = 17.81 GiB, rounded up.
    expect(said(server(1))).toBe('Safe from 17.9 GiB of memory.')
  })

  test('names memory beside processes only if it is not safe', () => {
    expect(said(server(200))).not.toContain('of memory')
    // (16 GiB + 1,400 * 33,628,160 B) / 0.9 = 66.50 GiB, rounded up.
    expect(said(server(1400))).toMatch(/, at most 1,532\. Safe from 66\.5 GiB of memory\.$/)
  })

  test('says until when nothing swaps, where there is swap', () => {
    expect(said(server(200, { host: { swap: 8 * gib } }))).toMatch(
      /^sessions: 200 now, safe up to 1,328, without swapping up to 1,532, at most 1,\d{3}\.$/,
    )
  })

  test('may be any number', () => {
    const parts = server(2, {
      host: { memory: 64 * tib },
      group: { maps: [{ region: 'data', touched: range(0, 256) }] },
    })
    expect(said(parts)).toBe('sessions: 2 now, safe with any number.')
  })

  test('may be less than one', () => {
    expect(said(server(200, { region: { size: 64 * gib } }))).toMatch(
      /^sessions: 200 now, even one does not fit\. Safe from /,
    )
  })

  test('may be safe with none', () => {
    // 4 of 64 GiB are left for page tables of 60 GiB: 123,162,624 B each.
    expect(said(server(200, { region: { size: 60 * gib } }))).toMatch(
      /^sessions: 200 now, safe with none, at most 34\. Safe from /,
    )
  })

  test('is not said of what cannot start with any number', () => {
    expect(said(pooled(8000))).toBe('')
  })

  test('quotes a name with a space or a colon', () => {
    const { groups = {} } = server(200)
    const all = groups['sessions'] ?? {}
    expect(said({ ...server(0), groups: { 'idle: many': all } })).toMatch(/^"idle: many": 200 now/)
    expect(said({ ...server(0), groups: { idle: all } })).toMatch(/^idle: 200 now/)
  })
})

test('a strategy has no growth to compare where there is one process', () => {
  expect(growthOf(strategy(planned(server(1)), 'as-described'))).toBeUndefined()
})

describe('a number of processes', () => {
  const one = { metric: 'processes', group: 'a', unit: 'processes', now: 3 } as const
  const all = { ...one, metric: 'allProcesses' } as const

  test('of one group is a count', () => {
    expect(reachText(one, { value: 26_496 })).toBe('26,496')
    expect(whoGrows(one, plain)).toBe('a')
    expect(whoGrows({ ...one, copies: 20 }, plain)).toBe('a in each of 20 copies')
  })

  test('of all groups is a multiple, rounded down', () => {
    expect(reachText(all, { value: 3 })).toBe('×1')
    expect(reachText(all, { value: 5 })).toBe('×1.66')
    expect(reachText(all, { value: 0 })).toBe('×0')
    expect(reachText(all, { value: 3000 })).toBe('×1,000.00')
  })
})
