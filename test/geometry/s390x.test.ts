import { describe, expect, test } from 'vitest'
import type { Allocation, LevelName } from '../../src/geometry/layout.ts'
import { levelOf } from '../../src/geometry/layout.ts'
import { s390x } from '../../src/geometry/s390x.ts'
import { tib } from '../build.ts'

function allocated(name: LevelName, major: number, minor: number): Allocation | undefined {
  const level = levelOf(s390x, name)
  return level && s390x.allocation(level, { kernel: { major, minor }, pti: false })
}

describe('s390x', () => {
  test('has pte tables of 2 KiB and tables above of 16 KiB', () => {
    expect(s390x.levels.map(({ tableBytes }) => tableBytes)).toEqual([
      2048, 16_384, 16_384, 16_384, 16_384,
    ])
  })

  test('puts two pte tables on one page before Linux 6.7, and one since', () => {
    expect([allocated('pte', 6, 6), allocated('pte', 6, 7)]).toMatchObject([
      { tablesPerChunk: 2, chunkBytes: 4096 },
      { tablesPerChunk: 1, chunkBytes: 4096 },
    ])
  })

  test.each([
    // None before Linux 5.10 counts pmd tables; until 6.6 one of their four pages was counted.
    ['pmd', 5, 9, 0],
    ['pmd', 6, 5, 4096],
    ['pmd', 6, 6, 16_384],
    ['pud', 6, 13, 0],
    ['pud', 6, 14, 16_384],
  ] as const)('counts of a %s table in Linux %i.%i: %i B', (name, major, minor, countedBytes) => {
    expect(allocated(name, major, minor)?.countedBytes).toBe(countedBytes)
  })

  test('grows a pud at 4 TiB and a p4d at 8 PiB', () => {
    expect(s390x.grows.map(({ level, above }) => [level, (above * 4096) / tib])).toEqual([
      ['pud', 4],
      ['p4d', 8192],
    ])
  })
})
