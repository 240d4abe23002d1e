import { expect, test } from 'vitest'
import { isAtLeast, writeKernel } from '../../src/units/kernel-version.ts'

test.each([
  [6, 10, 6, 9, true],
  [6, 9, 6, 10, false],
  [6, 9, 6, 9, true],
  [7, 0, 6, 18, true],
  [5, 19, 6, 0, false],
])('Linux %i.%i is at least %i.%i: %s', (major, minor, thanMajor, thanMinor, expected) => {
  expect(isAtLeast({ major, minor }, { major: thanMajor, minor: thanMinor })).toBe(expected)
})

test('a release keeps the zero of its minor number', () => {
  expect(writeKernel({ major: 6, minor: 10 })).toBe('6.10')
})
