import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CollectedFrame } from '../../../src/capture/archive/collected-pages.ts'
import { collectedPages } from '../../../src/capture/archive/collected-pages.ts'
import { frameBelow, lookUp } from '../../../src/capture/files/pagemap.ts'
import type { FolderTree } from '../../../src/capture/files/tree.ts'

const refused = { ok: false, path: 'proc/7/pagemap', reason: 'missing' } as const

function treeOf(text: string | undefined, frames = new Map<number, CollectedFrame>()): FolderTree {
  const pages = collectedPages((pid) => (pid === 7 ? text : undefined), frames)
  return {
    kind: 'folder',
    live: true,
    list: () => refused,
    stream: () => refused,
    link: () => refused,
    readAt: (path, position, target) =>
      pages(Number(path.split('/')[1]), position, target) ?? refused,
  }
}

function pagesIn(tree: FolderTree, start: number, pages: number): readonly number[] | 'refused' {
  const found: number[] = []
  const lookup = { path: 'proc/7/pagemap', start, pages, step: 1, reach: 512 }
  const touched = lookUp(tree, lookup, (page) => found.push(page))
  return 'ok' in touched ? 'refused' : found
}

describe('pages of a mapping', () => {
  it('are those of its line: without and with entries in turn', () => {
    const tree = treeOf('1024 10 0 1 1 2 6\n5000 3 1 2\n')
    expect(pagesIn(tree, 1024, 10)).toEqual([0, 2, 3])
    expect(pagesIn(tree, 5000, 3)).toEqual([1, 2])
  })

  it('are refused where no line has them, or one that does not add up', () => {
    expect(pagesIn(treeOf('1024 10 3 8\n'), 1024, 10)).toBe('refused')
    expect(pagesIn(treeOf('1024 10 x 10\n'), 1024, 10)).toBe('refused')
    expect(pagesIn(treeOf('1024 10 3 7\n'), 1020, 10)).toBe('refused')
    expect(pagesIn(treeOf(undefined), 1024, 1)).toBe('refused')
  })

  it('are found again, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 2, maxLength: 9 }),
        fc.integer({ min: 0, max: 2 ** 40 }),
        (runs, start) => {
          const pages = runs.reduce((sum, run) => sum + run, 0)
          fc.pre(pages > 0)
          const wanted = runs.flatMap((run, index) =>
            Array.from({ length: run }, () => index % 2 === 1),
          )
          const found = pagesIn(treeOf(`${start} ${pages} ${runs.join(' ')}\n`), start, pages)
          const expected = wanted.flatMap((isThere, page) => (isThere ? [page] : []))
          expect(found === 'refused' ? found : found.join()).toBe(expected.join())
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('the page of the stack that tells address spaces apart', () => {
  const frameOf = (number: number | undefined) =>
    frameBelow(treeOf('', new Map([[7, { page: 2000, number }]])), 'proc/7/pagemap', 2010)

  it('is mapped once, and has its number', () => {
    expect(frameOf(259)).toEqual({ number: '3.1.0.0.0.0.0', exclusive: true })
  })

  it('is mapped several times, where it has none', () => {
    expect(frameOf(undefined)).toEqual({ number: '1.0.0.0.0.0.0', exclusive: false })
  })
})
