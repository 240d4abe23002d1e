import { describe, expect, test } from 'vitest'
import { bytes } from '../../../src/units/quantity.ts'
import type { Gates } from '../../../src/workload/gates.ts'
import type { HostParts } from '../../build.ts'
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
