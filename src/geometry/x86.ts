import type { Bytes } from '../units/quantity.ts'
import { bytes, pages } from '../units/quantity.ts'
import { deriveLevels, hugePageAt } from './derive-levels.ts'
import type { Allocation, Allocator, Layout, Level, LevelName } from './layout.ts'
import { ownAllocation } from './layout.ts'

const gib = 2 ** 30
/** arch/x86/include/asm/page_types.h: PAGE_SHIFT 12. */
const pageBytes = bytes(2 ** 12)
/** arch/x86/include/asm/pgtable_64_types.h: PTRS_PER_PTE, _PMD, _PUD, _PGD, MAX_PTRS_PER_P4D. */
const entries = 512
/** sizeof(pte_t), the same at every level: arch/x86/include/asm/pgtable_64_types.h. */
const entryBytes = 8

/** A paging mode, chosen at boot. */
interface Mode {
  readonly paging: string
  readonly names: readonly LevelName[]
  /** Address bits of the user half: __VIRTUAL_MASK_SHIFT, arch/x86/include/asm/page_64_types.h. */
  readonly userBits: number
}

const modes: readonly (readonly [id: string, Mode])[] = [
  ['x86-64', { paging: '4-level paging', names: ['pte', 'pmd', 'pud', 'pgd'], userBits: 47 }],
  [
    'x86-64-5level',
    {
      paging: '5-level paging (la57)',
      names: ['pte', 'pmd', 'pud', 'p4d', 'pgd'],
      userBits: 56,
    },
  ],
]

/** Every layout of x86-64. To add one: an entry above. */
export const x86Layouts: readonly Layout[] = modes.map(([id, mode]) => x86Layout(id, mode))

function x86Layout(id: string, { paging, names, userBits }: Mode): Layout {
  const levels = deriveLevels(
    entryBytes,
    names.map((name) => [name, entries]),
  )
  return {
    id,
    title: `x86-64, ${paging}`,
    architecture: 'x86-64',
    pageBytes,
    levels,
    // TASK_SIZE_MAX leaves one guard page below the limit: arch/x86/include/asm/page_64_types.h.
    userPages: pages(2 ** userBits / pageBytes - 1),
    // mmap without a hint stays below 2^47 with either paging mode: arch/x86/mm/mmap.c.
    autoBase: pages(2 ** 46 / pageBytes),
    hugePages: [hugePageAt(levels, 'pmd', pageBytes), hugePageAt(levels, 'pud', pageBytes)],
    // arch/x86/Kconfig: ARCH_WANT_HUGE_PMD_SHARE if X86_64.
    sharesPmdTables: true,
    grows: [],
    allocation,
    // ZONE_DMA and ZONE_DMA32, and ZONE_NORMAL for what lies above 4 GiB: arch/x86/mm/init.c.
    zones: (memory: Bytes) => (memory > 4 * gib ? 3 : 2),
    // pageblock_order is HUGETLB_PAGE_ORDER: include/linux/pageblock-flags.h.
    pageblock: pages(entries),
    sources: [
      'arch/x86/include/asm/pgtable_64_types.h',
      'arch/x86/include/asm/page_64_types.h',
      'arch/x86/mm/mmap.c',
      'arch/x86/mm/pgtable.c',
      'arch/x86/mm/init.c',
      'arch/x86/include/asm/page_types.h',
      'arch/x86/Kconfig',
    ],
  }
}

/** With page-table isolation a pgd takes two pages: pgd_allocation_order(), arch/x86/mm/pgtable.c. */
function allocation(level: Level, allocator: Allocator): Allocation {
  const own = ownAllocation(level, allocator)
  if (level.name !== 'pgd' || !allocator.pti) return own
  return { ...own, chunkBytes: 2 * own.chunkBytes, countedBytes: 2 * own.countedBytes }
}
