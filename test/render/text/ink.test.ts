import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worded } from '../../../src/render/text/ink.ts'
import { printable, printableAscii } from '../../../src/units/printable.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 80 })

describe('text from outside', () => {
  test.each([
    ['\u001b[31mred', '\\x1b[31mred'],
    ['bell\u0007 nul\u0000 del\u007f', 'bell\\x07 nul\\x00 del\\x7f'],
    ['line\nfeed\r\ttab', 'line\\x0afeed\\x0d\\x09tab'],
    ['csi\u009b', 'csi\\x9b'],
    ['rtl\u202eevil', 'rtl\\u202eevil'],
    ['isolate\u2066\u2069', 'isolate\\u2066\\u2069'],
    ['zero\u200b\u200d\ufeffwidth', 'zero\\u200b\\u200d\\ufeffwidth'],
    ['\u2028\u2029', '\\u2028\\u2029'],
    ['hidden\u{e0041}', 'hidden\\u{e0041}'],
    ['half \ud800', 'half \\ud800'],
    ['no\u00a0break', 'no\\xa0break'],
    ['データベース é 🏎️', 'データベース é 🏎️'],
  ])('%j is shown as %s', (text, shown) => {
    expect(printable(text)).toBe(shown)
  })

  test('nothing a terminal obeys or hides is left', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u)
        expect(printableAscii(text)).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })

  test('our own signs are spelled out where only ASCII is to be had', () => {
    const ascii = { color: false, unicode: false, width: 80 }
    expect(worded('⌊√(16·M)⌋ ≤ 2 × 3 − 1', ascii)).toBe('floor(sqrt(16*M)) <= 2 x 3 - 1')
  })
})

test('what is let through unseen is what the full rule lets through', () => {
  const invisible = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
  for (let code = 0; code <= 0xffff; code += 1) {
    const character = String.fromCodePoint(code)
    if (code === 0xfe0e || code === 0xfe0f) continue
    expect(invisible.test(character) && printable(character) === character).toBe(false)
  }
})
