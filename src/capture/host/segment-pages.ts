import type { Layout } from '../../geometry/layout.ts'
import type { HostText } from '../../scenario/schema/scenario-text.ts'
import type { HostFiles } from '../files/host-files.ts'
import { countOf } from '../files/kernel-text.ts'
import { heldKib, kib } from '../files/memory-text.ts'
import type { SysvSegment } from '../files/sysv-segments.ts'
import { pagesInPool } from './host-pools.ts'

/**
 * Segments that must be on huge pages, with the size of these in bytes: the list does not say, but Shmem
 * of meminfo leaves huge pages out, and rss of the list does not. So the largest are on huge pages,
 * as far as the pool can hold them, until Shmem can hold the others.
 */
export function segmentPages(
  files: HostFiles,
  segments: readonly SysvSegment[],
  { hugepages = {} }: HostText,
  { pageBytes }: Layout,
): ReadonlyMap<SysvSegment, number> {
  const meminfo = files.get('proc/meminfo') ?? ''
  const shmem = heldKib(meminfo, 'Shmem')
  const page = (kib(meminfo, 'Hugepagesize') ?? 0) * 1024
  const found = new Map<SysvSegment, number>()
  if (shmem === undefined || page <= pageBytes || Object.keys(hugepages).length === 0) return found
  let beyond = segments.reduce((sum, { rss }) => sum + rss, 0) - shmem * 1024
  let room = poolPages(meminfo) * page
  for (const segment of segments.toSorted((left, right) => right.rss - left.rss)) {
    const whole = Math.ceil(segment.bytes / page) * page
    if (beyond <= 0 || segment.rss === 0 || whole > room) continue
    found.set(segment, page)
    beyond -= segment.rss
    room -= whole
  }
  return found
}

function poolPages(meminfo: string): number {
  const pages = countOf(meminfo, pagesInPool)
  return typeof pages === 'number' ? pages : 0
}
