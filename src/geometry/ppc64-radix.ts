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
export interface Radix {
  readonly id: string
  readonly title: string
  readonly pageShift: number
  readonly pteBits: number
  readonly userBits: number
  /** Half of DEFAULT_MAP_WINDOW_USER64: arch/powerpc/include/asm/task_size_64.h. */
  readonly autoBits: number
}

/** What both page sizes of the radix MMU have in common. */
export function ppc64RadixLayout(radix: Radix): Layout {
  const { id, title, pageShift, pteBits, userBits, autoBits } = radix
  const pageBytes = bytes(2 ** pageShift)
  const levels = deriveLevels(entryBytes, [
    ['pte', 2 ** pteBits],
    ['pmd', 2 ** pmdBits],
    ['pud', 2 ** pudBits],
    ['pgd', 2 ** pgdBits],
  ])
  return {
    id,
    title,
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
