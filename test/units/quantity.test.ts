import { describe, expect, test } from 'vitest'
import { bytes, count, pages, QuantityError, within53Bits } from '../../src/units/quantity.ts'

const most = Number.MAX_SAFE_INTEGER

describe('a quantity', () => {
  test('may be as large as 2^53 − 1', () => {
    expect([bytes(most), pages(most), count(0)]).toEqual([most, most, 0])
  })

  test('past that is refused under its name, never rounded', () => {
    expect(() => bytes(most + 1, 'page tables')).toThrow(
      new QuantityError('page tables', 'too-large'),
    )
    expect(() => bytes(Number.POSITIVE_INFINITY)).toThrow(QuantityError)
  })

  test.each([-1, 0.5, Number.NaN])('of %d is our own mistake', (value) => {
    expect(() => count(value, 'processes')).toThrow(RangeError)
  })

  test('on its way to a total may be an expectation, of either sign', () => {
    expect([within53Bits(0.5, 'faults'), within53Bits(-most, 'faults')]).toEqual([0.5, -most])
  })

  test.each([most + 1, -most - 1])('on its way to a total may not be %d', (value) => {
    expect(() => within53Bits(value, 'faults')).toThrow(new QuantityError('faults', 'too-large'))
  })
})
