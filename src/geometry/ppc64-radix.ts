import { bytes, pages } from '../units/quantity.ts'
import { deriveLevels, hugePageAt } from './derive-levels.ts'
import type { Allocation, Allocator, Layout, Level } from './layout.ts'
import { isCounted, ownAllocation } from './layout.ts'

/** sizeof(pte_t): arch/powerpc/include/asm/pgtable-types.h. */
const entryBytes = 8
/** RADIX_PMD_INDEX_SIZE 9, _PUD_ 9, _PGD_ 13: arch/powerpc/include/asm/book3s/64/radix-64k.h, -4k.h. */
const pmdBits = 9
const pudBits = 9
const pgdBits = 13

/** A base page size of the radix MMU. */
interface Radix {
  readonly pageShift: number
  /** RADIX_PTE_INDEX_SIZE: arch/powerpc/include/asm/book3s/64/radix-64k.h, radix-4k.h. */
  readonly pteBits: number
  /** TASK_SIZE_USER64: arch/powerpc/include/asm/task_size_64.h. */
  readonly userBits: number
  /** Half of DEFAULT_MAP_WINDOW_USER64: arch/powerpc/include/asm/task_size_64.h. */
  readonly autoBits: number
}

const pageSizes: readonly (readonly [id: string, Radix])[] = [
  ['ppc64-radix-64k', { pageShift: 16, pteBits: 5, userBits: 52, autoBits: 46 }],
  ['ppc64-radix-4k', { pageShift: 12, pteBits: 9, userBits: 46, autoBits: 45 }],
]

/** Every layout of ppc64 with the radix MMU. To add one: an entry above. */
export const ppc64RadixLayouts: readonly Layout[] = pageSizes.map(([id, radix]) =>
  ppc64RadixLayout(id, radix),
)

function ppc64RadixLayout(id: string, { pageShift, pteBits, userBits, autoBits }: Radix): Layout {
  const pageBytes = bytes(2 ** pageShift)
  const levels = deriveLevels(entryBytes, [
    ['pte', 2 ** pteBits],
    ['pmd', 2 ** pmdBits],
    ['pud', 2 ** pudBits],
    ['pgd', 2 ** pgdBits],
  ])
  return {
    id,
    title: `ppc64, radix MMU, ${pageBytes / 1024} KiB pages`,
    architecture: 'ppc64',
    pageBytes,
    levels,
    userPages: pages(2 ** (userBits - pageShift)),
    autoBase: pages(2 ** (autoBits - pageShift)),
    hugePages: [hugePageAt(levels, 'pmd', pageBytes), hugePageAt(levels, 'pud', pageBytes)],
    sharesPmdTables: false,
    grows: [],
    allocation: fragmentsIn(pageBytes),
    // One zone: arch/powerpc/mm/mem.c, max_zone_pfns.
    zones: () => 1,
    pageblock: pages(levels[0]?.reach ?? 1),
    sources: [
      'arch/powerpc/include/asm/book3s/64/radix-64k.h',
      'arch/powerpc/include/asm/book3s/64/radix-4k.h',
      'arch/powerpc/mm/pgtable-frag.c',
      'arch/powerpc/include/asm/task_size_64.h',
      'arch/powerpc/include/asm/pgtable-types.h',
      'arch/powerpc/mm/mem.c',
    ],
  }
}

/**
 * pte and pmd tables smaller than a page are fragments of a page of their process, and the page is
 * what counts (arch/powerpc/mm/pgtable-frag.c). pud tables come from a slab cache, in no counter.
 */
function fragmentsIn(pageBytes: number): Layout['allocation'] {
  return (level: Level, allocator: Allocator): Allocation => {
    const own = ownAllocation(level, allocator)
    if (level.name === 'pud') return { ...own, countedBytes: 0 }
    if (level.tableBytes >= pageBytes || level.name === 'pgd') return own
    return {
      tablesPerChunk: pageBytes / level.tableBytes,
      chunkBytes: pageBytes,
      countedBytes: isCounted(level.name, allocator.kernel) ? pageBytes : 0,
    }
  }
}
