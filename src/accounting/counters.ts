import type { LevelName } from '../geometry/layout.ts'
import type { KernelVersion } from '../units/kernel-version.ts'
import { isAtLeast } from '../units/kernel-version.ts'

/** The oldest kernel whose VmPTE is one counter for all levels. */
export const oldestKernel: KernelVersion = { major: 4, minor: 15 }
/** The kernel that is planned where a scenario names none: the newest that was read and measured. */
export const defaultKernel: KernelVersion = { major: 6, minor: 18 }
/**
 * The newest kernel that is known to count as the default one does; later ones plan as this one.
 * mm_pgtables_bytes(), huge_pmd_share() and the constructors of tables are unchanged up to it.
 */
export const newestKernel: KernelVersion = { major: 7, minor: 2 }

/** VmPTE is mm_pgtables_bytes(): pte, pmd and pud tables since Linux 4.15; never p4d or pgd. */
const inVmPte: ReadonlySet<LevelName> = new Set(['pte', 'pmd', 'pud'])

/** True where /proc/PID/status VmPTE counts the tables of a level: fs/proc/task_mmu.c. */
export function isInVmPte(level: LevelName): boolean {
  return inVmPte.has(level)
}

/** True where PageTables counts tables of the kernel itself: "mm: call ctor/dtor for kernel PTEs". */
export function countsKernelTables(kernel: KernelVersion): boolean {
  return isAtLeast(kernel, { major: 6, minor: 16 })
}
