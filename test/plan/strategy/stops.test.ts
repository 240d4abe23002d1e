import { describe, expect, it } from 'vitest'
import { stopOf } from '../../../src/plan/strategy/stops.ts'
import { gib, mib, planned, strategy } from '../../build.ts'

describe('a plan of 2 GiB of private memory on a machine of 1 GiB', () => {
  const planOf = (swap: number, lockedPrivate = 0) =>
    strategy(
      planned({
        host: { memory: gib, swap, minFree: 0, overcommit: { mode: 'always', ratio: 50 } },
        groups: { db: { processes: 2, private: gib, lockedPrivate } },
      }),
      'as-described',
    )

  it('is stopped by memory, with swap or without, at any better level', () => {
    expect(stopOf(planOf(0), 'swapping')).toEqual({ cause: 'memory' })
    expect(stopOf(planOf(4 * gib), 'tight')).toEqual({ cause: 'memory' })
  })

  it('is within swapping where swap holds the rest', () => {
    expect(stopOf(planOf(4 * gib), 'swapping')).toBeUndefined()
  })

  it('is stopped by what is unswappable where locked memory alone exceeds the machine', () => {
    expect(stopOf(planOf(4 * gib, 600 * mib), 'swapping')).toEqual({ cause: 'unswappable' })
  })
})
