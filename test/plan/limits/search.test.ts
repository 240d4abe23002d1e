import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastHolding, lastWithRoom } from '../../../src/plan/limits/search.ts'

describe('the last place that holds', () => {
  it('is found from any guess, and is nothing where not even the first holds', () => {
    const anySearch = fc.record({
      last: fc.nat(5000),
      end: fc.integer({ min: -1, max: 5000 }),
      guess: fc.integer({ min: -9000, max: 9000 }),
    })
    fc.assert(
      fc.property(anySearch, ({ last, end, guess }) => {
        const asked: number[] = []
        const holds = (place: number): boolean => {
          asked.push(place)
          return place <= end
        }
        const found = lastHolding(holds, last, guess)
        expect(found).toBe(end < 0 ? undefined : Math.min(end, last))
        expect(asked.every((place) => place >= 0 && place <= last)).toBe(true)
        expect(new Set(asked).size).toBe(asked.length)
        expect(asked.length).toBeLessThanOrEqual(2 * Math.log2(last + 2) + 3)
      }),
      { numRuns: 2000 },
    )
  })

  it('is found with two looks where the guess is right', () => {
    let looks = 0
    const holds = (place: number): boolean => {
      looks += 1
      return place <= 357
    }
    expect(lastHolding(holds, 4_194_304, 357)).toBe(357)
    expect(looks).toBe(2)
  })
})

describe('where the room that is left is known', () => {
  const looked = (
    roomAt: (place: number) => number,
    last: number,
    now: number,
    each?: number,
  ): number[] => {
    const asked: number[] = []
    lastWithRoom(
      (place) => {
        asked.push(place)
        return { holds: roomAt(place) >= 0, room: [roomAt(place)] }
      },
      last,
      [now],
      each,
    )
    return asked
  }

  it('a straight line takes two looks to see it, and two to prove its end', () => {
    expect(looked((place) => 1000 - 3 * place, 4_194_304, 10)).toEqual([10, 11, 333, 334])
    expect(looked((place) => 1000 - 3 * place, 4_194_304, 900)).toEqual([900, 899, 333, 334])
  })

  it('who knows how steep it is needs no look to see it', () => {
    expect(looked((place) => 1000 - 3 * place, 4_194_304, 10, 3)).toEqual([10, 333, 334])
    expect(looked((place) => 1000 - 3 * place, 4_194_304, 900, 3)).toEqual([900, 333, 334])
  })

  it('who is wrong about it finds the end all the same', () => {
    for (const each of [1e-9, 0.5, 2.9, 3.1, 1e9]) {
      for (const now of [10, 900]) {
        const asked = looked((place) => 1000 - 3 * place, 4_194_304, now, each)
        expect(asked).toContain(333)
        expect(asked).toContain(334)
        expect(asked.length).toBeLessThanOrEqual(6)
      }
    }
  })

  it('what no place has is asked of the best one, and then of no other', () => {
    expect(looked(() => -5, 4_194_304, 900)).toEqual([900, 899, 0])
  })
})
