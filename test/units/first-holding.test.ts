import { expect, test } from 'vitest'
import { firstHolding } from '../../src/units/first-holding.ts'

test('is the first number at which something holds, wherever that is', () => {
  for (let first = 3; first <= 9; first += 1) {
    expect(firstHolding(3, 9, (number) => number >= first)).toBe(first)
  }
})

test('is the end where it holds nowhere, and asks nothing where there is nothing to ask', () => {
  expect(firstHolding(0, 5, () => false)).toBe(5)
  const asked: number[] = []
  expect(firstHolding(4, 4, (number) => asked.push(number) > 0)).toBe(4)
  expect(asked).toEqual([])
})

test('asks about as often as the range can be halved', () => {
  const asked: number[] = []
  firstHolding(0, 1_000_000, (number) => asked.push(number) > 0 && number >= 777_777)
  expect(asked.length).toBeLessThanOrEqual(20)
})
