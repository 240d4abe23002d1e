import type { Bytes } from '../units/quantity.ts'
import { bytes, pages } from '../units/quantity.ts'
import { deriveLevels, hugePageAt } from './derive-levels.ts'
import type { Layout, LevelName } from './layout.ts'
import { ownAllocation } from './layout.ts'

const gib = 2 ** 30
/** arch/riscv/include/asm/page.h: PAGE_SHIFT 12. */
const pageShift = 12
const pageBytes = bytes(2 ** pageShift)
/** PTRS_PER_PTE = PAGE_SIZE / sizeof(pte_t): arch/riscv/include/asm/pgtable.h. */
const entries = 512
const entryBytes = 8
/** NAPOT_CONT64KB_ORDER 4: arch/riscv/include/asm/pgtable-64.h. */
const napotPages = 16

/** A paging mode, chosen at boot. */
export interface Mode {
  readonly id: string
  readonly title: string
  readonly names: readonly LevelName[]
  /** Address bits of the user half: TASK_SIZE_64, arch/riscv/include/asm/pgtable.h. */
  readonly userBits: number
  /** Address bits of the middle of the space mmap uses without a hint: DEFAULT_MAP_WINDOW there. */
  readonly autoBits: number
}

/** What the paging modes of riscv64 have in common. */
export function riscv64Layout({ id, title, names, userBits, autoBits }: Mode): Layout {
  const levels = deriveLevels(
    entryBytes,
    names.map((name) => [name, entries]),
  )
  const gigantic = levels[2]?.name ?? 'pgd'
  return {
    id,
    title,
    architecture: 'riscv64',
    pageBytes,
    levels,
    // TASK_SIZE_64 = PGDIR_SIZE · PTRS_PER_PGD / 2: arch/riscv/include/asm/pgtable.h.
    userPages: pages(2 ** (userBits - pageShift)),
    autoBase: pages(2 ** (autoBits - pageShift)),
    hugePages: [
      hugePageAt(levels, 'pte', pageBytes, napotPages),
      hugePageAt(levels, 'pmd', pageBytes),
      hugePageAt(levels, gigantic, pageBytes),
    ],
    // arch/riscv/Kconfig: ARCH_WANT_HUGE_PMD_SHARE if 64BIT.
    sharesPmdTables: true,
    grows: [],
    allocation: ownAllocation,
    // ZONE_DMA32 and, above 4 GiB, ZONE_NORMAL: arch/riscv/mm/init.c.
    zones: (memory: Bytes) => (memory > 4 * gib ? 2 : 1),
    pageblock: pages(entries),
    sources: [
      'arch/riscv/include/asm/pgtable-64.h',
      'arch/riscv/include/asm/pgtable.h',
      'arch/riscv/include/asm/page.h',
      'arch/riscv/Kconfig',
      'arch/riscv/mm/init.c',
    ],
  }
}
