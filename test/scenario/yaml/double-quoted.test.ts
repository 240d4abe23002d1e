import { expect, it } from 'vitest'
import { doubleQuoted } from '../../../src/scenario/yaml/double-quoted.ts'

it('escapes what would end the text, and what a terminal hides or obeys', () => {
  expect(doubleQuoted('a "b"\n')).toBe('"a \\"b\\"\\n"')
  expect(doubleQuoted('\u001b[31m')).toBe('"\\u001b[31m"')
  expect(doubleQuoted('\u009b\u202e')).toBe('"\\x9b\\u202e"')
  expect(doubleQuoted('\u{e0001}')).toBe('"\\U000e0001"')
})
