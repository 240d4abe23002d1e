import type { Bytes, Pages } from '../units/quantity.ts'

/** Page-table levels, named by the kernel, from the bottom. */
export const levelNames = ['pte', 'pmd', 'pud', 'p4d', 'pgd'] as const
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

/** A page size above the base page that the hardware and the kernel offer. */
export interface HugePage {
  /** As in strategy ids: `2m`, `1g`. */
  readonly label: string
  readonly bytes: Bytes
  readonly pages: Pages
  /** The level whose entry maps such a page: tables are needed from that level up. */
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
  readonly hugePages: readonly HugePage[]
  /** Memory zones that the min watermark is computed over, for a machine of that much memory. */
  readonly zones: (memory: Bytes) => number
  /** Base pages in one page block (CONFIG_PAGEBLOCK_ORDER). */
  readonly pageblock: Pages
  /** Kernel files the numbers come from. */
  readonly sources: readonly string[]
}

/** A level of a layout, or `undefined` where it is folded away. */
export function levelOf(layout: Layout, name: LevelName): Level | undefined {
  return layout.levels.find((level) => level.name === name)
}
