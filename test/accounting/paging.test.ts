import { describe, expect, test } from 'vitest'
import type { Paging } from '../../src/accounting/paging.ts'
import { entriesPerLeaf, linksAt, needAt, pagesPerLeaf } from '../../src/accounting/paging.ts'
import { layoutNamed, x8664 } from '../build.ts'

const base: Paging = { kind: 'base' }
const huge: Paging = { kind: 'huge', leaf: 'pmd', pages: 512, links: false }
const linked: Paging = { ...huge, links: true }
const thp: Paging = { kind: 'partly-huge', leaf: 'pmd' }
const window: Paging = { kind: 'window', linked: 'pud' }

describe('a mapping needs tables', () => {
  test.each<[string, Paging, string[]]>([
    ['on base pages at every level', base, ['all', 'all', 'all', 'all']],
    ['on huge pages from the level of their entries up', huge, ['none', 'all', 'all', 'all']],
    ['on linked huge pages at the edges of that level', linked, ['none', 'edges', 'all', 'all']],
    ['on THP of shmem below that level at the edges', thp, ['edges', 'all', 'all', 'all']],
    ['as a window of mshare above what it links', window, ['none', 'none', 'none', 'all']],
  ])('%s', (_, paging, needs) => {
    expect(x8664.levels.map(({ name }) => needAt(x8664, paging, name))).toEqual(needs)
  })

  test('of others only where hugetlb links its tables', () => {
    expect(x8664.levels.map(({ name }) => linksAt(linked, name))).toEqual([
      false,
      true,
      false,
      false,
    ])
    expect(linksAt(huge, 'pmd')).toBe(false)
  })
})

describe('a leaf', () => {
  test.each<[string, Paging, number]>([
    ['a base page', base, 1],
    ['as many base pages as the huge page has', huge, 512],
    ['what one entry maps, under THP', thp, 512],
    ['a base page, seen from a window', window, 1],
  ])('is %s', (_, paging, pages) => {
    expect(pagesPerLeaf(x8664, paging)).toBe(pages)
  })

  test('of contiguous entries takes several: 16 for 64 KiB on arm64', () => {
    const contiguous: Paging = { kind: 'huge', leaf: 'pte', pages: 16, links: false }
    expect(entriesPerLeaf(layoutNamed('arm64-4k-48'), contiguous)).toBe(16)
    expect(entriesPerLeaf(x8664, huge)).toBe(1)
  })
})
