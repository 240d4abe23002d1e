import { describe, expect, it } from 'vitest'
import {
  chosenWord,
  countOf,
  isTwice,
  keyedLines,
  kibOf,
  loneNumber,
  wordsOf,
} from '../../../src/capture/files/kernel-text.ts'

describe('values of the kernel', () => {
  const text = 'MemTotal:       16 kB\nHugePages_Total:       3\nMem: 18446744073709551615 kB\n'

  it('need the unit that the kernel prints, and absent is not zero', () => {
    expect(kibOf(text, 'MemTotal')).toBe(16)
    expect(countOf(text, 'HugePages_Total')).toBe(3)
    expect(kibOf(text, 'Total')).toBeUndefined()
    expect(kibOf(text, 'HugePages_Total')).toHaveProperty('fault')
    expect(countOf(text, 'MemTotal')).toHaveProperty('fault')
    expect(kibOf(text, 'Mem')).toEqual({ fault: { kind: 'past-2^53', key: 'Mem' } })
    expect(kibOf('VmPTE: 4 MB', 'VmPTE')).toHaveProperty('fault')
  })

  it('are none where a field is there twice, first or last in the text', () => {
    const twice =
      'Shmem:  1 kB\nMemTotal:  16 kB\nShmem:  2 kB\nHugePages_Total: 1\nHugePages_Total: 1\n'
    expect(kibOf(twice, 'Shmem')).toEqual({ fault: { kind: 'twice', key: 'Shmem' } })
    expect(countOf(twice, 'HugePages_Total')).toEqual({
      fault: { kind: 'twice', key: 'HugePages_Total' },
    })
    expect(kibOf(twice, 'MemTotal')).toBe(16)
    expect(kibOf('SwapCached: 1 kB\nCached: 2 kB\n', 'Cached')).toBe(2)
  })

  it('are only kept of the keys that are asked for', () => {
    const lines = keyedLines(
      'Uid:\t1\nSeccomp:\t0\nSeccomp:\t0\nVmPTE:\t 8 kB\n',
      new Set(['VmPTE']),
    )
    expect([...lines.words]).toEqual([['VmPTE', '\t 8 kB']])
    expect([...lines.twice]).toEqual([])
  })

  it('are found behind a million lines without a key, each looked at once', () => {
    const lines = keyedLines(`${'\n'.repeat(1_000_000)}VmPTE: 8 kB\n`)
    expect(kibOf(lines, 'VmPTE')).toBe(8)
  })

  it('are the same, whether the text is taken apart before or not', () => {
    const lines = 'Name:\ta: b\nno key\n\nUid:\t1\t2\nUid:\t3\n:x\nVmPTE:\t 8 kB\nrest: 1'
    for (const key of ['Name', 'Uid', 'VmPTE', 'rest', 'x', 'no key', 'PTE', '__proto__']) {
      expect(wordsOf(keyedLines(lines), key)).toBe(wordsOf(lines, key))
      expect(isTwice(keyedLines(lines), key)).toBe(isTwice(lines, key))
      expect(kibOf(keyedLines(lines), key)).toEqual(kibOf(lines, key))
    }
    expect(wordsOf(keyedLines(lines), 'Name')).toBe('\ta: b')
    expect(keyedLines('').words.size).toBe(0)
  })

  it('of settings are numbers and words in brackets', () => {
    expect(loneNumber('x', ' 50\n')).toBe(50)
    expect(loneNumber('x', undefined)).toBeUndefined()
    expect(loneNumber('x', '50 60')).toEqual({ fault: { kind: 'no-whole-number', key: 'x' } })
    expect(loneNumber('x', '99999999999999999999')).toEqual({
      fault: { kind: 'past-2^53', key: 'x' },
    })
    expect(chosenWord('always [within_size] never')).toBe('within_size')
  })
})
