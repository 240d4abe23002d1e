import { expect, it } from 'vitest'
import { frameOf, xOf, yOf } from '../../../src/report/pictures/frame.ts'

const log = frameOf({ scale: 'log', from: 10, to: 1000 }, 1.25)

it('halfway along a logarithmic axis of 10 to 1000 are 100', () => {
  expect([10, 100, 1000].map((value) => xOf(value, log))).toEqual([78, 478, 878])
})

it('what no logarithmic axis has is at its left end: no process runs', () => {
  expect(xOf(0, log)).toBe(78)
})

it('four fifths of the height are all memory, where a quarter more is shown', () => {
  expect(yOf(1, log)).toBe(80.8)
})
