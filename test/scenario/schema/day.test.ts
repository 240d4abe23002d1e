import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { isDay } from '../../../src/scenario/schema/day.ts'

test.each([
  ['2027-01-31', true],
  ['2027-04-30', true],
  ['2027-04-31', false],
  ['2028-02-29', true],
  ['2027-02-29', false],
  ['2100-02-29', false],
  ['2000-02-29', true],
  ['2027-13-01', false],
  ['2027-00-01', false],
  ['2027-01-00', false],
  ['2027-1-1', false],
  ['2027-01-31T00:00:00Z', false],
  ['31.01.2027', false],
  ['2027-01-31\n', false],
  ['', false],
])('%j is a day: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected)
  expect(z.iso.date().safeParse(text).success).toBe(expected)
})
