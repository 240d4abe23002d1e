import { isAtLeast } from '../units/kernel-version.ts'
import type { Bytes } from '../units/quantity.ts'
import { bytes, pages } from '../units/quantity.ts'
import { deriveLevels, hugePageAt } from './derive-levels.ts'
import type { Allocation, Allocator, Layout, Level } from './layout.ts'
import { isCounted, ownAllocation } from './layout.ts'

const gib = 2 ** 30
/** PAGE_SHIFT: arch/s390/include/asm/page.h. */
const pageShift = 12
const pageBytes = bytes(2 ** pageShift)
/** _PAGE_ENTRIES and _CRST_ENTRIES: arch/s390/include/asm/pgtable.h. */
const pteEntries = 256
const tableEntries = 2048
const entryBytes = 8

const levels = deriveLevels(entryBytes, [
  ['pte', pteEntries],
  ['pmd', tableEntries],
  ['pud', tableEntries],
  ['p4d', tableEntries],
  ['pgd', tableEntries],
])

/**
 * A process starts with three levels (the top one spans 4 TiB) and gets a fourth and a fifth when
 * it maps above what they reach: crst_table_upgrade() in arch/s390/mm/pgalloc.c.
 */
export const s390x: Layout = {
  id: 's390x',
  title: 's390x, 4 KiB pages, 3 to 5 levels',
  architecture: 's390x',
  pageBytes,
  levels,
  // TASK_SIZE_MAX = −PAGE_SIZE: arch/s390/include/asm/processor.h.
  userPages: pages(2 ** (64 - pageShift) - 1),
  // Half of the 4 TiB that three levels span, _REGION3_SIZE: arch/s390/include/asm/pgtable.h.
  autoBase: pages(2 ** (41 - pageShift)),
  hugePages: [hugePageAt(levels, 'pmd', pageBytes), hugePageAt(levels, 'pud', pageBytes)],
  sharesPmdTables: false,
  // _REGION2_SIZE and _REGION1_SIZE: arch/s390/include/asm/pgtable.h.
  grows: [
    { level: 'pud', above: pages(2 ** (42 - pageShift)) },
    { level: 'p4d', above: pages(2 ** (53 - pageShift)) },
  ],
  allocation,
  // ZONE_DMA (up to 2 GiB) and ZONE_NORMAL: arch/s390/mm/init.c.
  zones: (memory: Bytes) => (memory > 2 * gib ? 2 : 1),
  pageblock: pages(pteEntries),
  sources: [
    'arch/s390/include/asm/pgtable.h',
    'arch/s390/mm/pgalloc.c',
    'arch/s390/include/asm/page.h',
    'arch/s390/include/asm/processor.h',
    'arch/s390/mm/init.c',
  ],
}

/** Kernels that changed arch/s390/mm/pgalloc.c and the counting in include/linux/mm.h. */
const pageEach = { major: 6, minor: 7 }
const wholeFolio = { major: 6, minor: 6 }
const ownConstructors = { major: 6, minor: 14 }

/**
 * A 2 KiB pte table shares a page with another one of its process until Linux 6.7 (s390/mm: use
 * full 4KB page for 2KB PTE), and has it alone since. Region and segment tables take four pages,
 * of which kernels before 6.6 count one; those above the pmd are counted since 6.14.
 */
function allocation(level: Level, allocator: Allocator): Allocation {
  const { kernel } = allocator
  if (level.name === 'pte') {
    const tablesPerChunk = isAtLeast(kernel, pageEach) ? 1 : pageBytes / level.tableBytes
    return { tablesPerChunk, chunkBytes: pageBytes, countedBytes: pageBytes }
  }
  const own = ownAllocation(level, allocator)
  if (level.name === 'pmd' && isCounted('pmd', kernel)) {
    return { ...own, countedBytes: isAtLeast(kernel, wholeFolio) ? level.tableBytes : pageBytes }
  }
  return isAtLeast(kernel, ownConstructors) ? own : { ...own, countedBytes: 0 }
}
