import { describe, expect, test } from 'vitest'
import { freedByDontNeed, freedByUnmap, notCopied } from '../../../src/plan/timeline/freed.ts'
import { layoutNamed, x8664 } from '../../build.ts'

const mib2 = 512
const gib1 = 512 * mib2

describe('munmap()', () => {
  test('frees tables of which nothing else is mapped', () => {
    // 3 MiB from address 0; 1 GiB further on something is mapped, in the same pud table.
    const gone = freedByUnmap(x8664, [0, 768], [2 * gib1, 2 * gib1 + 1])
    expect(gone.get('pte')).toEqual([0, 1024])
    expect(gone.get('pmd')).toEqual([0, gib1])
    expect(gone.get('pud')).toEqual([])
  })

  test('keeps every table that a neighbour reaches, touched or not', () => {
    const gone = freedByUnmap(x8664, [0, 768], [768, 769])
    expect(gone.get('pte')).toEqual([0, 512])
    expect(gone.get('pmd')).toEqual([])
  })
})

describe('madvise(MADV_DONTNEED)', () => {
  const parts = [100, 2000]
  const freed = (id: string, major: number, minor: number, onDeposits = false) =>
    freedByDontNeed(
      { layout: layoutNamed(id), kernel: { major, minor } },
      { parts, onDeposits },
    ).get('pte')

  test('frees the pte tables of whole spans since Linux 6.14 on x86-64', () => {
    expect(freed('x86-64', 6, 14)).toEqual([512, 1536])
    expect(freed('x86-64', 6, 13)).toBeUndefined()
  })

  test('does so elsewhere since 7.0, and never on powerpc', () => {
    expect(freed('arm64-4k-48', 6, 18)).toBeUndefined()
    expect(freed('arm64-4k-48', 7, 0)).toEqual([512, 1536])
    expect(freed('ppc64-radix-4k', 7, 0)).toBeUndefined()
  })

  test('frees the deposits of private huge pages on every kernel', () => {
    expect(freed('x86-64', 5, 10, true)).toEqual([512, 1536])
  })
})

test('fork() leaves out the tables that no copied mapping reaches', () => {
  const gone = notCopied(x8664, [600, 700])
  expect(gone.get('pte')?.slice(0, 3)).toEqual([0, 512, 1024])
  expect(gone.get('pmd')?.[0]).toBe(gib1)
})
