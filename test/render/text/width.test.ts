import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../../src/render/text/width.ts'

describe('width on a terminal', () => {
  test.each([
    ['abc', 3],
    ['データ', 6],
    ['한국어', 6],
    ['🏎️', 2],
    ['😀', 2],
    ['e\u0301', 1],
    ['ﾃﾞ', 2],
    ['─', 1],
  ])('%s takes %d columns', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})
