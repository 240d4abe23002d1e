import type { MappingCounts, SeenMapping } from '../files/mapping.ts'
import { frameKib } from '../files/mapping.ts'
import type { SysvSegment } from '../files/sysv-segments.ts'
import { isShmem } from '../machine/object-kind.ts'
import type { MappedObject, Observation, SeenObject, SeenSpace } from '../machine/observation.ts'
import type { Scale } from '../machine/space-gathering.ts'

/** Sums of smaps for one object over all processes that map it, in KiB. */
export interface ObjectShares {
  readonly rss: number
  readonly pss: number
  /** Mapped at the pmd level. */
  readonly pmdMapped: number
  /** Rss of the process that has most of it. */
  readonly largestRss: number
  readonly swap: number
  /** Mappings with pages, and those of them that have all on huge pages but what lies at their ends. */
  readonly present: number
  readonly onHugePages: number
}

const nothing: ObjectShares = {
  rss: 0,
  pss: 0,
  pmdMapped: 0,
  largestRss: 0,
  swap: 0,
  present: 0,
  onHugePages: 0,
}

/**
 * By the key of the object. Objects known by maps alone are missing.
 * @param scale its pte tables span what one huge page of shmem takes.
 */
export function objectShares(
  { processes }: Observation,
  scale: Scale,
): ReadonlyMap<string, ObjectShares> {
  const sums = new Map<string, ObjectShares>()
  /** Alike processes have one and the same space. */
  const known = new Map<SeenSpace, ReadonlyMap<string, ObjectShares>>()
  for (const { space } of processes) {
    if (space === undefined) continue
    const shares = known.get(space) ?? sharesOf(space.mapped, scale)
    known.set(space, shares)
    for (const [object, own] of shares) {
      const sum = sums.get(object) ?? nothing
      sums.set(object, {
        ...added(sum, own),
        largestRss: Math.max(sum.largestRss, own.rss),
        swap: Math.max(sum.swap, own.swap),
      })
    }
  }
  return sums
}

/** The shares of one process. */
function sharesOf(
  mapped: readonly MappedObject[],
  scale: Scale,
): ReadonlyMap<string, ObjectShares> {
  const sums = new Map<string, ObjectShares>()
  for (const { object, mapping } of mapped) {
    const { counts } = mapping
    if (counts === undefined) continue
    sums.set(
      object,
      added(sums.get(object) ?? nothing, {
        ...counts,
        largestRss: 0,
        present: counts.rss > 0 ? 1 : 0,
        onHugePages: isOnHugePages(mapping, counts, scale) ? 1 : 0,
      }),
    )
  }
  return sums
}

function added(one: ObjectShares, other: ObjectShares): ObjectShares {
  return {
    rss: one.rss + other.rss,
    pss: one.pss + other.pss,
    pmdMapped: one.pmdMapped + other.pmdMapped,
    largestRss: one.largestRss,
    swap: one.swap + other.swap,
    present: one.present + other.present,
    onHugePages: one.onHugePages + other.onHugePages,
  }
}

/** True where no page is elsewhere than on huge pages, or only both or one of the ends is, and whole. */
function isOnHugePages(
  { start, end }: SeenMapping,
  { rss, pmdMapped }: MappingCounts,
  { pte }: Scale,
): boolean {
  const rest = (rss - pmdMapped) / frameKib
  const [head, tail] = [(pte - (start % pte)) % pte, end % pte]
  return pmdMapped > 0 && [0, head, tail, head + tail].includes(rest)
}

/** Resident memory of a region, and the figure that shows it. */
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
export function residentOf(
  object: SeenObject,
  segment: SysvSegment | undefined,
  shares: ObjectShares | undefined,
  most: number,
): ResidentMemory | undefined {
  if (!isShmem(object)) return undefined
  const { pss, largestRss, swap } = shares ?? nothing
  const summed = pss * 1024
  const bounds = [
    { bytes: segment?.rss ?? 0, source: 'rss of /proc/sysvipc/shm' },
    {
      bytes: summed <= most * nearly ? summed : 0,
      source: 'sum of Pss of all processes that map it',
    },
    { bytes: largestRss * 1024, source: 'largest Rss of all processes that map it' },
  ]
  const stored = {
    bytes: Math.max(0, (object.stored ?? 0) - swap * 1024),
    source: 'its blocks by stat, less those swapped out',
  }
  const { bytes, source } =
    object.stored === undefined
      ? bounds.reduce((one, other) => (other.bytes > one.bytes ? other : one))
      : stored
  const isAll = object.stored !== undefined || segment !== undefined || bytes >= most
  return { bytes: Math.min(bytes, most), source, isAll }
}
