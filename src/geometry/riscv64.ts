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
interface Mode {
  readonly names: readonly LevelName[]
  /** Address bits of the user half: TASK_SIZE_64, arch/riscv/include/asm/pgtable.h. */
  readonly userBits: number
  /** Address bits of the middle of the space mmap uses without a hint: DEFAULT_MAP_WINDOW there. */
  readonly autoBits: number
}

const modes: readonly (readonly [name: string, Mode])[] = [
  ['sv39', { names: ['pte', 'pmd', 'pgd'], userBits: 38, autoBits: 37 }],
  ['sv48', { names: ['pte', 'pmd', 'pud', 'pgd'], userBits: 47, autoBits: 46 }],
  ['sv57', { names: ['pte', 'pmd', 'pud', 'p4d', 'pgd'], userBits: 56, autoBits: 46 }],
]

/** Every layout of riscv64. To add one: an entry above. */
export const riscv64Layouts: readonly Layout[] = modes.map(([name, mode]) =>
  riscv64Layout(name, mode),
)

function riscv64Layout(name: string, { names, userBits, autoBits }: Mode): Layout {
  const levels = deriveLevels(
    entryBytes,
    names.map((level) => [level, entries]),
  )
  const gigantic = levels[2]?.name ?? 'pgd'
  return {
    id: `riscv64-${name}`,
    title: `riscv64, ${name}: ${levels.length} levels`,
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
