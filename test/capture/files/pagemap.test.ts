import { describe, expect, it } from 'vitest'
import { frameBelow, lookUp } from '../../../src/capture/files/pagemap.ts'
import { memoryTree } from '../memory-tree.ts'

const [present, swapped, exclusive] = [2n ** 63n, 2n ** 62n, 2n ** 56n]

function treeOf(entries: readonly bigint[]) {
  const bytes = new Uint8Array(new BigUint64Array(entries).buffer)
  return memoryTree(new Map([['proc/7/pagemap', bytes]]), '')
}

const lookup = { path: 'proc/7/pagemap', start: 0, step: 1, reach: 2 }

describe('pages that have entries', () => {
  it('are present or swapped out; spans are counted from the first of the mapping', () => {
    const marked: number[] = []
    const tree = treeOf([0n, present, 0n, 0n, swapped, 1n])
    const touched = lookUp(tree, { ...lookup, pages: 6 }, (page) => marked.push(page))
    expect(marked).toEqual([1, 4])
    expect(touched).toEqual({ spans: { count: 2, runs: [0, 1, 2, 3] }, pages: 2 })
  })

  it('of huge pages are told by the first entry of each', () => {
    const tree = treeOf([present, 0n, 0n, 0n, 0n, present])
    const touched = lookUp(tree, { ...lookup, pages: 6, step: 2, reach: 4 }, () => {})
    expect(touched).toEqual({ spans: { count: 1, runs: [0, 1] }, pages: 2 })
  })

  it('are refused where a copy ends before the mapping', () => {
    expect(lookUp(treeOf([present]), { ...lookup, pages: 2 }, () => {})).toMatchObject({
      ok: false,
      reason: 'cut-off',
    })
  })
})

describe('the frame that tells address spaces apart', () => {
  it('is that of the highest page which one space alone has', () => {
    const tree = treeOf([present + exclusive + 5n, present + exclusive + 6n, present + 9n, 0n])
    expect(frameBelow(tree, 'proc/7/pagemap', 3)).toEqual({
      number: '6.0.0.0.0.0.0',
      exclusive: true,
    })
  })

  it('is a shared one where there is no other, and none where numbers are hidden', () => {
    expect(frameBelow(treeOf([present + 9n]), 'proc/7/pagemap', 0)?.exclusive).toBe(false)
    expect(frameBelow(treeOf([present + exclusive]), 'proc/7/pagemap', 0)).toBeUndefined()
  })
})
