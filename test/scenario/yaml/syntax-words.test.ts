import { expect, test } from 'vitest'
import { places, suggestions } from '../reading.ts'

test.each([
  ['a bracket without its end', 'a: [1\n', 'a `[` before this is not closed'],
  ['a brace without its end', 'a: { b: 1\n', 'a `{` before this is not closed'],
  ['two values without a comma', 'a: { "b" "c" }\n', 'a comma is missing before this'],
  ['a tab for indentation', 'a:\n\tb: 1\n', 'tabs are not allowed as indentation'],
  ['a key behind a key', 'a: b: c\n', 'this value continues on a line that has a key'],
])('%s is told without the words of the grammar', (_, text, message) => {
  const [first = ''] = places(text)
  expect(first).toMatch(/^\d+:\d+ neither YAML nor JSON: /)
  expect(first.replace(/^.*JSON: /, '')).toBe(message)
})

test('a remedy comes with the message', () => {
  expect(suggestions('a:\n\tb: 1\n')).toEqual(['indent with spaces'])
})
