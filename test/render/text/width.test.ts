import { describe, expect, it, test } from 'vitest'
import { cutLeft, displayWidth } from '../../../src/render/text/width.ts'

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

it.each([
  ['hosts/a.yaml', 12, 'hosts/a.yaml'],
  ['hosts/a.yaml', 8, '…/a.yaml'],
  ['共有/共有', 4, '…有'],
])('cuts %j to %i columns on the left', (text, width, cut) => {
  expect(cutLeft(text, width, '…')).toBe(cut)
})
