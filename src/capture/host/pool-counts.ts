import type { Layout } from '../../geometry/layout.ts'
import type { HostFiles } from '../files/host-files.ts'
import { poolFolder } from '../files/host-files.ts'
import { countOf, loneNumber } from '../files/kernel-text.ts'
import { kib } from '../files/memory-text.ts'
import { pagesInPool } from './host-pools.ts'

/** A pool of huge pages, and how it is used; numbers of huge pages. */
export interface PoolCounts {
  readonly pageBytes: number
  readonly total: number
  readonly free: number
  /** Promised to mappings, and not in use yet: part of the free ones. */
  readonly reserved: number
}

/** The pools of a machine whose use is known. */
export function poolCountsOf(files: HostFiles, { hugePages }: Layout): readonly PoolCounts[] {
  return hugePages.flatMap(({ bytes }) => {
    const counts = poolCounts(files, bytes)
    return counts === undefined ? [] : [counts]
  })
}

/** nr, free and resv_hugepages of /sys; else meminfo, which has the default size: mm/hugetlb.c. */
export function poolCounts(files: HostFiles, pageBytes: number): PoolCounts | undefined {
  const folder = `${poolFolder}/hugepages-${pageBytes / 1024}kB`
  const [total, free, reserved] = ['nr', 'free', 'resv'].map((what) =>
    loneNumber(what, files.get(`${folder}/${what}_hugepages`)),
  )
  if (typeof total === 'number' && typeof free === 'number' && typeof reserved === 'number') {
    return possible({ pageBytes, total, free, reserved })
  }
  const meminfo = files.get('proc/meminfo') ?? ''
  if (kib(meminfo, 'Hugepagesize') !== pageBytes / 1024) return undefined
  const [all, left, promised] = [pagesInPool, 'HugePages_Free', 'HugePages_Rsvd'].map((what) =>
    countOf(meminfo, what),
  )
  if (typeof all !== 'number' || typeof left !== 'number') return undefined
  const resv = typeof promised === 'number' ? promised : 0
  return possible({ pageBytes, total: all, free: left, reserved: resv })
}

function possible(counts: PoolCounts): PoolCounts | undefined {
  return counts.free > counts.total ? undefined : counts
}
