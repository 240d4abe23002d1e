import { describe, expect, test } from 'vitest'
import { inProcess } from '../../src/accounting/arrangement.ts'
import {
  basePagesTouched,
  edgesOf,
  leafPages,
  leavesTouched,
  wholeOf,
} from '../../src/accounting/leaf-pages.ts'
import type { Paging } from '../../src/accounting/paging.ts'
import { range, x8664 } from '../build.ts'
import { mapped, onHugePages } from './mapped.ts'

const thp: Paging = { kind: 'partly-huge', leaf: 'pmd' }
// Pages 500 to 1600: the spans of 512 pages that fit are 512–1023 and 1024–1535.
const access = inProcess(mapped(500, 1100), 1)
const ends = [
  { from: 500, to: 512 },
  { from: 1536, to: 1600 },
]

describe('the leaves of a mapping that starts 12 pages before a huge page', () => {
  test('are base pages at its edges, and the huge pages that fit between them, under THP', () => {
    expect(leavesTouched(x8664, thp, [access], 'leaves')).toEqual({ whole: 2, edges: 12 + 64 })
    expect(leafPages(x8664, thp, [access], 'leaves')).toBe(78)
  })

  test('are all its pages on base pages', () => {
    expect(leavesTouched(x8664, { kind: 'base' }, [access], 'leaves')).toEqual({
      whole: 1100,
      edges: 0,
    })
  })

  test('lie before and behind whole spans', () => {
    expect(edgesOf(access, 512).map(({ within }) => within)).toEqual(ends)
    expect(wholeOf(access, 512).map(({ within }) => within)).toEqual([{ from: 512, to: 1536 }])
  })

  test('are all at the edges where no span fits', () => {
    const small = inProcess(mapped(500, 20), 1)
    expect(edgesOf(small, 512).map(({ within }) => within)).toEqual([
      { from: 500, to: 512 },
      { from: 512, to: 520 },
    ])
    expect(wholeOf(small, 512)).toEqual([])
  })
})

describe('memory behind what is touched', () => {
  test('is a whole transparent huge page for one byte of it', () => {
    const one = inProcess(mapped(0, 1024, { touched: range(3, 1) }), 1)
    expect(basePagesTouched(x8664, thp, [one], 'pages')).toEqual([512])
  })

  test('is the first one’s where several touch it', () => {
    const other = inProcess(mapped(1000, 700), 1)
    // Pages 500 to 1599 are the first’s, and 1600 to 1699 are left to the second.
    expect(basePagesTouched(x8664, { kind: 'base' }, [access, other], 'pages')).toEqual([1100, 100])
  })

  test('is a huge page for each that hugetlb enters', () => {
    const hugetlb = inProcess(mapped(0, 1024, { paging: onHugePages, touched: range(511, 2) }), 1)
    expect(basePagesTouched(x8664, onHugePages, [hugetlb], 'pages')).toEqual([1024])
  })
})
