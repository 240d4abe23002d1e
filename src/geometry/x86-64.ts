import type { Bytes } from '../units/quantity.ts'
import { bytes, pages } from '../units/quantity.ts'
import { deriveLevels, hugePageAt } from './derive-levels.ts'
import type { Layout, LevelName } from './layout.ts'

const gib = 2 ** 30
/** arch/x86/include/asm/page_types.h: PAGE_SHIFT 12. */
const pageBytes = bytes(2 ** 12)
/** arch/x86/include/asm/pgtable_64_types.h: PTRS_PER_PTE, _PMD, _PUD, _PGD, MAX_PTRS_PER_P4D. */
const entries = 512
/** sizeof(pte_t), the same at every level: arch/x86/include/asm/pgtable_64_types.h. */
const entryBytes = 8

export const x8664: Layout = x86Layout(
  'x86-64',
  'x86-64, 4-level paging',
  ['pte', 'pmd', 'pud', 'pgd'],
  47,
)
export const x8664FiveLevel: Layout = x86Layout(
  'x86-64-5level',
  'x86-64, 5-level paging (la57)',
  ['pte', 'pmd', 'pud', 'p4d', 'pgd'],
  56,
)

function x86Layout(
  id: string,
  title: string,
  names: readonly LevelName[],
  addressBits: number,
): Layout {
  const levels = deriveLevels(
    entryBytes,
    names.map((name) => [name, entries]),
  )
  return {
    id,
    title,
    architecture: 'x86-64',
    pageBytes,
    levels,
    // TASK_SIZE_MAX leaves one guard page below the limit: arch/x86/include/asm/page_64_types.h.
    userPages: pages(2 ** addressBits / pageBytes - 1),
    // mmap without a hint stays below 2^47 with either paging mode: arch/x86/mm/mmap.c.
    autoBase: pages(2 ** 46 / pageBytes),
    hugePages: [hugePageAt(levels, 'pmd', pageBytes), hugePageAt(levels, 'pud', pageBytes)],
    // ZONE_DMA and ZONE_DMA32, and ZONE_NORMAL for what lies above 4 GiB: arch/x86/mm/init.c.
    zones: (memory: Bytes) => (memory > 4 * gib ? 3 : 2),
    // pageblock_order is HUGETLB_PAGE_ORDER: include/linux/pageblock-flags.h.
    pageblock: pages(entries),
    sources: [
      'arch/x86/include/asm/pgtable_64_types.h',
      'arch/x86/include/asm/page_64_types.h',
      'arch/x86/mm/mmap.c',
    ],
  }
}
