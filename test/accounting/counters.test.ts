import { describe, expect, test } from 'vitest'
import { countsKernelTables, isInVmPte } from '../../src/accounting/counters.ts'
import { levelNames } from '../../src/geometry/layout.ts'

describe('VmPTE', () => {
  test('counts pte, pmd and pud tables, never p4d or pgd', () => {
    expect(levelNames.filter(isInVmPte)).toEqual(['pte', 'pmd', 'pud'])
  })
})

describe('PageTables', () => {
  test.each([
    [6, 15, false],
    [6, 16, true],
    [7, 0, true],
  ])('counts tables of the kernel itself in Linux %i.%i: %s', (major, minor, counted) => {
    expect(countsKernelTables({ major, minor })).toBe(counted)
  })
})
