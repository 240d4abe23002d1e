import { expect, test } from 'vitest'
import { escapeUnprintable, printable, printableAscii } from '../../src/units/printable.ts'

test.each([
  ['plain text and umlauts: größer', 'plain text and umlauts: größer'],
  ['a colour \u001b[31m', 'a colour \\x1b[31m'],
  ['right to left \u202e', 'right to left \\u202e'],
  ['zero width \u200b', 'zero width \\u200b'],
  ['a new\nline', 'a new\\x0aline'],
  ['no-break\u00a0space', 'no-break\\xa0space'],
  ['a lone \ud800', 'a lone \\ud800'],
  ['private use \u{10ffff}', 'private use \\u{10ffff}'],
  ['an emoji ❤\ufe0f', 'an emoji ❤\ufe0f'],
])('%j is printed as %s', (text, expected) => {
  expect(printable(text)).toBe(expected)
})

test('in ASCII what is not ASCII is escaped too', () => {
  expect(printableAscii('größer \u{1f600}')).toBe('gr\\xf6\\xdfer \\u{1f600}')
})

test('a caller may choose its own escape', () => {
  expect(escapeUnprintable('a\tb', () => '?')).toBe('a?b')
})
