import { describe, expect, test } from 'vitest'
import { exactly, nothing, sumOf, times } from '../../src/units/estimate.ts'

const most = Number.MAX_SAFE_INTEGER

describe('an estimate', () => {
  const drawn = { least: 1, expected: 1.5, most: 4 }

  test('without chance is one number thrice', () => {
    expect(exactly(7)).toEqual({ least: 7, expected: 7, most: 7 })
  })

  test('adds up bound by bound', () => {
    expect(sumOf([drawn, exactly(2), drawn], 'tables')).toEqual({ least: 4, expected: 5, most: 10 })
  })

  test('of nothing is nothing', () => {
    expect(sumOf([], 'tables')).toEqual(nothing)
  })

  test('is multiplied bound by bound', () => {
    expect(times(drawn, 3, 'tables')).toEqual({ least: 3, expected: 4.5, most: 12 })
  })

  test('names the sum or product that leaves 2^53 − 1', () => {
    expect(() => sumOf([exactly(most), exactly(1)], 'pte tables')).toThrow('pte tables')
    expect(() => times(exactly(most), 2, 'pmd tables')).toThrow('pmd tables')
  })
})
