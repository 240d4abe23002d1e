import { expect, it } from 'vitest'
import { printedCount, printedKib } from '../../../src/capture/printed/printed-number.ts'

it('reads sizes in KiB, with a unit, a point or a comma', () => {
  expect(['91204', '1.5g', '1,5Gi', '512M', '2048B'].map((word) => printedKib(word))).toEqual([
    91_204, 1_572_864, 1_572_864, 524_288, 2,
  ])
})

it('takes a number without a unit as one of the unit that is given', () => {
  expect(printedKib('16', 'G')).toBe(16 * 1024 ** 2)
})

it('refuses what is no size, and what is past 2^53 bytes', () => {
  const words = ['', '-', '1.5.1', 'x', '-1', '1e9', '9007199254740993', '8192P', undefined]
  for (const word of words) expect(printedKib(word)).toBeUndefined()
})

it('reads whole numbers up to 2^53 - 1', () => {
  expect(printedCount('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  for (const word of ['9007199254740992', '1.0', '-1', '', undefined]) {
    expect(printedCount(word)).toBeUndefined()
  }
})
