import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { bytes, count } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'
import type { Group } from '../../workload/group.ts'
import type { Measured, MeasuredGroup, OwnTables } from '../../workload/measured.ts'
import type { Workload } from '../../workload/workload.ts'
import type { GroupFound } from './match-groups.ts'

/** The counters of the machine under the names of the forecast; all other processes are elsewhere. */
export function countersOf(matches: readonly GroupFound[], measured: Measured): Measured {
  const { pageTables, withoutMappings, elsewhere } = measured
  const groups = matches.flatMap(({ name, found }): readonly MeasuredGroup[] => {
    const parts = measured.groups.filter((group) => found.includes(group.name))
    return parts.length === 0 ? [] : [{ name, ...together(parts) }]
  })
  const all = new Set(matches.flatMap(({ found }) => found))
  const others = measured.groups.filter(({ name }) => !all.has(name))
  const strangers = [...others, ...(elsewhere === undefined ? [] : [elsewhere])]
  const partial = elsewhere === undefined || elsewhere.partial === true
  return {
    ...(pageTables === undefined ? {} : { pageTables }),
    ...(withoutMappings === undefined ? {} : { withoutMappings }),
    groups,
    elsewhere: { ...processesOf(strangers), ...(partial ? { partial: true } : {}) },
    sources: [],
  }
}

function processesOf(
  parts: readonly Pick<MeasuredGroup, 'processes' | 'vmPte'>[],
): Pick<MeasuredGroup, 'processes' | 'vmPte'> {
  return {
    processes: count(sumBy(parts, ({ processes }) => processes)),
    vmPte: bytes(
      sumBy(parts, ({ vmPte }) => vmPte),
      'sum of VmPTE',
    ),
  }
}

/** Whatever was fitted to this VmPTE is not what is predicted here. */
function together(parts: readonly MeasuredGroup[]): Omit<MeasuredGroup, 'name' | 'fitted'> {
  const own = parts.map(({ ownTables }) => ownTables)
  const known = own.filter((one) => one !== undefined)
  const sumOwn = (of: (one: OwnTables) => number) => bytes(sumBy(known, of), 'own tables')
  return {
    ...processesOf(parts),
    ...(known.length < parts.length
      ? {}
      : {
          ownTables: {
            least: sumOwn(({ least }) => least),
            most: sumOwn(({ most }) => most),
            mapped: sumOwn(({ mapped }) => mapped),
          },
        }),
  }
}

/**
 * The forecast with as many processes as run, on the kernel and the memory that are there. Threads
 * that were united are the processes of the forecast.
 */
export function asFound(
  forecast: Workload,
  now: Workload,
  counters: Measured,
  matches: readonly GroupFound[],
  { kind }: NamedStrategy,
): Workload {
  const { hugepages, hugepageSizes, thp } = forecast.host
  const sizes = hugepageSizes === undefined ? {} : { hugepageSizes }
  const { hugepageSizes: _, ...host } = now.host
  return {
    ...forecast,
    host: { ...host, hugepages, thp, ...sizes },
    groups: forecast.groups.map((group): Group => {
      const found = counters.groups.find(({ name }) => name === group.name)
      const names = matches.find(({ name }) => name === group.name)?.found ?? []
      const running = kind === 'threads' ? threadsOf(now, names, counters, group) : found?.processes
      return { ...group, processes: count(running ?? 0) }
    }),
  }
}

function threadsOf(
  { groups }: Workload,
  names: readonly string[],
  { groups: measured }: Measured,
  { name, threads }: Group,
): number {
  if (!measured.some((one) => one.name === name)) return 0
  const all = sumBy(
    groups.filter((group) => names.includes(group.name)),
    (group) => group.processes * group.threads,
  )
  return Math.max(1, Math.round(all / threads))
}
