import { describe, expect, it } from 'vitest'
import { refusalIn, stopOf } from '../../../src/plan/strategy/stops.ts'
import { gib, mib, planned, strategy } from '../../build.ts'

describe('a plan does not start where', () => {
  it.each([
    ['huge pages are missing, whatever is promised', 1, 'never', false, 'huge-pages'],
    ['all promises together pass the limit', 0, 'never', false, 'commit-limit'],
    ['one request is refused', 0, 'heuristic', false, 'request'],
    ['nothing is: it starts', 0, 'heuristic', true, undefined],
  ] as const)('%s', (_, missingPages, mode, granted, refusal) => {
    expect(refusalIn({ pools: [{ missingPages }], commit: { mode, granted } })).toBe(refusal)
  })
})

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
