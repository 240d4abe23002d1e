import { describe, expect, test } from 'vitest'
import {
  autoAlignment,
  firstFit,
  inOrder,
  placeClaims,
  roundUp,
} from '../../src/workload/placement.ts'
import { x8664 } from '../build.ts'

const gibPages = 262_144
const middle = 2 ** 34

describe('mappings without an address', () => {
  test('follow one another from 2^46 on, each at a multiple of 1 GiB', () => {
    expect(autoAlignment(x8664)).toBe(gibPages)
    expect(placeClaims(x8664, [{ pages: 1 }, { pages: gibPages + 1 }, { pages: 5 }])).toEqual([
      middle,
      middle + gibPages,
      middle + 3 * gibPages,
    ])
  })

  test('skip ranges that an address takes, wherever in the file it is', () => {
    const claims = [{ pages: 10 }, { pages: 10, at: middle + 5 }, { pages: 10 }]
    expect(placeClaims(x8664, claims)).toEqual([
      middle + gibPages,
      middle + 5,
      middle + 2 * gibPages,
    ])
  })

  test('may end exactly where the address space ends', () => {
    const room = x8664.userPages - middle
    expect(placeClaims(x8664, [{ pages: room }])).toEqual([middle])
    expect(placeClaims(x8664, [{ pages: room + 1 }])).toEqual([undefined])
  })

  test('leave room for those behind one that does not fit', () => {
    expect(placeClaims(x8664, [{ pages: 2 ** 35 }, { pages: 1 }])).toEqual([undefined, middle])
  })
})

describe('the first fit', () => {
  test('is the first multiple after every range in its way', () => {
    const taken = inOrder([
      { from: 30, to: 41 },
      { from: 8, to: 12 },
    ])
    expect(firstFit(taken, 10, 10, 5, 100)).toBe(20)
    expect(firstFit(taken, 11, 10, 5, 100)).toBe(50)
    expect(firstFit(taken, 51, 10, 5, 100)).toBeUndefined()
  })
})

test('a number is rounded up to a multiple, and a multiple is not', () => {
  expect([roundUp(0, 8), roundUp(1, 8), roundUp(8, 8)]).toEqual([0, 8, 8])
})
