import { strategyOf } from '../../../sharing/catalogue.ts'
import { dayText, parseDay } from '../../../units/date/calendar.ts'
import type { Workload } from '../../../workload/workload.ts'
import { refusalIn } from '../../result/refusal.ts'
import type {
  GrowthPoint,
  GrowthResult,
  StrategyGrowth,
} from '../../result/what-if/growth-result.ts'
import { fullest } from '../charts.ts'
import type { Course } from './course.ts'
import { planAt } from './course.ts'

/** Days in equal distances, between them those of changes. */
const distances = 10
/** What happens this much later than the first death leaves no room for it. */
const mostLater = 20

/** With the days that a picture shows: until the last change that leaves the first death room. */
export function pointsOf(whole: Course, workload: Workload, result: GrowthResult): GrowthResult {
  const course = remembering(whole)
  const indexOf = indices(course)
  const last = lastShown(course, result, indexOf)
  const spread = Array.from({ length: distances + 1 }, (_, step) =>
    Math.round((last * step) / distances),
  )
  const strategies = result.strategies.map((one): StrategyGrowth => {
    const changes = one.changes.flatMap(({ date, before }) => [indexOf(before), indexOf(date)])
    const shown = [...new Set([...spread, ...changes.filter((index) => index <= last)])]
    return {
      ...one,
      points: pointsAt(
        course,
        workload,
        one.id,
        shown.sort((a, b) => a - b),
      ),
    }
  })
  return { ...result, strategies }
}

/** All strategies are looked at on nearly the same days. */
function remembering(course: Course): Course {
  const known = new Map<number, Workload | undefined>()
  return {
    ...course,
    workloadAt: (index) => {
      if (!known.has(index)) known.set(index, course.workloadAt(index))
      return known.get(index)
    },
  }
}

function indices({ dates }: Course): (date: string) => number {
  const byDay = new Map(dates.map((day, index) => [day, index]))
  return (date) => {
    const day = parseDay(date)
    return (day === undefined ? undefined : byDay.get(day)) ?? 0
  }
}

function lastShown(
  { dates }: Course,
  { strategies }: GrowthResult,
  indexOf: (date: string) => number,
): number {
  const end = dates.length - 1
  const changes = strategies.flatMap((one) => one.changes.map(({ date }) => indexOf(date)))
  const deaths = strategies.flatMap(({ diesFrom }) =>
    diesFrom === undefined ? [] : [indexOf(diesFrom)],
  )
  const first = Math.min(...deaths.filter((index) => index > 0))
  const shown = changes.filter((index) => index <= mostLater * first)
  return shown.length === 0 ? end : Math.min(end, Math.ceil(Math.max(...shown) * 1.1))
}

function pointsAt(
  course: Course,
  { host }: Workload,
  id: string,
  shown: readonly number[],
): readonly GrowthPoint[] {
  const named = strategyOf(host.layout, id)
  const points: GrowthPoint[] = []
  for (const index of named === undefined ? [] : shown) {
    const planned = named && planAt(course, named, index)
    if (planned === undefined || planned === 'unknown') break
    const memory = course.workloadAt(index)?.host.memory ?? host.memory
    const refusal = refusalIn(planned.memory)
    points.push({
      date: dayText(course.dates[index] ?? course.growth.from),
      ...fullest(planned, memory),
      level: planned.risk.level,
      ...(refusal === undefined ? {} : { refusal }),
    })
  }
  return points
}
