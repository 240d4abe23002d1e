import { expect, test } from 'vitest'
import { parsePageList } from '../../../src/scenario/schema/page-list.ts'

test.each([
  ['0', [[0, 0]]],
  [
    '0,5,7-9',
    [
      [0, 0],
      [5, 5],
      [7, 9],
    ],
  ],
  [
    ' 9 , 8 - 8 ',
    [
      [9, 9],
      [8, 8],
    ],
  ],
  [
    '5,5,4-6',
    [
      [5, 5],
      [5, 5],
      [4, 6],
    ],
  ],
])('%j is runs of pages, in the order of the text', (text, runs) => {
  expect(parsePageList(text)).toEqual(runs)
})

test.each(['', ' ', ',', '1,', '9-7', '-1', '1-', '0x1', '1.5', '1 2', '9007199254740992'])(
  '%j is no list of pages',
  (text) => {
    expect(parsePageList(text)).toBeUndefined()
  },
)
