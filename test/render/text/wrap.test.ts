import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../../src/render/text/width.ts'
import { hanging, wrap } from '../../../src/render/text/wrap.ts'
import { printable } from '../../../src/units/printable.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 80 })

describe('wrapped text', () => {
  test('breaks between words', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three'])
  })

  test('keeps a number and its unit on one line', () => {
    expect(wrap('memory of 512 GiB', 14)).toEqual(['memory of', '512 GiB'])
    expect(wrap('that is 172 %, or', 12)).toEqual(['that is', '172 %, or'])
    expect(wrap('the 3 Bears', 6)).toEqual(['the 3', 'Bears'])
  })

  test('keeps a short name in quotes on one line', () => {
    expect(wrap('one of "idle backends"', 18)).toEqual(['one of', '"idle backends"'])
  })

  test('hangs from its prefix', () => {
    expect(hanging('Next: ', 'one two three', 14)).toEqual(['Next: one two', '      three'])
  })

  test('no line is wider than asked for, and no character is lost', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(printable(text), width)
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(printable(text).replaceAll(' ', ''))
      }),
    )
  })
})
