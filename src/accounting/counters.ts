import type { LevelName } from '../geometry/layout.ts'

/** A kernel release. Compared by number: 6.10 is later than 6.9. */
export interface KernelVersion {
  readonly major: number
  readonly minor: number
}

/** The oldest kernel whose VmPTE is one counter for all levels. */
export const oldestKernel: KernelVersion = { major: 4, minor: 15 }
/** The newest kernel whose counters were measured; later ones plan as this one. */
export const newestKernel: KernelVersion = { major: 6, minor: 18 }

/** True where `kernel` is `than` or later. */
export function isAtLeast(kernel: KernelVersion, than: KernelVersion): boolean {
  return kernel.major > than.major || (kernel.major === than.major && kernel.minor >= than.minor)
}

/** VmPTE is mm_pgtables_bytes(): pte, pmd and pud tables since Linux 4.15; never p4d or pgd. */
const inVmPte: ReadonlySet<LevelName> = new Set(['pte', 'pmd', 'pud'])

/** True where /proc/PID/status VmPTE counts the tables of a level: fs/proc/task_mmu.c. */
export function isInVmPte(level: LevelName): boolean {
  return inVmPte.has(level)
}

/** First kernel whose meminfo PageTables (NR_PAGETABLE) counts a level; absent: always. */
const inPageTablesSince: Readonly<Partial<Record<LevelName, KernelVersion>>> = {
  /** Since Linux 5.10 (mm: account PMD tables like PTE tables). */
  pmd: { major: 5, minor: 10 },
  /** Since Linux 6.7 (mm: add statistics for PUD level pagetable). */
  pud: { major: 6, minor: 7 },
  /** Since Linux 6.14 (mm: introduce ctor/dtor at PGD level). */
  p4d: { major: 6, minor: 14 },
  pgd: { major: 6, minor: 14 },
}

/** True where meminfo PageTables counts the tables of a level on that kernel. */
export function isInPageTables(level: LevelName, kernel: KernelVersion): boolean {
  const since = inPageTablesSince[level]
  return since === undefined || isAtLeast(kernel, since)
}
