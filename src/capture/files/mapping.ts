/**
 * One mapping of a process, as maps or smaps shows it. Addresses and offsets are in frames of 4096
 * bytes, of which every page size is a multiple: as bytes they could pass 2^53.
 */
export interface SeenMapping {
  readonly start: number
  readonly end: number
  readonly readable: boolean
  readonly writable: boolean
  /** MAP_SHARED. */
  readonly shared: boolean
  readonly offset: number
  /** Major and minor number in hexadecimal: `fe:00`. */
  readonly device: string
  readonly inode: string
  /** As the kernel writes it: a line feed is `\012`, a name that is gone ends in ` (deleted)`. */
  readonly name: string
  /** Absent where only maps could be read. */
  readonly counts?: MappingCounts
}

/** The counters of smaps, in KiB: show_smap() in fs/proc/task_mmu.c. */
export interface MappingCounts {
  readonly page: number
  readonly rss: number
  /** Its share of Rss, where others map the same pages; 0 where it is not printed. */
  readonly pss: number
  readonly swap: number
  /** Mapped by entries of the pmd level, of shared memory or of files. */
  readonly pmdMapped: number
  /**
   * Huge pages of hugetlb, which Rss leaves out; absent where the mapping can have some and the kernel
   * prints nothing of them: before Linux 4.4 ("mm: hugetlb: proc: add hugetlb-related fields to
   * /proc/PID/smaps").
   */
  readonly hugetlb?: number
  /** VM_LOCKED. */
  readonly locked: boolean
  /** VM_HUGETLB. */
  readonly isHugetlb: boolean
  /** VM_MIXEDMAP: persistent memory that is mapped directly. */
  readonly mixed: boolean
  /** VM_IO or VM_PFNMAP: a device, not memory. */
  readonly device: boolean
}

/** 4096 bytes in KiB. */
export const frameKib = 4
export const frameBytes = 4096
/** Above it lies the kernel, and [vsyscall], which needs no table: arch/x86/entry/vsyscall. */
export const userFrames: number = 2 ** 45
/** In KiB: no base page is larger. */
export const largestBasePage = 64
