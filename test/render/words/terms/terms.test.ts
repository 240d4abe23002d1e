import { describe, expect, it } from 'vitest'
import { findTerm, termGroups, termNames } from '../../../../src/render/words/terms/terms.ts'

const terms = termGroups.flatMap((group) => group.terms)

function nameOf(word: string): string | undefined {
  return findTerm(word)?.name
}

describe('a term is found', () => {
  it.each([
    ['headroom', 'headroom'],
    ['Headroom', 'headroom'],
    ['Safe to', 'safe to'],
    ['safe-to', 'safe to'],
    ['safe_to', 'safe to'],
    ['page table', 'page tables'],
    ['pagetables', 'page tables'],
    ['page-tables', 'page tables'],
    ['ptes', 'pte'],
    ['VMA', 'VMAs'],
    ['vmpte', 'VmPTE'],
    ['Committed_AS', 'Committed_AS'],
    ['committed as', 'Committed_AS'],
    ['entry', 'entries'],
    ['process', 'processes'],
    ['min watermarks', 'min watermark'],
    ['min_free_kbytes', 'min watermark'],
    ['SWAPS', 'swapping'],
    ['OUT OF MEMORY', 'oom'],
    ['CANNOT START', 'cannot start'],
    ['no start', 'cannot start'],
    ['~', 'expected'],
    ['hugetlb-2m', 'hugetlb-…'],
    ['HUGETLB 1G', 'hugetlb-…'],
    ['thp-512m', 'thp-…'],
    ['asdescribed', 'as-described'],
    ['tables %', 'tables %'],
    ['Tables', 'tables'],
  ])('by %j', (word, name) => {
    expect(nameOf(word)).toBe(name)
  })

  it('as it is printed first: PageTables is a counter, page tables are memory', () => {
    expect(nameOf('PageTables')).toBe('PageTables')
    expect(nameOf('Page tables')).toBe('page tables')
    expect(nameOf('swap')).toBe('swap')
    expect(nameOf('swaps')).toBe('swapping')
  })

  it.each(['', ' ', 'headroomy', '__proto__', 'constructor', 'toString'])(
    'by no other word: %j',
    (word) => {
      expect(findTerm(word)).toBeUndefined()
    },
  )
})

describe('the terms', () => {
  it('are there', () => {
    expect(terms.length).toBeGreaterThan(90)
    expect(termNames.length).toBeGreaterThan(terms.length)
  })

  it('are each found by their name and by every other word for them', () => {
    const lost = terms.flatMap((term) =>
      [term.name, ...(term.also ?? [])]
        .filter((name) => findTerm(name) !== term)
        .map((name) => `${name}: ${nameOf(name)}, not ${term.name}`),
    )
    expect(lost).toEqual([])
  })

  it('are explained in one to four sentences', () => {
    const wrong = terms.filter(({ meaning }) => {
      const sentences = meaning.split(/(?<=[.])\s+(?=[A-Z0-9/~×]|pass|fail|none|host|error)/)
      return sentences.length > 4 || !meaning.endsWith('.')
    })
    expect(wrong.map(({ name }) => name)).toEqual([])
  })
})
