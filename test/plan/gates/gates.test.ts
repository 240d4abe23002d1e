import { describe, expect, it, test } from 'vitest'
import { bytes } from '../../../src/units/quantity.ts'
import type { Gates } from '../../../src/workload/gates.ts'
import type { HostParts, WorkloadParts } from '../../build.ts'
import { gib, planned } from '../../build.ts'

/** 1000 bytes short of 90 % of memory are used up: headroom is 10 % and 1000 bytes. */
const host: HostParts = { memory: 100 * gib, minFree: 0, reserves: { held: 90 * gib - 1000 } }

function judged(gates: Partial<Gates>, strategies?: readonly string[]) {
  const { gates: results, verdict } = planned({
    host,
    gates,
    ...(strategies === undefined ? {} : { strategies }),
  })
  return { results, verdict }
}

const fraction = (share: number) => ({ kind: 'fraction', fraction: share }) as const

const exactly = (amount: number) => ({ kind: 'bytes', bytes: bytes(amount) }) as const

describe('gates', () => {
  test('without any there is no verdict', () => {
    expect(judged({})).toEqual({ results: [], verdict: 'none' })
  })

  test('on headroom hold at the limit and not a byte below', () => {
    expect(judged({ headroom: exactly(10 * gib + 1000) })).toMatchObject({
      results: [{ metric: 'headroom', actual: 10 * gib + 1000, margin: 0, holds: true }],
      verdict: 'pass',
    })
    expect(judged({ headroom: exactly(10 * gib + 1001) })).toMatchObject({
      results: [{ margin: -1, holds: false }],
      verdict: 'fail',
    })
  })

  test('as shares refer to host memory', () => {
    expect(judged({ headroom: fraction(0.1) }).results).toMatchObject([
      { limit: 10 * gib, margin: 1000, unit: 'bytes' },
    ])
    expect(judged({ pageTables: fraction(0.05) }).results).toMatchObject([
      { limit: 5 * gib, actual: 0, margin: 5 * gib },
    ])
  })

  test('as shares that are no whole bytes are rounded to the strict side', () => {
    const third = fraction(1 / 3)
    const memory = 100 * gib
    expect(
      judged({ headroom: third, pageTables: third }).results.map(({ limit }) => limit),
    ).toEqual([Math.ceil(memory / 3), Math.floor(memory / 3)])
  })

  test('on risk hold up to their level, margins counted in levels', () => {
    expect(judged({ risk: 'tight' }).results).toMatchObject([
      { metric: 'risk', limit: 'tight', actual: 'safe', margin: 1, unit: 'level', holds: true },
    ])
    expect(judged({ risk: 'safe' }).results).toMatchObject([{ margin: 0, holds: true }])
  })

  test('all have to hold', () => {
    expect(judged({ risk: 'oom', pageTables: exactly(0) }).verdict).toBe('pass')
    expect(judged({ risk: 'oom', headroom: exactly(11 * gib) }).verdict).toBe('fail')
  })

  test('plan the strategy they judge, asked for or not', () => {
    const { results } = judged({ strategy: 'threads', risk: 'safe' }, ['base-pages'])
    expect(results).toMatchObject([{ strategy: 'threads', holds: true }])
  })

  test('on a strategy that cannot be planned do not hold, as no data is no pass', () => {
    const { results, verdict } = judged({
      strategy: 'mshare',
      risk: 'oom',
      headroom: exactly(0),
      pageTables: exactly(gib),
    })
    expect(results.map(({ holds, actual, margin }) => [holds, actual, margin])).toEqual([
      [false, undefined, undefined],
      [false, undefined, undefined],
      [false, undefined, undefined],
    ])
    expect(verdict).toBe('fail')
  })
})

const gates = {
  risk: 'safe',
  headroom: { kind: 'fraction', fraction: 0.1 },
  pageTables: { kind: 'fraction', fraction: 0.5 },
} as Partial<Gates>

const of = (
  size: number,
  overcommit: { mode: 'heuristic' | 'never' | 'always'; ratio: number },
) => {
  const parts: WorkloadParts = {
    host: { memory: 64 * gib, overcommit },
    regions: { segment: { size, backing: 'sysv-shm' } },
    groups: {
      clients: {
        maps: [{ region: 'segment', touched: { kind: 'ranges', ranges: [] } }],
      },
    },
    gates,
  }
  return planned(parts)
}

describe('a gate on what the kernel refuses', () => {
  it.each([
    ['one request above RAM and swap', of(80 * gib, { mode: 'heuristic', ratio: 50 }), 'request'],
    ['more than CommitLimit', of(40 * gib, { mode: 'never', ratio: 50 }), 'commit-limit'],
  ])('does not hold: %s', (_, { verdict, gates: judged, strategies }, reason) => {
    const [described] = strategies
    expect(described?.applies && described.risk.level).toBe('safe')
    expect(verdict).toBe('fail')
    expect(judged.map(({ metric, holds }) => [metric, holds])).toEqual([
      ['risk', false],
      ['headroom', false],
      ['pageTables', false],
    ])
    for (const gate of judged) {
      expect(gate.reason).toBe(reason)
      expect(gate).not.toHaveProperty('actual')
    }
  })

  it('holds where the kernel refuses nothing', () => {
    const { verdict, gates: judged } = of(80 * gib, { mode: 'always', ratio: 50 })
    expect(verdict).toBe('pass')
    expect(judged.every((gate) => gate.reason === undefined)).toBe(true)
  })
})
