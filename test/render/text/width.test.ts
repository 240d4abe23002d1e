import { describe, expect, it, test } from 'vitest'
import { cutLeft, cutLong, cutMiddle, displayWidth } from '../../../src/render/text/width.ts'

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

it.each([
  ['measured-hugetlb-links', 22, 'measured-hugetlb-links'],
  ['measured-hugetlb-links', 20, 'measured-h…tlb-links'],
  ['measured-hugetlb-links', 5, 'me…ks'],
  ['共有メモリ', 7, '共…モリ'],
  ['共有メモリ', 6, '共…リ'],
])('cuts %j to %i columns in the middle', (text, width, cut) => {
  expect(cutMiddle(text, width, '…')).toBe(cut)
  expect(displayWidth(cut)).toBeLessThanOrEqual(width)
})

it('cuts in the middle with a mark of three columns', () => {
  expect(cutMiddle('measured-hugetlb-links', 20, '...')).toBe('measured-...lb-links')
})

it.each([
  ['four', 4, 'four'],
  ['fours', 4, 'four…'],
  ['a😀b', 2, 'a…'],
  ['a😀b', 3, 'a😀…'],
])('%s is cut after %i characters to %s', (text, most, cut) => {
  expect(cutLong(text, most, '…')).toBe(cut)
})
