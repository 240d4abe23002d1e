import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { strategiesOf } from '../../sharing/catalogue.ts'
import { bytes, count, pages } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'
import { copiesOf } from '../../workload/copies.ts'
import type { RiskLevel } from '../../workload/gates.ts'
import { mostProcesses } from '../../workload/group.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Bound, Limit, StrategyLimits } from '../result/limit-result.ts'
import { planOrUnknown, tryPlan } from '../strategy/plans.ts'
import { stopOf } from '../strategy/stops.ts'
import type { Outcome } from '../strategy/strategy-result.ts'
import { leastPages, withRegionOf } from './resized-region.ts'
import { lastHolding } from './search.ts'

/** Host memory that limits look up to: 64 PiB is past 2^53 bytes, 4 PiB is not. */
const mostMemory = 2 ** 52

/**
 * Finds the limits of a workload by bisection over whole numbers on the model itself: every answer
 * is a plan that was made.
 * @param ids strategies to ask; absent: all that the workload asks for.
 * @param isWanted which numbers to look for; absent: all.
 */
export function limitsOf(
  workload: Workload,
  ids?: readonly string[],
  isWanted: (subject: Subject) => boolean = () => true,
): readonly StrategyLimits[] {
  const asked = ids ?? workload.strategies
  return strategiesOf(workload.host.layout)
    .filter(({ id }) => asked === undefined || asked.includes(id))
    .flatMap((named) => {
      const planned = tryPlan(workload, named)
      if (planned === undefined) return []
      return [
        {
          id: named.id,
          status: planned.status,
          level: planned.risk.level,
          limits: variablesOf(workload)
            .filter(({ limit }) => isWanted(limit))
            .map((variable) => answer(named, variable)),
        },
      ]
    })
}

/** What a limit is about. */
export type Subject = Pick<Limit, 'metric' | 'group' | 'region'>

/** One number that may change, and the workload with another value of it. */
interface Variable {
  readonly limit: Omit<Limit, 'safe' | 'tight' | 'swapping'>
  readonly with: (value: number) => Workload | undefined
  /** Values that are asked are multiples of it, from `least` steps to `most`. */
  readonly step: number
  readonly least: number
  readonly most: number
  /** More is worse, as with processes; or better, as with memory. */
  readonly worsens: boolean
}

function variablesOf(workload: Workload): readonly Variable[] {
  const { groups, regions } = workload
  const each = groups.map((_, index) => processesOf(workload, index))
  const mapped = regions.filter(({ name }) =>
    groups.some(({ processes, maps }) => processes > 0 && maps.some((map) => map.region === name)),
  )
  return [
    ...each,
    ...(groups.length > 1 ? [allProcesses(workload)] : []),
    ...mapped.map((region) => sizeOf(workload, region)),
    memoryOf(workload),
  ]
}

function processesOf(workload: Workload, index: number): Variable {
  const group = workload.groups[index]
  if (group === undefined) throw new RangeError(`no group ${index}`)
  const others = allProcessesOf(workload) - group.processes
  const copies = copiesOf(group)
  const now = group.processes / copies
  return {
    limit: { metric: 'processes', group: group.name, unit: 'processes', now },
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
  }
}

/** The largest group grows, and the others in proportion, rounded down; of each instance. */
function allProcesses(workload: Workload): Variable {
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

function memoryOf(workload: Workload): Variable {
  const { host } = workload
  return {
    limit: { metric: 'memory', unit: 'bytes', now: host.memory },
    with: (value) => ({ ...workload, host: { ...host, memory: bytes(value) } }),
    step: host.layout.pageBytes,
    least: 1,
    most: mostMemory / host.layout.pageBytes,
    worsens: false,
  }
}

function allProcessesOf({ groups }: Workload): number {
  return sumBy(groups, ({ processes }) => processes)
}

function answer(named: NamedStrategy, variable: Variable): Limit {
  const levels = { safe: 'safe', tight: 'tight', swapping: 'swapping' } as const
  const track = trackOf(named, variable)
  const bounds = Object.values(levels).flatMap((level) => {
    const bound = boundAt(track, level)
    return bound === undefined ? [] : [[level, bound] as const]
  })
  return { ...variable.limit, ...Object.fromEntries(bounds) }
}

/** The values of a variable in order: place 0 is the best, place `last` the worst. */
interface Track {
  readonly last: number
  /** Where the scenario is now. */
  readonly now: number
  readonly valueAt: (place: number) => number
  /** `undefined` where nothing can be planned, `unknown` where numbers pass 2^53 − 1. */
  readonly planAt: (place: number) => Outcome | 'unknown' | undefined
}

function trackOf(named: NamedStrategy, variable: Variable): Track {
  const { most, step, worsens } = variable
  // Every level asks at nearly the same places.
  const seen = new Map<number, Outcome | 'unknown' | undefined>()
  const planWith = (value: number): Outcome | 'unknown' | undefined =>
    planOrUnknown(() => variable.with(value), named)
  // Some strategies need a process to plan for.
  const least = planWith(variable.least * step) === undefined ? variable.least + 1 : variable.least
  const valueAt = (place: number): number => (worsens ? least + place : most - place) * step
  const planAt = (place: number): Outcome | 'unknown' | undefined => {
    if (!seen.has(place)) seen.set(place, planWith(valueAt(place)))
    return seen.get(place)
  }
  const steps = Math.floor(variable.limit.now / step)
  return { last: most - least, now: worsens ? steps - least : most - steps, valueAt, planAt }
}

/**
 * The last value, on the way to worse, at which the plan starts and is no worse than `level`: the
 * nearest to what there is now, where a pool that a region no longer fits into makes several.
 */
function boundAt({ last, now, valueAt, planAt }: Track, level: RiskLevel): Bound | undefined {
  const holds = (place: number): boolean => {
    const planned = planAt(place)
    return planned !== undefined && planned !== 'unknown' && stopOf(planned, level) === undefined
  }
  const found = lastHolding(holds, last, now)
  if (found === undefined) return undefined
  const value = valueAt(found)
  const next = found === last ? undefined : planAt(found + 1)
  if (next === 'unknown') return { value, atLeast: true }
  const stop = next === undefined ? undefined : stopOf(next, level)
  return next === undefined || stop === undefined
    ? { value }
    : { value, next: next.risk.level, ...stop }
}
