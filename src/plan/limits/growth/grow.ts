import type { NamedStrategy } from '../../../sharing/catalogue.ts'
import { strategiesOf } from '../../../sharing/catalogue.ts'
import { dayText } from '../../../units/date/calendar.ts'
import { firstHolding } from '../../../units/first-holding.ts'
import type { RiskLevel } from '../../../workload/gates.ts'
import type { Workload } from '../../../workload/workload.ts'
import type { Standing } from '../../result/outlook.ts'
import { outlooks, standingOf } from '../../result/outlook.ts'
import type {
  GrowthChange,
  GrowthResult,
  StrategyGrowth,
} from '../../result/what-if/growth-result.ts'
import { stopOf } from '../../strategy/stops.ts'
import type { Outcome } from '../../strategy/strategy-result.ts'
import type { Course, Planned } from './course.ts'
import { courseOf, isForTheWorse, mayRecover, planAt } from './course.ts'
import { pointsOf } from './points.ts'

/** What is asked of a growth. */
export interface GrowthAsked {
  /** Ids of strategies; absent: all that the workload asks for. */
  readonly strategies?: readonly string[]
  /** With the figures of a picture, which need more plans; absent: without. */
  readonly withPoints?: boolean
}

/**
 * When each strategy stops being safe, swaps and dies, to the day: every change is a plan of that day, and
 * one of the day before it on which something grew.
 */
export function growthOver(
  workload: Workload,
  { strategies: ids, withPoints = false }: GrowthAsked = {},
): { readonly growth?: GrowthResult } {
  const course = courseOf(workload)
  if (course === undefined) return {}
  const { growth, dates } = course
  const asked = ids ?? workload.strategies
  const named = strategiesOf(workload.host.layout).filter(
    ({ id }) => asked === undefined || asked.includes(id),
  )
  const isHalved = (one: NamedStrategy): boolean => isForTheWorse(course, one)
  const halved = byHalves(course, named.filter(isHalved))
  const stepped = stepByStep(
    course,
    named.filter((one) => !isHalved(one)),
  )
  const found = named.flatMap((one) => [...halved, ...stepped].filter((each) => each.named === one))
  const values = growth.valuesOn(growth.from) ?? []
  const result = {
    from: dayText(growth.from),
    until: dayText(growth.until),
    dates: dates.length - 1,
    rates: growth.rates.map(({ path, rate }, index) => ({ path, rate, now: values[index] ?? 0 })),
    strategies: found.flatMap((one) => strategyGrowth(course, one)),
  }
  return { growth: withPoints ? pointsOf(course, workload, result) : result }
}

/** The same with the figures of a picture. */
export function withGrowthPoints(workload: Workload, growth: GrowthResult): GrowthResult {
  const course = courseOf(workload)
  return course === undefined ? growth : pointsOf(course, workload, growth)
}

/** What a strategy is on a day. */
interface Seen {
  readonly index: number
  readonly outcome: Outcome
  readonly standing: Standing
}

/** A strategy's days, each unlike the one before: the first day, then those of changes. */
interface Found {
  readonly named: NamedStrategy
  /** Each with the day before it. */
  readonly turns: readonly { readonly before?: Seen; readonly seen: Seen }[]
  readonly end?: { readonly index: number; readonly planned: 'unknown' | undefined }
}

/** Worse and worse: each change is found by halves. */
function byHalves(course: Course, named: readonly NamedStrategy[]): readonly Found[] {
  const last = course.dates.length - 1
  return named.flatMap((strategy): readonly Found[] => {
    const planned = new Map<number, Planned>()
    const at = (index: number): Planned => {
      if (!planned.has(index)) planned.set(index, planAt(course, strategy, index))
      return planned.get(index)
    }
    const first = seenAt(0, at(0))
    if (first === undefined) return []
    const turns: Found['turns'][number][] = [{ seen: first }]
    let now = first
    while (!isDead(now.standing)) {
      const { standing } = now
      const next = firstHolding(now.index + 1, last + 1, (index) => {
        const seen = seenAt(index, at(index))
        return seen === undefined || gravity(seen.standing) > gravity(standing)
      })
      if (next > last) break
      const [before, seen] = [seenAt(next - 1, at(next - 1)), seenAt(next, at(next))]
      if (seen === undefined || before === undefined) {
        return [{ named: strategy, turns, end: endAt(next - 1, at(next)) }]
      }
      turns.push({ before, seen })
      now = seen
    }
    return [{ named: strategy, turns }]
  })
}

