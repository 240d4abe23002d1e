import fc from 'fast-check'
import { expect, test } from 'vitest'
import { places, suggestions } from '../reading.ts'

test.each([
  ['a bracket without its end', 'a: [1\n', 'a `[` before this is not closed'],
  ['a brace without its end', 'a: { b: 1\n', 'a `{` before this is not closed'],
  ['two values without a comma', 'a: { "b" "c" }\n', 'a comma is missing before this'],
  ['a tab for indentation', 'a:\n\tb: 1\n', 'tabs are not allowed as indentation'],
  ['a list behind a key', 'a: - - -\n', 'a list with `-` cannot begin here'],
  ['two JSON documents', '{\n"a": 1\n}\n{\n"a": 2\n}\n', 'a second document begins here'],
  ['two JSON documents with 0x1e', '{"a": 1}\n\x1e{"a": 2}\n', 'a second document begins here'],
  ['a directive alone', '%YAML 1.2\na: 1\n', 'a line `---` must follow lines with `%`'],
  ['keys on the line of a marker', '--- a: 1\n', 'this must begin on the line below `---`'],
  ['a word behind a brace', '{ a: 1 } b\n', 'unexpected `b`'],
  ['a key behind a key', 'a: b: c\n', 'this value continues on a line that has a key'],
])('%s is told without the words of the grammar', (_, text, message) => {
  const [first = ''] = places(text)
  expect(first).toMatch(/^\d+:\d+ neither YAML nor JSON: /)
  expect(first.replace(/^.*JSON: /, '')).toBe(message)
})

test('a remedy comes with the message', () => {
  expect(suggestions('a:\n\tb: 1\n')).toEqual(['indent with spaces'])
})

test.each(['{\n"a": 1\n}\n{\n"a": 2\n}\n', 'a: - - -\n', '{"a": 1}\n\x1e{"a": 2}\n'])(
  'what follows from a mistake is not told: %j',
  (text) => {
    expect(places(text)).toHaveLength(1)
  },
)

/** In pieces of YAML of all kinds, in any order. */
const pieces = [
  'a: ',
  'b',
  '- ',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '"',
  "'",
  '\n',
  '  ',
  '? ',
  '&x ',
  '*x',
  '|',
  '%Y',
  '!t ',
]

test('no message names a token of the parser', () => {
  const text = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(text, (parts) => {
      for (const place of places(parts.join(''))) {
        expect(place).not.toMatch(/-(?:ind|start|end|scalar|sep|map|seq)\b|token/)
      }
    }),
  )
})
