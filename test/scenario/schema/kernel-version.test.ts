import { expect, test } from 'vitest'
import { parseKernel } from '../../../src/scenario/schema/kernel-version.ts'

test.each([
  ['6.10', 6, 10],
  ['6.1', 6, 1],
  [' 4.15 ', 4, 15],
  ['5.15.0-105-generic', 5, 15],
  ['6.8-rc1', 6, 8],
  ['6.6+', 6, 6],
  ['5.14.0~el9', 5, 14],
])('%j is a release', (text, major, minor) => {
  expect(parseKernel(text)).toEqual({ major, minor })
})

test.each(['6', '', 'v6.1', 'six', '6.x', '12345.1', '6.1 generic', '-6.1'])(
  '%j is none',
  (text) => {
    expect(parseKernel(text)).toBeUndefined()
  },
)
