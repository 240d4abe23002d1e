import { expect, it } from 'vitest'
import { el, shown, textOf } from '../../../src/report/markup/markup.ts'

it('keeps lines and shows what is hidden in them', () => {
  expect(shown('a\n\u0007b')).toBe('a\n\\x07b')
})

it('gives the text of all that an element holds', () => {
  expect(textOf(el('p', {}, 'SAFE', [el('b', {}, '10 GiB'), 'left']))).toBe('SAFE 10 GiB left')
})
