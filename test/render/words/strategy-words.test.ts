import { expect, it } from 'vitest'
import { underStrategy } from '../../../src/render/words/strategy-words.ts'
import { mib } from '../../build.ts'

it('a strategy is said in words, with the size of its pages', () => {
  const said = [
    underStrategy({ id: 'hugetlb-2m', kind: 'hugetlb', pageBytes: 2 * mib }),
    underStrategy({ id: 'thp-2m', kind: 'thp', pageBytes: 2 * mib }),
    underStrategy({ id: 'threads', kind: 'threads' }),
    underStrategy({ id: 'base-pages', kind: 'base' }),
    underStrategy({ id: 'mshare', kind: 'mshare' }),
  ]
  expect(said).toEqual([
    'on huge pages of 2 MiB',
    'on transparent huge pages of 2 MiB',
    'with threads',
    'on base pages',
    'with mshare',
  ])
})

it('a strategy of another layout has only its id', () => {
  expect(underStrategy({ id: 'hugetlb-16g' })).toBe('under hugetlb-16g')
})
