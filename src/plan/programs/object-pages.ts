import type { Region } from '../../workload/region.ts'

/** Bytes of each segment or file that a region is made of. */
export function objectBytes({ size, objects }: Region): number {
  return Math.ceil(size / objects)
}

/** Each object begins on a page of its own: ALIGN(size, huge_page_size()) in ipc/shm.c newseg(). */
export function paddedPages(region: Region, pageBytes: number): number {
  return region.objects * Math.ceil(objectBytes(region) / pageBytes)
}
