import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberAt, numberOf, textOfTick } from '../../src/units/ticks.ts'

describe('numbers in ticks', () => {
  it.each([
    ['1500', 'count', 1500],
    ['-5', 'count', -5],
    ['1e7', 'count', 10_000_000],
    ['1.5e3', 'count', 1500],
    ['4 KiB', 'bytes', 4096],
    ['10 pages', 'pages', 10],
    ['12.5%', 'percent', 125_000],
  ])('%s is read', (text, unit, tick) => expect(numberOf(text)).toEqual({ unit, tick }))

  it.each(['0660', '1.5', '1e99', 'x2', '', '12.34567%'])('%s is none', (text) =>
    expect(numberOf(text)).toBeUndefined(),
  )

  it('are read back as they are written', () => {
    const anyUnit = fc.constantFrom('count', 'bytes', 'pages', 'percent')
    fc.assert(
      fc.property(anyUnit, fc.nat(9_999_999), (unit, tick) => {
        expect(numberOf(textOfTick(unit, tick))).toEqual({ unit, tick })
      }),
    )
  })

  it('are told in their unit', () => {
    expect(numberAt('percent', 125_000)).toBe(12.5)
    expect(numberAt('pages', 7)).toBe(7)
  })
})
