import { within53Bits } from '../units/quantity.ts'
import { writeSize } from '../units/size.ts'
import { sum, sumBy } from '../units/sum.ts'
import type { HugePagePool } from '../workload/host.ts'
import type { Assumption, Workload } from '../workload/workload.ts'
import { minWatermark } from './min-watermark.ts'
import type { Origin } from './origins.ts'
import { originsOf } from './origins.ts'
import type { Resident } from './resident.ts'
import { isShmem } from './resident.ts'

/** One part of the budget; bytes may be an unrounded expectation. */
export type Line = LineSubject & {
  /** `supply` adds up to the capacity, `demand` to the demand, `beside` is in neither. */
  readonly side: 'supply' | 'demand' | 'beside'
  readonly bytes: number
  readonly origin: Origin
}

/** The subject of a line. Sizes of pages are in bytes; `region` and `reserve` are names in the scenario. */
export type LineSubject = MachineLine | ReserveLine | PoolLine | RegionLine

/** A line of which a budget has at most one. */
export interface MachineLine {
  readonly kind: /** MemTotal. */
    | 'memory'
    /** The kernel's min watermark. */
    | 'watermark'
    /** Private memory of all processes. */
    | 'private'
    | 'page-tables'
    | 'kernel'
    /** Locked memory, which the demand already holds. */
    | 'locked'
    /** Page tables, kernel memory and locked memory. */
    | 'unswappable'
    | 'swap'
}

/** Memory that the scenario sets aside. */
export interface ReserveLine {
  readonly kind: 'reserve'
  /** Absent where it has no name. */
  readonly reserve?: string
}

/** A huge-page pool. */
export interface PoolLine {
  readonly kind: 'pool'
  readonly pageBytes: number
  /** True where the pool is not there, but the plan cannot run without it. */
  readonly missing?: true
}

/** Memory of one region. */
export interface RegionLine {
  readonly kind: /** Shmem: swappable, but not reclaimable. */
    | 'shared'
    | 'locked-file'
    /** What processes copied, each for itself. */
    | 'private-region'
    /** Page cache that is not locked. */
    | 'reclaimable-file'
  readonly region: string
}

export interface Budget {
  readonly lines: readonly Line[]
  readonly capacityBytes: number
  readonly demandBytes: number
  /** Page tables, kernel memory and locked memory: neither swapped nor reclaimed. */
  readonly unswappableBytes: number
}

/** What a budget is made of, besides the workload. */
export interface Spending {
  readonly workload: Workload
  readonly resident: readonly Resident[]
  readonly pools: readonly HugePagePool[]
  readonly poolOrigin: Origin
  /** Pools that are not there, but without which the plan cannot run. */
  readonly missing: readonly HugePagePool[]
  /** Physical page tables of all processes, and what exists once. */
  readonly pageTableBytes: number
  /** Paths of the scenario whose value is a default. */
  readonly assumed: ReadonlySet<Assumption['path']>
}

const demandOfMemory = 'demand of memory'

/**
 * Sets memory against what needs it. MemTotal already excludes struct pages. Shared memory counts
 * once, as far as it is touched; unlocked file pages are reclaimable, so they stand beside; DAX
 * uses no memory, hugetlb lives in its pool.
 */
export function budgetOf(spending: Spending): Budget {
  const { resident } = spending
  const lockedBytes = locked(spending)
  // Page tables, kernel memory and locked memory cannot be swapped.
  const unswappableBytes = sum(
    [spending.pageTableBytes, kernelMemory(spending.workload), lockedBytes],
    demandOfMemory,
  )
  const lines = [
    ...supplyLines(spending),
    ...resident.flatMap(residentLines),
    ...processLines(spending),
    ...besideLines(spending, lockedBytes, unswappableBytes),
  ]
  const total = (side: Line['side']): number => {
    const ofSide = lines.filter((line) => line.side === side)
    return sumBy(ofSide, ({ bytes }) => bytes, `${side} of memory`)
  }
  return {
    lines,
    capacityBytes: total('supply'),
    demandBytes: total('demand'),
    unswappableBytes,
  }
}

