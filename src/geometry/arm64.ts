import type { Bytes } from '../units/quantity.ts'
import { bytes, pages } from '../units/quantity.ts'
import { deriveLevels, hugePageAt } from './derive-levels.ts'
import type { Allocation, Allocator, HugePage, Layout, Level, LevelName } from './layout.ts'
import { ownAllocation } from './layout.ts'

const gib = 2 ** 30
/** sizeof(pteval_t): arch/arm64/include/asm/pgtable-types.h. */
const entryBytes = 8

/** Names by number of levels: the kernel folds pud first, then p4d is the one that comes last. */
const namesOf: Readonly<Record<number, readonly LevelName[]>> = {
  2: ['pte', 'pgd'],
  3: ['pte', 'pmd', 'pgd'],
  4: ['pte', 'pmd', 'pud', 'pgd'],
  5: ['pte', 'pmd', 'pud', 'p4d', 'pgd'],
}

/** Contiguous entries that one huge page may take: CONT_PTE_SHIFT, CONT_PMD_SHIFT in Kconfig. */
const contiguous: Readonly<Record<number, { readonly ptes: number; readonly pmds: number }>> = {
  12: { ptes: 16, pmds: 16 },
  14: { ptes: 128, pmds: 32 },
  16: { ptes: 32, pmds: 32 },
}

/** A granule (base page) and a virtual address width, as the kernel runs with them. */
interface Granule {
  readonly pageShift: number
  readonly addressBits: number
  /**
   * Address bits of the middle of the space mmap uses without a hint (DEFAULT_MAP_WINDOW_64,
   * arch/arm64/include/asm/processor.h): a convention of scenario files.
   */
  readonly autoBits: number
  /** The address width in words; absent: VA_BITS is `addressBits`. */
  readonly width?: string
}

/** CONFIG_ARM64_{4K,16K,64K}_PAGES with each CONFIG_ARM64_VA_BITS: arch/arm64/Kconfig. */
const granules: readonly (readonly [id: string, Granule])[] = [
  ['arm64-4k-39', { pageShift: 12, addressBits: 39, autoBits: 38 }],
  ['arm64-4k-48', { pageShift: 12, addressBits: 48, autoBits: 47 }],
  ['arm64-4k-52', { pageShift: 12, addressBits: 52, autoBits: 47, width: '52 with LPA2' }],
  ['arm64-16k-36', { pageShift: 14, addressBits: 36, autoBits: 35 }],
  [
    'arm64-16k-47',
    { pageShift: 14, addressBits: 47, autoBits: 46, width: '47, or 52 without LPA2' },
  ],
  ['arm64-16k-48', { pageShift: 14, addressBits: 48, autoBits: 47 }],
  ['arm64-16k-52', { pageShift: 14, addressBits: 52, autoBits: 46, width: '52 with LPA2' }],
  ['arm64-64k-42', { pageShift: 16, addressBits: 42, autoBits: 41 }],
  ['arm64-64k-48', { pageShift: 16, addressBits: 48, autoBits: 47 }],
  ['arm64-64k-52', { pageShift: 16, addressBits: 52, autoBits: 47 }],
]

/** Every layout of arm64. To add one: an entry above. */
export const arm64Layouts: readonly Layout[] = granules.map(([id, granule]) =>
  arm64Layout(id, granule),
)

/**
 * levels = ⌈(VA − PAGE_SHIFT) / (PAGE_SHIFT − 3)⌉; a pgd has the entries that the address bits
 * leave over: arch/arm64/include/asm/pgtable-hwdef.h.
 */
function arm64Layout(
  id: string,
  { pageShift, addressBits, autoBits, width = `${addressBits}` }: Granule,
): Layout {
  const pageBytes = bytes(2 ** pageShift)
  const bitsPerLevel = pageShift - 3
  const names = namesOf[Math.ceil((addressBits - pageShift) / bitsPerLevel)] ?? []
  const pgdBits = addressBits - pageShift - (names.length - 1) * bitsPerLevel
  const levels = deriveLevels(
    entryBytes,
    names.map((name) => [name, 2 ** (name === 'pgd' ? pgdBits : bitsPerLevel)]),
  )
  return {
    id,
    title: `arm64, ${pageBytes / 1024} KiB pages, VA_BITS=${width}: ${levels.length} levels`,
    architecture: 'arm64',
    pageBytes,
    levels,
    // TASK_SIZE_64 = 1 << vabits_actual: arch/arm64/include/asm/processor.h.
    userPages: pages(2 ** (addressBits - pageShift)),
    autoBase: pages(2 ** (autoBits - pageShift)),
    hugePages: hugePagesOf(levels, pageBytes, pageShift),
    // arch/arm64/Kconfig: ARCH_WANT_HUGE_PMD_SHARE if 4K, or 16K with more than 36 address bits.
    sharesPmdTables: pageShift === 12 || (pageShift === 14 && addressBits > 36),
    grows: [],
    allocation: allocationIn(pageBytes),
    // ZONE_DMA (up to 4 GiB) and ZONE_NORMAL: arch/arm64/mm/init.c.
    zones: (memory: Bytes) => (memory > 4 * gib ? 2 : 1),
    // pageblock_order is HUGETLB_PAGE_ORDER, the pmd: include/linux/pageblock-flags.h.
    pageblock: pages(levels[0]?.reach ?? 1),
    sources: [
      'arch/arm64/include/asm/pgtable-hwdef.h',
      'arch/arm64/include/asm/processor.h',
      'arch/arm64/include/asm/pgtable-types.h',
      'arch/arm64/Kconfig',
      'arch/arm64/mm/init.c',
      'arch/arm64/mm/pgd.c',
      'arch/arm64/mm/hugetlbpage.c',
    ],
  }
}

/** The support matrix at the head of arch/arm64/mm/hugetlbpage.c. */
function hugePagesOf(
  levels: readonly Level[],
  pageBytes: Bytes,
  pageShift: number,
): readonly HugePage[] {
  const { ptes, pmds } = contiguous[pageShift] ?? { ptes: 1, pmds: 1 }
  const contPte = hugePageAt(levels, 'pte', pageBytes, ptes)
  if (!levels.some(({ name }) => name === 'pmd')) return [contPte]
  const byPmd = [hugePageAt(levels, 'pmd', pageBytes), hugePageAt(levels, 'pmd', pageBytes, pmds)]
  // pud_sect_supported(): 4K only. Where the pud is folded its entries are the pgd's.
  const aboveMiddle = levels[2]?.name
  const byPud =
    pageShift === 12 && aboveMiddle !== undefined
      ? [hugePageAt(levels, aboveMiddle, pageBytes)]
      : []
  return [contPte, ...byPmd, ...byPud]
}

/** A pgd smaller than a page is a slab object, in no page counter: arch/arm64/mm/pgd.c. */
function allocationIn(pageBytes: Bytes): Layout['allocation'] {
  return (level: Level, allocator: Allocator): Allocation => {
    const own = ownAllocation(level, allocator)
    return level.tableBytes < pageBytes ? { ...own, countedBytes: 0 } : own
  }
}
