import { describe, expect, test } from 'vitest'
import { layoutNamed } from '../build.ts'

describe('riscv64', () => {
  test.each([
    ['riscv64-sv39', ['pte', 'pmd', 'pgd']],
    ['riscv64-sv48', ['pte', 'pmd', 'pud', 'pgd']],
    ['riscv64-sv57', ['pte', 'pmd', 'pud', 'p4d', 'pgd']],
  ])('%s has these levels, of 512 entries each', (id, names) => {
    const { levels } = layoutNamed(id)
    expect(levels.map(({ name }) => name)).toEqual(names)
    expect(new Set(levels.map(({ entries }) => entries))).toEqual(new Set([512]))
  })

  test.each([
    ['riscv64-sv39', 2 ** 26],
    ['riscv64-sv48', 2 ** 35],
    ['riscv64-sv57', 2 ** 44],
  ])('%s gives the lower half of the address space to the process: %i pages', (id, userPages) => {
    const { levels, userPages: pages } = layoutNamed(id)
    expect(pages).toBe(userPages)
    expect((levels.at(-1)?.reach ?? 0) / 2).toBe(userPages)
  })

  test.each([
    ['riscv64-sv39', ['64k pte', '2m pmd', '1g pgd']],
    ['riscv64-sv48', ['64k pte', '2m pmd', '1g pud']],
  ])('%s offers NAPOT pages of 64 KiB, and those of the two levels above', (id, expected) => {
    const { hugePages } = layoutNamed(id)
    expect(hugePages.map(({ label, leaf }) => `${label} ${leaf}`)).toEqual(expected)
  })
})
