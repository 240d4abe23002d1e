import { present } from './log/present.ts'
import type { OomReport } from './log/report.ts'

/** What took the memory, in bytes: of the machine, or of the cgroup that ran out. No part is in another. */
export interface MemoryParts {
  /** Free pages; absent of a cgroup. */
  readonly free?: number
  readonly anonymous?: number
  readonly shared?: number
  /** Unevictable and in no other part. */
  readonly locked?: number
  readonly file?: number
  readonly slab?: number
  readonly kernelStack?: number
  readonly pageTables?: number
  readonly secondaryPageTables?: number
  /** Of a cgroup: slab, stacks and page tables are parts of it. */
  readonly kernel?: number
}

/** Parts of the machine by Mem-Info: counters are in pages. Empty where it is cut off. */
export function machineParts(
  { memory: { counters, kernelStackKib } }: OomReport,
  pageBytes: number,
): MemoryParts {
  const of = (...names: readonly string[]): number | undefined => {
    const values = names.flatMap((name) => counters.get(name) ?? [])
    return values.length === 0 ? undefined : values.reduce((sum, one) => sum + one, 0) * pageBytes
  }
  const lists = of('active_anon', 'inactive_anon', 'isolated_anon')
  const shared = of('shmem')
  const unevictable = of('unevictable') ?? 0
  // Shmem is on the lists of anonymous memory, or among the unevictable pages where it is locked.
  const lockedShared = Math.max(0, (shared ?? 0) - (lists ?? 0))
  return present({
    free: of('free'),
    anonymous: lists === undefined ? undefined : Math.max(0, lists - (shared ?? 0)),
    shared,
    locked: Math.max(0, unevictable - lockedShared) || undefined,
    file: of('active_file', 'inactive_file', 'isolated_file'),
    slab: of('slab_reclaimable', 'slab_unreclaimable'),
    kernelStack: kernelStackKib === 0 ? undefined : kernelStackKib * 1024,
    pageTables: of('pagetables'),
    secondaryPageTables: of('sec_pagetables'),
  })
}

/**
 * Parts of the cgroup by its counters: memory.stat. With v1 the figures of cgroups below it are in
 * those that begin with `total_`, and page tables are only in kmem.
 * @param listedBytes page tables of the list, for kernels that do not count them by cgroup.
 */
export function cgroupParts({ cgroup }: OomReport, listedBytes: number): MemoryParts {
  const stats = cgroup?.stats ?? new Map<string, number>()
  const of = (...names: readonly string[]): number | undefined =>
    names
      .map((name) => stats.get(`total_${name}`) ?? stats.get(name))
      .find((one) => one !== undefined)
  const shared = of('shmem') ?? (stats.has('mapped_file') ? of('mapped_file') : undefined)
  const cached = of('file', 'cache')
  const kernel =
    of('kernel') ?? (cgroup?.kernelUsage === undefined ? undefined : cgroup.kernelUsage * 1024)
  // Linux 6.18.0 to 6.18.18 print 0: fixed by "mm: revert …" (2d28ed588f8d).
  const counted = of('pagetables') || listedBytes
  return present({
    anonymous: of('anon', 'rss'),
    shared,
    file: cached === undefined ? undefined : Math.max(0, cached - (shared ?? 0)),
    slab: of('slab'),
    kernelStack: of('kernel_stack'),
    pageTables: counted === 0 ? undefined : counted,
    secondaryPageTables: of('sec_pagetables'),
    kernel,
  })
}
