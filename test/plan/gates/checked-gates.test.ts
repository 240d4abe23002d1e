import { describe, expect, it } from 'vitest'
import { checkedGates, comparedGates } from '../../../src/plan/gates/checked-gates.ts'
import { bytes } from '../../../src/units/quantity.ts'

const strategy = 'as-described'
const oneGib = { kind: 'bytes', bytes: bytes(2 ** 30) } as const
const tenth = { kind: 'fraction', fraction: 0.1 } as const

describe('the gates of check', () => {
  it('fail a server that has to swap, unless one says how much memory is enough', () => {
    expect(checkedGates({ strategy })).toEqual({ strategy, risk: 'tight' })
    expect(checkedGates({ strategy, findings: 'error', growth: [tenth] })).toMatchObject({
      risk: 'tight',
    })
  })

  it.each([{ risk: 'oom' }, { headroom: tenth }, { pageTables: oneGib }] as const)(
    'are those of the scenario where one does: %j',
    (gate) => {
      expect(checkedGates({ strategy, ...gate })).toEqual({ strategy, ...gate })
    },
  )
})

describe('page tables that are compared', () => {
  it('may not grow by a byte', () => {
    const nothing = [{ kind: 'bytes', bytes: 0 }]
    expect(comparedGates({ strategy }, true)).toEqual({ strategy, growth: nothing })
  })

  it('may grow as far as a gate says, and at will where nothing is compared', () => {
    expect(comparedGates({ strategy, growth: [tenth] }, true)).toEqual({
      strategy,
      growth: [tenth],
    })
    expect(comparedGates({ strategy }, false)).toEqual({ strategy })
  })
})
