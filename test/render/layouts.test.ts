import { describe, expect, test } from 'vitest'
import { renderLayouts } from '../../src/render/layouts.ts'

const plain = { color: false, unicode: true, width: 80 }

describe('layouts', () => {
  const row = {
    id: 'x86-64-5level',
    title: 'x86-64, 5-level paging (la57)',
    pageBytes: 4096,
    levels: [
      {
        name: 'pte',
        tableBytes: 4096,
        entries: 512,
        reachPages: 512,
        allocation: { tables: 1, bytes: 4096 },
      },
      {
        name: 'pgd',
        tableBytes: 4096,
        entries: 512,
        reachPages: 2 ** 45,
        allocation: { tables: 1, bytes: 4096 },
      },
    ],
    userPages: 2 ** 44 - 1,
    hugePages: [
      { bytes: 2 ** 21, leaf: 'pmd' },
      { bytes: 2 ** 30, leaf: 'pud' },
    ],
    sharesPmdTables: true,
  }

  test('show page sizes, address space and what a table spans', () => {
    const view = renderLayouts([row], plain)
    expect(view).toContain('x86-64-5level: x86-64, 5-level paging (la57)')
    expect(view).toContain(
      'base page 4 KiB; huge pages 2 MiB (pmd), 1 GiB (pud); user space 64.0 PiB;',
    )
    expect(view).toContain('hugetlb shares pmd tables between processes')
    expect(view).toMatch(/pte +512 +4\.0 KiB +2\.0 MiB/)
    expect(view).toMatch(/pgd +512 +4\.0 KiB +128\.0 PiB/)
  })
})
