import { within53Bits } from '../units/quantity.ts'
import { writeSize } from '../units/size.ts'
import type { Assumption, HugePagePool, Workload } from '../workload/workload.ts'
import { minWatermark } from './min-watermark.ts'
import type { Origin } from './origins.ts'
import { originsOf } from './origins.ts'
import { poolLabel } from './pools.ts'
import type { Resident } from './resident.ts'
import { isShmem } from './resident.ts'

/** A named part of the budget; bytes may be an unrounded expectation. */
export interface Line {
  readonly name: string
  /** `supply` adds up to the capacity, `demand` to the demand, `beside` is in neither. */
  readonly side: 'supply' | 'demand' | 'beside'
  readonly bytes: number
  readonly origin: Origin
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

/**
 * Sets memory against what needs it. MemTotal already excludes struct pages. Shared memory counts
 * once, as far as it is touched; unlocked file pages are reclaimable, so they stand beside; DAX
 * uses no memory, hugetlb lives in its pool.
 */
export function budgetOf(spending: Spending): Budget {
  const { resident } = spending
  const lines = [
    ...supplyLines(spending),
    ...resident.flatMap(residentLines),
    ...processLines(spending),
    ...besideLines(spending),
  ]
  const total = (side: Line['side']): number =>
    lines
      .filter((line) => line.side === side)
      .reduce((sum, { bytes }) => within53Bits(sum + bytes, `${side} of memory`), 0)
  return {
    lines,
    capacityBytes: total('supply'),
    demandBytes: total('demand'),
    unswappableBytes: unswappable(spending),
  }
}

function supplyLines({ workload, pools, missing, poolOrigin, assumed }: Spending): readonly Line[] {
  const { host } = workload
  const side = 'supply'
  const origins = originsOf(workload, assumed)
  return [
    { name: 'memory', side, bytes: host.memory, origin: origins.at(['host', 'memory']) },
    ...host.reserves.map(({ name, bytes }): Line => {
      const origin = origins.at(['host', 'reserve', name])
      return { name: name === '' ? 'reserve' : `reserve: ${name}`, side, bytes: 0 - bytes, origin }
    }),
    ...pools.map((pool) => {
      const path = ['host', 'hugepages', writeSize(pool.pageBytes)]
      const origin = poolOrigin === 'given' ? origins.at(path) : poolOrigin
      return poolLine(`huge-page pool ${poolLabel(host.layout, pool)}`, pool, origin)
    }),
    ...missing.map((pool) =>
      poolLine(`huge-page pool ${poolLabel(host.layout, pool)}, missing`, pool, 'derived'),
    ),
    {
      name: 'min watermark',
      side,
      bytes: 0 - minWatermark(host),
      origin: host.minFree === undefined ? 'derived' : origins.at(['host', 'minFree']),
    },
  ]
}

function poolLine(name: string, pool: HugePagePool, origin: Origin): Line {
  const bytes = within53Bits(pool.pageBytes * pool.count, name)
  return { name, side: 'supply', bytes: 0 - bytes, origin }
}

function residentLines({ region, onceBytes, copyBytes }: Resident): readonly Line[] {
  const lines: Line[] = []
  if (isShmem(region)) lines.push(demand(`resident shared memory: ${region.name}`, onceBytes))
  if (isLockedFile(region)) lines.push(demand(`locked file pages: ${region.name}`, onceBytes))
  const copies = sum(copyBytes)
  if (copies > 0 || region.backing === 'anonymous') {
    lines.push(demand(`private region: ${region.name}`, copies))
  }
  return lines
}

function isLockedFile({ backing, locked }: Resident['region']): boolean {
  return backing === 'file' && locked
}

function demand(name: string, bytes: number, origin: Origin = 'derived'): Line {
  return { name, side: 'demand', bytes, origin }
}

function processLines(spending: Spending): readonly Line[] {
  const { workload, pageTableBytes, assumed } = spending
  const { groups } = workload
  // A default that adds nothing decides nothing.
  const origins = originsOf(workload, assumed)
  const originOf = (key: 'private' | 'kernelMemory'): Origin => {
    const adding = groups.filter((group) => group[key] * group.processes > 0)
    const deciding = adding.length === 0 ? groups : adding
    const inputs = deciding.flatMap(({ name }) =>
      [key, 'processes'].map((input) => ['groups', name, input]),
    )
    return origins.of(inputs)
  }
  const privateBytes = sum(groups.map((group) => group.private * group.processes))
  return [
    demand('private memory', privateBytes, originOf('private')),
    demand('page tables', pageTableBytes),
    demand('kernel memory', kernelMemory(workload), originOf('kernelMemory')),
  ]
}

/** Kernel stacks and task structures: one for each thread, whoever shares the address space. */
function kernelMemory({ groups }: Workload): number {
  return sum(groups.map((group) => group.kernelMemory * group.processes * group.threads))
}

function besideLines(spending: Spending): readonly Line[] {
  const { workload, assumed, resident } = spending
  const reclaimable = resident.filter(
    ({ region, onceBytes }) => region.backing === 'file' && !region.locked && onceBytes > 0,
  )
  const lockedBytes = locked(spending)
  const beside = (name: string, bytes: number): Line => ({
    name,
    side: 'beside',
    bytes,
    origin: 'derived',
  })
  return [
    ...reclaimable.map(
      ({ region, onceBytes }): Line => beside(`reclaimable file pages: ${region.name}`, onceBytes),
    ),
    ...(lockedBytes > 0 ? [beside('locked memory', lockedBytes)] : []),
    beside('not swappable', unswappable(spending)),
    {
      name: 'swap',
      side: 'beside',
      bytes: workload.host.swap,
      origin: originsOf(workload, assumed).at(['host', 'swap']),
    },
  ]
}

/** What cannot be swapped: page tables, kernel memory, locked memory. */
function unswappable(spending: Spending): number {
  return sum([spending.pageTableBytes, kernelMemory(spending.workload), locked(spending)])
}

function locked({ workload, resident }: Spending): number {
  const lockedRegions = resident
    .filter(({ region }) => region.locked && region.backing !== 'dax')
    .map(({ onceBytes, copyBytes }) => onceBytes + sum(copyBytes))
  const lockedPrivate = workload.groups.map((group) => group.lockedPrivate * group.processes)
  return sum([...lockedRegions, ...lockedPrivate])
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => within53Bits(total + value, 'demand of memory'), 0)
}
