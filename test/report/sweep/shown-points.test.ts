import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shownOnPage } from '../../../src/report/sweep/shown-points.ts'

function shown(...lengths: readonly number[]): readonly number[] {
  const isShown = shownOnPage(lengths.map((length) => ({ length })))
  const all = lengths.reduce((product, length) => product * length, 1)
  return Array.from({ length: all }, (_, number) => number).filter(isShown)
}

it('all points of a small sweep are on the page', () => {
  expect(shown(100)).toHaveLength(100)
  expect(shown(40, 16)).toHaveLength(640)
})

it('of a large one a table of whole rows, with the ends of both axes', () => {
  const length = fc.integer({ min: 1, max: 300 })
  fc.assert(
    fc.property(length, length, (down, across) => {
      const numbers = shown(down, across)
      const rows = new Set(numbers.map((number) => Math.floor(number / across)))
      const columns = new Set(numbers.map((number) => number % across))
      expect(numbers).toHaveLength(rows.size * columns.size)
      expect([rows.size <= 41, columns.size <= 17]).toEqual([true, true])
      expect(numbers[0]).toBe(0)
      expect(numbers.at(-1)).toBe(down * across - 1)
    }),
  )
})