function supplyLines({ workload, pools, missing, poolOrigin, assumed }: Spending): readonly Line[] {
  const { host } = workload
  const side = 'supply'
  const origins = originsOf(workload, assumed)
  return [
    { kind: 'memory', side, bytes: host.memory, origin: origins.at(['host', 'memory']) },
    ...host.reserves.map(({ name, bytes }): Line => {
      const origin = origins.at(['host', 'reserve', name])
      const rest = { side, bytes: 0 - bytes, origin } as const
      return name === ''
        ? { kind: 'reserve', ...rest }
        : { kind: 'reserve', reserve: name, ...rest }
    }),
    ...pools.map((pool): Line => {
      const path = ['host', 'hugepages', writeSize(pool.pageBytes)]
      const origin = poolOrigin === 'given' ? origins.at(path) : poolOrigin
      return { kind: 'pool', pageBytes: pool.pageBytes, side, bytes: 0 - poolBytes(pool), origin }
    }),
    ...missing.map((pool): Line => {
      const bytes = 0 - poolBytes(pool)
      const { pageBytes } = pool
      return { kind: 'pool', pageBytes, missing: true, side, bytes, origin: 'derived' }
    }),
    {
      kind: 'watermark',
      side,
      bytes: 0 - minWatermark(host),
      origin: host.minFree === undefined ? 'derived' : origins.at(['host', 'minFree']),
    },
  ]
}

function poolBytes({ pageBytes, count }: HugePagePool): number {
  return within53Bits(pageBytes * count, `huge-page pool of ${writeSize(pageBytes)}`)
}

function residentLines({ region, onceBytes, copyBytes }: Resident): readonly Line[] {
  const { name, backing } = region
  const lines: Line[] = []
  if (isShmem(region)) lines.push(ofRegion('shared', name, 'demand', onceBytes))
  if (isLockedFile(region)) lines.push(ofRegion('locked-file', name, 'demand', onceBytes))
  const copies = sum(copyBytes.values(), demandOfMemory)
  if (copies > 0 || backing === 'anonymous') {
    lines.push(ofRegion('private-region', name, 'demand', copies))
  }
  return lines
}

function isLockedFile({ backing, locked }: Resident['region']): boolean {
  return backing === 'file' && locked
}

/** Written out, for a budget is made for each of hundreds of plans. */
function ofMachine(
  kind: MachineLine['kind'],
  side: Line['side'],
  bytes: number,
  origin: Origin = 'derived',
): Line {
  return { kind, side, bytes, origin }
}

function ofRegion(
  kind: RegionLine['kind'],
  region: string,
  side: Line['side'],
  bytes: number,
): Line {
  return { kind, region, side, bytes, origin: 'derived' }
}

function processLines(spending: Spending): readonly Line[] {
  const { workload, pageTableBytes, assumed } = spending
  const { groups } = workload
  // A default that adds nothing decides nothing.
  const origins = originsOf(workload, assumed)
  const originOf = (key: 'private' | 'kernelMemory'): Origin =>
    origins.of(() => {
      const adding = groups.filter((group) => group[key] * group.processes > 0)
      const deciding = adding.length === 0 ? groups : adding
      return deciding.flatMap(({ name }) =>
        [key, 'processes'].map((input) => ['groups', name, input]),
      )
    })
  const privateBytes = sum(
    groups.map((group) => group.private * group.processes),
    demandOfMemory,
  )
  return [
    ofMachine('private', 'demand', privateBytes, originOf('private')),
    ofMachine('page-tables', 'demand', pageTableBytes),
    ofMachine('kernel', 'demand', kernelMemory(workload), originOf('kernelMemory')),
  ]
}

/** Kernel stacks and task structures: one for each thread, whoever shares the address space. */
function kernelMemory({ groups }: Workload): number {
  return sum(
    groups.map((group) => group.kernelMemory * group.processes * group.threads),
    demandOfMemory,
  )
}

function besideLines(
  { workload, assumed, resident }: Spending,
  lockedBytes: number,
  unswappableBytes: number,
): readonly Line[] {
  const reclaimable = resident.filter(
    ({ region, onceBytes }) => region.backing === 'file' && !region.locked && onceBytes > 0,
  )
  const swapOrigin = originsOf(workload, assumed).at(['host', 'swap'])
  return [
    ...reclaimable.map(({ region: { name }, onceBytes }) =>
      ofRegion('reclaimable-file', name, 'beside', onceBytes),
    ),
    ...(lockedBytes > 0 ? [ofMachine('locked', 'beside', lockedBytes)] : []),
    ofMachine('unswappable', 'beside', unswappableBytes),
    ofMachine('swap', 'beside', workload.host.swap, swapOrigin),
  ]
}

function locked({ workload, resident }: Spending): number {
  const lockedRegions = resident
    .filter(({ region }) => region.locked && region.backing !== 'dax')
    .map(({ onceBytes, copyBytes }) => onceBytes + sum(copyBytes.values(), demandOfMemory))
  const lockedPrivate = workload.groups.map((group) => group.lockedPrivate * group.processes)
  return sum([...lockedRegions, ...lockedPrivate], demandOfMemory)
}
