import { describe, expect, test } from 'vitest'
import { isCounted, levelOf, ownAllocation } from '../../src/geometry/layout.ts'
import type { KernelVersion } from '../../src/units/kernel-version.ts'
import { x8664 } from '../build.ts'

const version = (text: string): KernelVersion => {
  const [major = 0, minor = 0] = text.split('.').map(Number)
  return { major, minor }
}

describe('PageTables of meminfo', () => {
  test.each([
    ['pte', '2.6', true],
    ['pmd', '5.9', false],
    ['pmd', '5.10', true],
    ['pud', '6.6', false],
    ['pud', '6.7', true],
    ['p4d', '6.13', false],
    ['p4d', '6.14', true],
    ['pgd', '6.13', false],
    ['pgd', '6.14', true],
  ] as const)('counts %s tables in Linux %s: %s', (level, kernel, counted) => {
    expect(isCounted(level, version(kernel))).toBe(counted)
  })
})

describe('a table with an allocation of its own', () => {
  const pmd = levelOf(x8664, 'pmd')

  test.each([
    ['5.4', 0],
    ['6.18', 4096],
  ])('takes its size, of which Linux %s counts %i B', (kernel, countedBytes) => {
    expect(pmd).toBeDefined()
    if (pmd === undefined) return
    expect(ownAllocation(pmd, { kernel: version(kernel), pti: false })).toEqual({
      tablesPerChunk: 1,
      chunkBytes: 4096,
      countedBytes,
    })
  })
})

describe('a level', () => {
  test('that is folded is missing', () => {
    expect(levelOf(x8664, 'p4d')).toBeUndefined()
    expect(levelOf(x8664, 'pud')?.name).toBe('pud')
  })
})
