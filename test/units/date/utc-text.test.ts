import { expect, it } from 'vitest'
import { utcText } from '../../../src/units/date/utc-text.ts'

it.each([
  [0, '1970-01-01 00:00:00 UTC'],
  [951_782_400, '2000-02-29 00:00:00 UTC'],
  [951_868_800, '2000-03-01 00:00:00 UTC'],
  [1_735_689_599, '2024-12-31 23:59:59 UTC'],
  [1_773_285_247, '2026-03-12 03:14:07 UTC'],
  [4_107_542_400, '2100-03-01 00:00:00 UTC'],
  [253_402_300_799, '9999-12-31 23:59:59 UTC'],
])('%d seconds after 1970 are a date', (seconds, text) => {
  expect(utcText(seconds)).toBe(text)
})

it('what is no date has no text', () => {
  for (const seconds of [-1, 0.5, Number.NaN, 253_402_300_800]) expect(utcText(seconds)).toBe('')
})
