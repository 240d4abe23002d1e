import type { KernelVersion } from '../units/kernel-version.ts'
import { isAtLeast } from '../units/kernel-version.ts'
import type { Bytes, Pages } from '../units/quantity.ts'

/** Page-table levels, named by the kernel, from the bottom. */
export const levelNames = ['pte', 'pmd', 'pud', 'p4d', 'pgd'] as const
/** A level of page tables, as the kernel calls it. */
export type LevelName = (typeof levelNames)[number]

/** One level of a layout: what one table of it is and how much address space it spans. */
export interface Level {
  readonly name: LevelName
  /** Entries in one table. */
  readonly entries: number
  readonly entryBytes: number
  /** Architectural size of one table: what VmPTE counts where it counts the level. */
  readonly tableBytes: Bytes
  /** Base pages that one table spans. */
  readonly reach: Pages
}

/** How a kernel allocates the tables of a level, and what it reports of that. */
export interface Allocation {
  /** Tables that share one allocation within a process. */
  readonly tablesPerChunk: number
  /** Memory of one allocation. */
  readonly chunkBytes: number
  /** The bytes that meminfo PageTables counts for one allocation; 0 where it does not count it. */
  readonly countedBytes: number
}

/** The kernel that allocates, and whether its page-table isolation doubles the pgd. */
export interface Allocator {
  readonly kernel: KernelVersion
  readonly pti: boolean
}

/** A page size above the base page that the hardware and the kernel offer. */
export interface HugePage {
  /** As in strategy ids: `2m`, `1g`. */
  readonly label: string
  readonly bytes: Bytes
  readonly pages: Pages
  /** The level whose entries map such a page: tables are needed from that level up. */
  readonly leaf: LevelName
}

/** How one architecture, page size and address width lays out its page tables. */
export interface Layout {
  readonly id: string
  readonly title: string
  readonly architecture: 'x86-64' | 'arm64' | 'riscv64' | 'ppc64' | 's390x'
  readonly pageBytes: Bytes
  /** From the bottom, folded levels absent; the last is always `pgd`. */
  readonly levels: readonly Level[]
  /** One past the last page that a process may map (TASK_SIZE). */
  readonly userPages: Pages
  /** First page given to mappings without an address: the middle of the space mmap uses. */
  readonly autoBase: Pages
  /** Smallest first. */
  readonly hugePages: readonly HugePage[]
  /** hugetlb shares pmd tables between processes: CONFIG_ARCH_WANT_HUGE_PMD_SHARE. */
  readonly sharesPmdTables: boolean
  /**
   * Levels that a process has only once it maps something at or above that page: the table that
   * was its top until then becomes one of theirs, touched or not.
   */
  readonly grows: readonly { readonly level: LevelName; readonly above: Pages }[]
  /** How the tables of a level are allocated and counted. */
  readonly allocation: (level: Level, allocator: Allocator) => Allocation
  /** Memory zones that the min watermark is computed over, for a machine of that much memory. */
  readonly zones: (memory: Bytes) => number
  /** Base pages in one page block (CONFIG_PAGEBLOCK_ORDER). */
  readonly pageblock: Pages
  /** Kernel files the numbers come from. */
  readonly sources: readonly string[]
}

/**
 * First kernel whose NR_PAGETABLE counts tables of a level; absent: always. Constructors in
 * include/linux/mm.h and include/asm-generic/pgalloc.h.
 */
const countedSince: Readonly<Partial<Record<LevelName, KernelVersion>>> = {
  /** Since Linux 5.10 (mm: account PMD tables like PTE tables). */
  pmd: { major: 5, minor: 10 },
  /** Since Linux 6.7 (mm: add statistics for PUD level pagetable). */
  pud: { major: 6, minor: 7 },
  /** Since Linux 6.14 (mm: introduce ctor/dtor at PGD level). */
  p4d: { major: 6, minor: 14 },
  pgd: { major: 6, minor: 14 },
}

/** True where the constructors of a level's tables count them in PageTables. */
export function isCounted(level: LevelName, kernel: KernelVersion): boolean {
  const since = countedSince[level]
  return since === undefined || isAtLeast(kernel, since)
}

/** Each table an allocation of its own, counted as generic code does: include/linux/mm.h. */
export function ownAllocation(level: Level, { kernel }: Allocator): Allocation {
  const countedBytes = isCounted(level.name, kernel) ? level.tableBytes : 0
  return { tablesPerChunk: 1, chunkBytes: level.tableBytes, countedBytes }
}

/** A level of a layout, or `undefined` where it is folded away. */
export function levelOf(layout: Layout, name: LevelName): Level | undefined {
  return layout.levels.find((level) => level.name === name)
}
