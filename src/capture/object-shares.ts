import { isShmem } from './object-kind.ts'
import type { Observation, SeenObject } from './observation.ts'
import type { SysvSegment } from './sysv-segments.ts'

/** What smaps says of one object in all processes that map it, in KiB. */
export interface ObjectShares {
  readonly mappings: number
  readonly rss: number
  readonly pss: number
  /** Mapped at the pmd level. */
  readonly pmdMapped: number
  /** Of the process that has most of it. */
  readonly largestRss: number
  readonly swap: number
}

const nothing: ObjectShares = {
  mappings: 0,
  rss: 0,
  pss: 0,
  pmdMapped: 0,
  largestRss: 0,
  swap: 0,
}

/** By the key of the object; those are left out of which only maps was read. */
export function objectShares({ processes }: Observation): ReadonlyMap<string, ObjectShares> {
  const sums = new Map<string, ObjectShares>()
  for (const { object, mapping } of processes.flatMap(({ space }) => space?.mapped ?? [])) {
    const { counts } = mapping
    if (counts === undefined) continue
    const sum = sums.get(object) ?? nothing
    sums.set(object, {
      mappings: sum.mappings + 1,
      rss: sum.rss + counts.rss,
      pss: sum.pss + counts.pss,
      pmdMapped: sum.pmdMapped + counts.pmdMapped,
      largestRss: Math.max(sum.largestRss, counts.rss),
      swap: Math.max(sum.swap, counts.swap),
    })
  }
  return sums
}

/** What is known to be in memory of a region, and by which figure. */
export interface ResidentMemory {
  readonly bytes: number
  readonly source: string
  /** False where processes that have ended may have left more in it. */
  readonly isAll: boolean
}

/** Sums of Pss that are more than can be are no figure of a moment, unless by this little. */
const nearly = 1.05

/**
 * The least that there is in memory of an object of shmem. What all processes map of it is the sum
 * of Pss, a part of each page in each process; where others map it too, the largest Rss may be
 * more. Of what only processes had that have ended the kernel tells for System V segments, and on the
 * machine itself by the blocks of the object.
 * @param most bytes that can be there.
 */
export function residentMemory(
  object: SeenObject,
  segment: SysvSegment | undefined,
  { pss, largestRss, swap }: ObjectShares = nothing,
  most: number = Number.POSITIVE_INFINITY,
): ResidentMemory | undefined {
  if (!isShmem(object)) return undefined
  const summed = pss * 1024
  const known = [
    {
      bytes: (object.stored ?? 0) - swap * 1024,
      source: 'blocks that stat shows of it, less what is swapped out',
    },
    { bytes: segment?.rss ?? 0, source: 'rss of /proc/sysvipc/shm' },
    { bytes: summed <= most * nearly ? summed : 0, source: 'sum of Pss of those that map it' },
    { bytes: largestRss * 1024, source: 'largest Rss of those that map it' },
  ]
  const { bytes, source } = known.reduce((one, other) => (other.bytes > one.bytes ? other : one))
  const isAll = object.stored !== undefined || segment !== undefined || bytes >= most
  return { bytes: Math.min(bytes, most), source, isAll }
}
