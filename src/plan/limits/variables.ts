import { bytes, count, pages } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'
import { copiesOf } from '../../workload/copies.ts'
import { mostProcesses } from '../../workload/group.ts'
import type { Host } from '../../workload/host.ts'
import { isMapped } from '../../workload/mappers.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Limit } from '../result/limit-result.ts'
import { leastPages, withRegionOf } from './resized-region.ts'

/** Host memory that limits look up to: 64 PiB is past 2^53 bytes, 4 PiB is not. */
export const mostMemory: number = 2 ** 52

/** What a limit is about. */
export type Subject = Pick<Limit, 'metric' | 'group' | 'region'>

/** One number that may change, and the workload with another value of it. */
export interface Variable {
  readonly limit: Omit<Limit, 'safe' | 'tight' | 'swapping'>
  readonly with: (value: number) => Workload | undefined
  /** Values that are asked are multiples of it, from `least` steps to `most`. */
  readonly step: number
  readonly least: number
  readonly most: number
  /** More is worse, as with processes; or better, as with memory. */
  readonly worsens: boolean
  /** The host with a value; absent where what is worse may be better again further on. */
  readonly hostAt?: (value: number) => Pick<Host, 'memory' | 'swap'>
}

/** Every number that a limit is asked of: processes of each group, of all, each mapped region, memory. */
export function variablesOf(workload: Workload): readonly Variable[] {
  const { groups, regions } = workload
  const each = groups.map((_, index) => processesOf(workload, index))
  const mapped = regions.filter(({ name }) => isMapped(workload, name))
  return [
    ...each,
    ...(groups.length > 1 ? [allProcesses(workload)] : []),
    ...mapped.map((region) => sizeOf(workload, region)),
    memoryOf(workload),
  ]
}

/** Processes of one group, the others as they are; of each instance, where there are copies. */
export function processesOf(workload: Workload, index: number): Variable {
  const group = workload.groups[index]
  if (group === undefined) throw new RangeError(`no group ${index}`)
  const others = allProcessesOf(workload) - group.processes
  const copies = copiesOf(group)
  const now = group.processes / copies
  return {
    limit: {
      metric: 'processes',
      group: group.name,
      ...(copies === 1 ? {} : { copies }),
      unit: 'processes',
      now,
    },
    with: (value) => ({
      ...workload,
      groups: workload.groups.map((one, g) =>
        g === index ? { ...one, processes: count(value * copies) } : one,
      ),
    }),
    step: 1,
    least: 0,
    most: Math.floor((mostProcesses - others) / copies),
    worsens: true,
    hostAt: () => workload.host,
  }
}

/** The largest group grows, and the others in proportion, rounded down; of each instance. */
export function allProcesses(workload: Workload): Variable {
  const now = Math.max(...workload.groups.map((group) => group.processes / copiesOf(group)))
  const share = (processes: number, value: number): number =>
    now === 0 ? processes : Number((BigInt(processes) * BigInt(value)) / BigInt(now))
  return {
    limit: { metric: 'allProcesses', unit: 'processes', now },
    with: (value) => ({
      ...workload,
      groups: workload.groups.map((group) => ({
        ...group,
        processes: count(share(group.processes / copiesOf(group), value) * copiesOf(group)),
      })),
    }),
    step: 1,
    least: 0,
    most: now === 0 ? 0 : Math.floor((mostProcesses * now) / allProcessesOf(workload)),
    worsens: true,
    hostAt: () => workload.host,
  }
}

/** In whole pages of the region: huge ones where it is on such. */
function sizeOf(workload: Workload, region: Region): Variable {
  const { layout } = workload.host
  const unit = region.pageBytes / layout.pageBytes
  return {
    limit: { metric: 'region', region: region.name, unit: 'bytes', now: region.size },
    with: (value) => withRegionOf(workload, region, pages(value / layout.pageBytes)),
    step: region.pageBytes,
    least: Math.ceil(leastPages(workload, region) / unit),
    most: Math.floor(layout.userPages / unit),
    worsens: true,
  }
}

/** Memory of the host. */
export function memoryOf(workload: Workload): Variable {
  const { host } = workload
  return {
    limit: { metric: 'memory', unit: 'bytes', now: host.memory },
    with: (value) => ({ ...workload, host: { ...host, memory: bytes(value) } }),
    step: host.layout.pageBytes,
    least: 1,
    most: mostMemory / host.layout.pageBytes,
    worsens: false,
    hostAt: (value) => ({ ...host, memory: bytes(value) }),
  }
}

function allProcessesOf({ groups }: Workload): number {
  return sumBy(groups, ({ processes }) => processes)
}
