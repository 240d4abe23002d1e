import { expect, test } from 'vitest'
import { belowNormal, normalQuantile } from '../../../src/plan/ranges/normal.ts'

// Abramowitz and Stegun, table 26.1.
test.each([
  [0, 0.5],
  [1, 0.841344746068543],
  [-1, 0.158655253931457],
  [2, 0.977249868051821],
  [3, 0.99865010196837],
  [-5, 2.866515718791939e-7],
  [40, 1],
  [-40, 0],
])('of the normal distribution, the part below %d is %d', (z, part) => {
  expect(belowNormal(z)).toBeCloseTo(part, 13)
})

test.each([
  [0.5, 0],
  [0.95, 1.6448536269514722],
  [0.05, -1.6448536269514722],
  [0.975, 1.9599639845400545],
  [1e-12, -7.034483825301132],
])('a part of %d of the normal distribution is below %d', (part, z) => {
  expect(normalQuantile(part)).toBeCloseTo(z, 5)
})

test('a quantile and the part below it belong together', () => {
  for (let part = 0.001; part < 1; part += 0.0173) {
    expect(belowNormal(normalQuantile(part))).toBeCloseTo(part, 12)
  }
})
