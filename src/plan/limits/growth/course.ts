import type { NamedStrategy } from '../../../sharing/catalogue.ts'
import { partCopies } from '../../../sharing/pools/copies.ts'
import type { Day } from '../../../units/date/calendar.ts'
import type { Path } from '../../../units/path.ts'
import { count } from '../../../units/quantity.ts'
import { sumBy } from '../../../units/sum.ts'
import { copiesOf } from '../../../workload/copies.ts'
import { mostProcesses } from '../../../workload/group.ts'
import type { Growth } from '../../../workload/growth.ts'
import { growthDates } from '../../../workload/growth.ts'
import { canonicalJson } from '../../../workload/identity.ts'
import type { Workload } from '../../../workload/workload.ts'
import { isNeedMonotone } from '../../strategy/monotone-need.ts'
import { planOrUnknown } from '../../strategy/plans.ts'
import { withPartsOf } from '../../strategy/shared-parts.ts'
import type { Outcome } from '../../strategy/strategy-result.ts'

/** A workload on each day on which something grows. */
export interface Course {
  readonly growth: Growth<Workload>
  /** The first day, then those on which something grows. */
  readonly dates: readonly Day[]
  /** By index of the day; `undefined` where no scenario has such values. */
  readonly workloadAt: (index: number) => Workload | undefined
}

export type Planned = Outcome | 'unknown' | undefined

/** The course of what grows; `undefined` where nothing does. */
export function courseOf({ growth }: Workload): Course | undefined {
  const base = growth?.scenarioOn(growth.from)
  if (growth === undefined || base === undefined) return undefined
  const dates = growthDates(growth.from, growth.until, growth.rates)
  const read = (day: Day): Workload | undefined => {
    const workload = growth.scenarioOn(day)
    return workload && withPartsOf(base, workload)
  }
  const shortcut = shortcutOf(growth, base, dates)
  const on = shortcut ?? read
  return {
    growth,
    dates,
    workloadAt: (index) => {
      const day = dates[index]
      return day === undefined ? undefined : on(day)
    },
  }
}

/** What a strategy comes to on a day: `undefined` where it is not possible then. */
export function planAt(course: Course, named: NamedStrategy, index: number): Planned {
  const workload = course.workloadAt(index)
  return workload === undefined ? 'unknown' : planOrUnknown(() => partCopies(workload), named)
}

/**
 * Where only numbers of processes grow, they are put in without reading the scenario again: nothing
 * else is derived from them. Held against the reader on the first day that something grows.
 */
function shortcutOf(
  growth: Growth<Workload>,
  base: Workload,
  dates: readonly Day[],
): ((day: Day) => Workload | undefined) | undefined {
  const { groups } = base
  const indices = growth.rates.map(({ path }) =>
    groups.findIndex((group) => path === pathOf(group.name) && copiesOf(group) === 1),
  )
  if (indices.includes(-1)) return undefined
  const at = (day: Day): Workload | undefined => {
    const values = growth.valuesOn(day)
    if (values === undefined) return undefined
    const changed = groups.map((group, index) => {
      const value = values[indices.indexOf(index)]
      return typeof value === 'number' ? { ...group, processes: count(value) } : group
    })
    const isTooMany = sumBy(changed, ({ processes }) => processes) > mostProcesses
    return isTooMany ? undefined : { ...base, groups: changed }
  }
  const [, first] = dates
  const isSame = (day: Day): boolean =>
    canonicalJson(at(day) ?? null) === canonicalJson(growth.scenarioOn(day) ?? null)
  return first === undefined || isSame(first) ? at : undefined
}

/** A name of a plain word: others are in quotes in a path, and read again. */
function pathOf(name: string): string {
  return `groups.${name}.processes`
}

/** True where whatever grows needs more memory: no later day is better than an earlier one. */
export function isForTheWorse(course: Course, named: NamedStrategy): boolean {
  return everyRate(course, named, isNeedMonotone)
}

/**
 * True where a later day may bring back what has died. A larger region at times needs fewer tables, but
 * only for a while.
 */
export function mayRecover(course: Course, named: NamedStrategy): boolean {
  return !everyRate(course, named, (place, workload, id) =>
    isNeedMonotone(place[2] === 'size' ? processes : place, workload, id),
  )
}

/** As good as any place that only adds to what is needed. */
const processes: Path = ['groups', '', 'processes']

function everyRate(
  { growth, workloadAt }: Course,
  { id }: NamedStrategy,
  isWorse: typeof isNeedMonotone,
): boolean {
  const workload = workloadAt(0)
  if (workload === undefined) return false
  return growth.rates.every(
    ({ place, rises }) =>
      rises && place[0] !== 'host' && place.at(-1) !== 'exponent' && isWorse(place, workload, id),
  )
}
