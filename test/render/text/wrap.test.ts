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