/** What may come and go is looked at on every day, a death that stays only once. */
function stepByStep(course: Course, named: readonly NamedStrategy[]): readonly Found[] {
  let running = named.flatMap((strategy): readonly Running[] => {
    const seen = seenAt(0, planAt(course, strategy, 0))
    return seen === undefined
      ? []
      : [{ named: strategy, turns: [{ seen }], last: seen, recovers: mayRecover(course, strategy) }]
  })
  const all = running
  for (let index = 1; index < course.dates.length; index += 1) {
    running = running.filter(
      ({ last, end, recovers }) => !end && (recovers || !isDead(last.standing)),
    )
    if (running.length === 0) break
    const workload = course.workloadAt(index)
    const today: Course = { ...course, workloadAt: () => workload }
    for (const one of running) step(one, index, planAt(today, one.named, index))
  }
  return all
}

interface Running extends Found {
  turns: Found['turns']
  last: Seen
  readonly recovers: boolean
  end?: NonNullable<Found['end']>
}

function step(one: Running, index: number, planned: Planned): void {
  const seen = seenAt(index, planned)
  if (seen === undefined) {
    one.end = endAt(index - 1, planned)
    return
  }
  if (seen.standing !== one.last.standing) one.turns = [...one.turns, { before: one.last, seen }]
  one.last = seen
}

function endAt(index: number, planned: Planned): NonNullable<Found['end']> {
  return { index, planned: planned === undefined ? undefined : 'unknown' }
}

function seenAt(index: number, planned: Planned): Seen | undefined {
  return planned === undefined || planned === 'unknown'
    ? undefined
    : { index, outcome: planned, standing: standingOf(planned) }
}

/** The worse, the more. */
function gravity(standing: Standing): number {
  return -outlooks.indexOf(standing)
}

function isDead(standing: Standing): boolean {
  return standing === 'oom' || standing === 'no-start'
}

function strategyGrowth(course: Course, { named, turns, end }: Found): readonly StrategyGrowth[] {
  const [first] = turns
  if (first === undefined) return []
  const textAt = (index: number): string => dayText(course.dates[index] ?? course.growth.from)
  const firstOf = (is: (standing: Standing) => boolean): string | undefined => {
    const turn = turns.find(({ seen }) => is(seen.standing))
    return turn && textAt(turn.seen.index)
  }
  const notSafeFrom = firstOf((standing) => standing !== 'safe')
  const swapsFrom = firstOf((standing) => standing === 'swapping')
  const diesFrom = firstOf(isDead)
  const last = turns.at(-1)
  const isBetter = last?.before !== undefined && last.seen.standing === 'safe'
  const isProposed = turns.some(({ seen }) => seen.outcome.status === 'proposed')
  return [
    {
      id: named.id,
      status: isProposed ? 'proposed' : named.status,
      now: first.seen.standing,
      ...(notSafeFrom === undefined ? {} : { notSafeFrom }),
      ...(swapsFrom === undefined ? {} : { swapsFrom }),
      ...(diesFrom === undefined ? {} : { diesFrom }),
      ...(isBetter ? { safeAgainFrom: textAt(last.seen.index) } : {}),
      changes: turns.flatMap(({ before, seen }) =>
        before === undefined ? [] : [changeOf(course, before, seen, textAt)],
      ),
      ...(end === undefined
        ? {}
        : {
            end: {
              date: textAt(end.index),
              reason:
                end.planned === undefined ? ('not-possible' as const) : ('too-large' as const),
            },
          }),
    },
  ]
}

function changeOf(
  { growth, dates }: Course,
  before: Seen,
  seen: Seen,
  textAt: (index: number) => string,
): GrowthChange {
  const { outcome, standing } = seen
  const isWorse = gravity(standing) > gravity(before.standing)
  const stop = isWorse ? stopOf(outcome, levelBefore(before.standing)) : undefined
  return {
    date: textAt(seen.index),
    before: textAt(before.index),
    from: before.standing,
    to: standing,
    values: growth.valuesOn(dates[seen.index] ?? growth.from) ?? [],
    pageTablesBytes: outcome.pageTables.bytes,
    headroomBytes: outcome.memory.headroomBytes,
    ...(stop === undefined ? {} : { stop }),
  }
}

function levelBefore(standing: Standing): RiskLevel {
  return standing === 'no-start' ? 'oom' : standing
}
