import type { Layout } from '../geometry/layout.ts'
import { isAtLeast } from '../units/kernel-version.ts'
import type { Host } from '../workload/host.ts'

const kib = 1024
const defaultLeastKb = 128
const defaultMostKb = 262144
/** 2 for two page types beside the movable one, 9 to keep three of each apart: mm/khugepaged.c. */
const blocksPerZone = 11

/** What the kernel derives its min watermark from. */
export interface Lowmem {
  /** Of the zones that the kernel itself can use, in base pages: nr_free_buffer_pages(). */
  readonly pages: number
  /** How many such zones have any memory. */
  readonly zones: number
}

/**
 * The memory that the kernel keeps free below its min watermark, in bytes, as it is when the host has
 * started. Until then no zone has watermarks, so that all of its memory counts.
 */
export function minWatermark(host: Host): number {
  const { layout, memory, minFree } = host
  if (minFree !== undefined) return minFree
  const pages = Math.floor(memory / layout.pageBytes)
  const lowmem = { pages, zones: layout.zones(memory) }
  return startsKhugepaged(host)
    ? Math.max(byRoot(lowmem, layout), byKhugepaged(lowmem, layout))
    : byRoot(lowmem, layout)
}

/** √(lowmem kB · 16) between 128 kB and 256 MiB: calculate_min_free_kbytes() in mm/page_alloc.c. */
export function byRoot({ pages }: Lowmem, { pageBytes }: Layout): number {
  const root = Math.floor(Math.sqrt(16 * Math.floor((pages * pageBytes) / kib)))
  return Math.min(Math.max(root, defaultLeastKb), defaultMostKb) * kib
}

/**
 * What khugepaged raises it to: 11 page blocks for each zone, but no more than 5 % of memory
 * (set_recommended_min_free_kbytes() in mm/khugepaged.c).
 */
export function byKhugepaged(lowmem: Lowmem, { pageblock, pageBytes }: Layout): number {
  const blocks = blocksPerZone * lowmem.zones * pageblock
  return Math.min(blocks, Math.floor(lowmem.pages / 20)) * pageBytes
}

/**
 * hugepage_pmd_enabled() in mm/khugepaged.c; shared memory alone starts it since Linux 6.13 ("mm:
 * shmem: fix khugepaged activation policy for shmem").
 */
function startsKhugepaged({ thp, kernel }: Host): boolean {
  const byShmem = thp.shmem !== 'never' && isAtLeast(kernel, { major: 6, minor: 13 })
  return thp.anonymous !== 'never' || byShmem
}
