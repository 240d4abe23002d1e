import { expect, it } from 'vitest'
import { quoted, unquote } from '../../../src/cli/completion/shell-words.ts'

it.each([
  ['plain', 'plain', ''],
  [String.raw`a\ b`, 'a b', ''],
  ["'a b'.c", 'a b.c', ''],
  ["'a b", 'a b', "'"],
  ['x."a b', 'x.a b', '"'],
  [String.raw`"a\"b\n`, String.raw`a"b\n`, '"'],
  [String.raw`'a\'b`, String.raw`a\b`, ''],
  ['$HOME/$(touch x)', '$HOME/$(touch x)', ''],
  ['back\\', 'back\\', ''],
])('of %s the quotes are taken, and nothing is run', (word, value, open) => {
  expect(unquote(word)).toEqual({ value, open })
})

it.each([
  ['groups.clients.processes=', 'groups.clients.processes='],
  ['$(touch x) `y`; "z"', String.raw`\$\(touch\ x\)\ \`y\`\;\ \"z\"`],
  ["it's [0] \\ !", String.raw`it\'s\ \[0\]\ \\\ \!`],
  ['数 ü', '数\\ ü'],
])('%s is written so that a shell reads the same', (text, expected) => {
  expect(quoted(text, '')).toBe(expected)
  expect(unquote(quoted(text, ''))).toEqual({ value: text, open: '' })
  expect(unquote(`'${quoted(text, "'")}'`)).toEqual({ value: text, open: '' })
  expect(unquote(`"${quoted(text, '"')}"`)).toEqual({ value: text, open: '' })
})
