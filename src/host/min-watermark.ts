import type { Host } from '../workload/workload.ts'

const kib = 1024
const defaultLeastKb = 128
const defaultMostKb = 262144
/** 2 for two page types beside the movable one, 9 to keep three of each apart: mm/khugepaged.c. */
const blocksPerZone = 11

/**
 * The memory that the kernel keeps free below its min watermark, in bytes.
 * min_free_kbytes = √(lowmem kB · 16) between 128 kB and 256 MiB (calculate_min_free_kbytes() in
 * mm/page_alloc.c); with THP on, khugepaged raises it to 11 page blocks per zone, but to no more
 * than 5 % of memory (set_recommended_min_free_kbytes() in mm/khugepaged.c).
 */
export function minWatermark(host: Host): number {
  if (host.minFree !== undefined) return host.minFree
  const root = Math.floor(Math.sqrt(16 * Math.floor(host.memory / kib)))
  const byRoot = Math.min(Math.max(root, defaultLeastKb), defaultMostKb) * kib
  return hasTransparentPages(host) ? Math.max(byRoot, byKhugepaged(host)) : byRoot
}

function hasTransparentPages({ thp }: Host): boolean {
  return thp.anonymous !== 'never' || thp.shmem !== 'never'
}

function byKhugepaged({ layout, memory }: Host): number {
  const pages = blocksPerZone * layout.zones(memory) * layout.pageblock
  const fivePercent = Math.floor(Math.floor(memory / layout.pageBytes) / 20)
  return Math.min(pages, fivePercent) * layout.pageBytes
}
