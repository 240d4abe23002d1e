import type { Day } from '../../../units/date/calendar.ts'
import { after, dayText, parseDay, passed, periods } from '../../../units/date/calendar.ts'
import { firstHolding } from '../../../units/first-holding.ts'
import type { Path } from '../../../units/path.ts'
import { pathText } from '../../../units/path.ts'
import type { GrownValue, Growth, GrowthRate } from '../../../workload/growth.ts'
import { growthDates, mostDates } from '../../../workload/growth.ts'
import type { Workload } from '../../../workload/workload.ts'
import type { ScenarioText } from '../../schema/scenario-text.ts'
import type { RateParts } from '../../schema/what-if/growth-schema.ts'
import { flawOfDay, flawOfRate, growthDays, rateParts } from '../../schema/what-if/growth-schema.ts'
import type { Flaw } from '../../yaml/issue.ts'
import { parsePath } from '../../yaml/parse-path.ts'
import type { PlainData } from '../../yaml/plain-data.ts'
import { placeAt } from '../../yaml/plain-data.ts'
import { goesThrough, nearest } from '../../yaml/suggest.ts'
import type { DeepPartial, Log } from '../section.ts'
import { complain, entriesOf } from '../section.ts'
import type { ResolveAgain } from '../timeline/resolve-timeline.ts'
import { keyMeant, withValue } from '../timeline/set-values.ts'
import { amountOf, writeAmount } from './amounts.ts'
import { grainOf } from './grain.ts'
import { growsBy } from './rate.ts'

/** How long growth is looked at where the scenario does not say. */
const usualYears = 50

/** What grows, each value checked against the scenario; the scenario of a later day is read when it is asked for. */
export function growthOf(
  log: Log,
  given: DeepPartial<ScenarioText>,
  workload: Workload,
  resolveAgain: ResolveAgain,
): Pick<Workload, 'growth'> {
  const known = log.complaints.length
  const entries = entriesOf(given.growth)
  const from = dayAt(log, entries, 'from')
  const until = dayAt(log, entries, 'until')
  if (entries.every(([key]) => key !== 'from')) {
    complain(log, ['growth'], {
      message: '`from` is missing',
      expected: 'the day of the scenario as written, such as `from: 2026-12-01`',
    })
  }
  const read = entries.flatMap(([path, written]) => {
    if (growthDays.includes(path) || written === undefined) return []
    const one = growing(given as PlainData, workload, path, written)
    if (one === undefined || ('message' in one && one.isPath && isWrong(log, path))) return []
    if (!('message' in one)) return [one]
    complain(log, ['growth', path], one, one.isPath ? 'key' : 'value')
    return []
  })
  if (entries.every(([key]) => growthDays.includes(key))) {
    complain(log, ['growth'], {
      message: 'nothing grows',
      expected: 'a path and its rate, such as `groups.clients.processes: +40 per month`',
    })
  }
  if (log.complaints.length > known || from === undefined) return {}
  const last = lastDay(log, from, until, read)
  if (last === undefined) return {}
  checkAboveZero(log, from, last, read)
  if (log.complaints.length > 0) return {}
  const growth = growthFrom(from, last, read, given as PlainData, resolveAgain)
  checkFirstStep(log, growth, read, given as PlainData, resolveAgain)
  return { growth }
}

/** A key of the path is wrong. */
function isWrong({ complaints }: Log, written: string): boolean {
  const steps = parsePath(written)?.map(({ step }) => step) ?? []
  return complaints.some(({ path }) => goesThrough(steps, path))
}

type Entries = readonly (readonly [name: string, value: string | undefined])[]

function dayAt(log: Log, entries: Entries, key: string): Day | undefined {
  const written = entries.find(([name]) => name === key)?.[1]
  if (written === undefined) return undefined
  const day = parseDay(written)
  if (day === undefined) complain(log, ['growth', key], flawOfDay(written))
  return day
}

/** One value that grows. */
interface Growing extends GrowthRate {
  /** After so many periods; `undefined` where no scenario has such a value. */
  readonly valueAfter: (periods: number) => GrownValue | undefined
  readonly isBelowZero: (periods: number) => boolean
}

function growing(
  data: PlainData,
  workload: Workload,
  path: string,
  written: string,
): Growing | (Flaw & { readonly isPath?: true }) | undefined {
  const parts = rateParts(written)
  if (parts === undefined) {
    const near = nearest(path, growthDays)
    if (near === undefined) return flawOfRate(written)
    const [message, expected] = [`unknown key \`${path}\``, 'one of `from`, `until`']
    return { message, expected, suggestion: `did you mean \`${near}\`?`, isPath: true }
  }
  const place = placeOf(data, path)
  if (place === undefined) return undefined
  if ('message' in place) return { ...place, isPath: true }
  const { pageBytes } = workload.host.layout
  const from = amountOf(place.value, pageBytes)
  if (from === undefined) {
    return {
      message: `\`${path}\` is not a number`,
      expected: 'the path to a count, a size or a percentage',
      isPath: true,
    }
  }
  const grows = growsBy(parts, from, pageBytes, written)
  if (typeof grows !== 'function') return grows
  const grain = grainOf(workload, place.path)
  const now = place.value as GrownValue
  return {
    path: pathText(place.path),
    place: place.path,
    rate: rateText(parts),
    per: parts.per,
    rises: parts.sign === '+',
    valueAfter: (periods) => (periods === 0 ? now : writeAmount(grows(periods), grain)),
    isBelowZero: (periods) => grows(periods).numerator < 0n,
  }
}

function rateText({ sign, amount, per }: RateParts): string {
  return `${sign}${amount.replace(/\s+/g, ' ')} per ${per}`
}

/** A value of the machine, a region or a group that the scenario writes down; `undefined` where it is wrong. */
function placeOf(
  data: PlainData,
  written: string,
): { readonly path: Path; readonly value: PlainData } | Flaw | undefined {
  const path = parsePath(written)?.map(({ step }) => step)
  const isModelled = path !== undefined && ['host', 'regions', 'groups'].includes(String(path[0]))
  if (path !== undefined && !isModelled) {
    return {
      message: `\`${written}\` cannot grow`,
      expected: 'a value of the host, a region or a group, such as `groups.clients.processes`',
    }
  }
  const place = path === undefined ? undefined : placeAt(data, path)
  // It is there and has been complained about.
  if (place !== undefined && place.value === undefined) return undefined
  const changed = withValue(data, written, null)
  if ('flaw' in changed) return changed.flaw
  if (path === undefined || place?.value === undefined) {
    const meant = path && keyMeant(data, path)
    return {
      ...(meant === undefined ? {} : { suggestion: `did you mean \`${pathText(meant)}\`?` }),
      message: `the scenario has no value at \`${written}\``,
      expected: 'the path to a value that the scenario has; write its default there to let it grow',
    }
  }
  return { path, value: place.value }
}

function lastDay(
  log: Log,
  from: Day,
  until: Day | undefined,
  rates: readonly GrowthRate[],
): Day | undefined {
  const end = until ?? (Math.min(after(from, usualYears, 'year'), lastOfCalendar) as Day)
  if (end <= from) {
    const isGiven = until !== undefined
    complain(log, ['growth', isGiven ? 'until' : 'from'], {
      message: `\`${dayText(end)}\` is ${isGiven ? 'not after `from`' : 'the last day'}`,
      expected: isGiven ? `a day after ${dayText(from)}` : 'an earlier day',
    })
    return undefined
  }
  const dates = growthDates(from, end, rates)
  if (dates.length <= mostDates) return end
  // Days on end are looked at for as long as they are few enough to plan each.
  if (until === undefined) return dates[mostDates - 1] ?? end
  complain(log, ['growth', 'until'], tooManyDays(from, end, dates[mostDates - 1] ?? end))
  return undefined
}

function tooManyDays(from: Day, end: Day, last: Day): Flaw {
  const rarer = periods.find((per) => growthDates(from, end, [{ per }]).length <= mostDates)
  const instead = rarer === undefined ? '' : `, or growth per ${rarer}`
  return {
    message: `something grows on more than ${mostDates} days until then`,
    expected: `at most ${dayText(last)}${instead}`,
  }
}

/** Days are text with four digits of a year. */
const lastOfCalendar = parseDay('9999-12-31') ?? 0

function checkAboveZero(log: Log, from: Day, last: Day, rates: readonly Growing[]): void {
  for (const { path, per, rises, isBelowZero } of rates) {
    const most = passed(from, last, per)
    if (rises || !isBelowZero(most)) continue
    const first = firstHolding(1, most, isBelowZero)
    const before = first === 1 ? undefined : dayText(after(from, first - 1, per))
    complain(log, ['growth', path], {
      message: `\`${path}\` falls below zero on ${dayText(after(from, first, per))}`,
      expected: `0 or more until ${dayText(last)}`,
      suggestion:
        before === undefined
          ? 'write a smaller rate, or a percentage'
          : `add \`until: ${before}\`, or write a percentage`,
    })
  }
}

function growthFrom(
  from: Day,
  until: Day,
  growing: readonly Growing[],
  data: PlainData,
  resolveAgain: ResolveAgain,
): Growth<Workload> {
  const valuesOn = (day: Day): readonly GrownValue[] | undefined => {
    const values = growing.map(({ per, valueAfter }) => valueAfter(passed(from, day, per)))
    return values.some((value) => value === undefined) ? undefined : (values as GrownValue[])
  }
  return {
    from,
    until,
    rates: growing.map(({ path, place, rate, per, rises }) => ({ path, place, rate, per, rises })),
    valuesOn,
    scenarioOn: (day) => {
      const values = valuesOn(day)
      if (values === undefined) return undefined
      const again = resolveAgain(grown(data, growing, values))
      return again.ok ? again.workload : undefined
    },
  }
}

/** The scenario of a later day, in which nothing else happens. */
function grown(
  data: PlainData,
  growing: readonly Growing[],
  values: readonly GrownValue[],
): PlainData {
  const { growth: _, timeline: __, ...rest } = data as Readonly<Record<string, PlainData>>
  let changed: PlainData = Object.assign(Object.create(null), rest)
  growing.forEach(({ path }, index) => {
    const put = withValue(changed, path, values[index])
    if ('data' in put) changed = put.data
  })
  return changed
}

/** Whatever a grown value makes wrong from the first day on is a mistake of the one who wrote the rate. */
function checkFirstStep(
  log: Log,
  { from, until, valuesOn }: Growth<Workload>,
  growing: readonly Growing[],
  data: PlainData,
  resolveAgain: ResolveAgain,
): void {
  const [, first] = growthDates(from, until, growing)
  const values = first === undefined ? undefined : valuesOn(first)
  if (first === undefined) return
  const again = values && resolveAgain(grown(data, growing, values))
  if (again?.ok) return
  const complaints = again?.complaints ?? [
    { path: [], message: 'a value is too large', expected: 'less growth' },
  ]
  for (const { path, message, ...flaw } of complaints) {
    const named = pathText(path)
    const found = growing.find((one) => named === one.path || named.startsWith(`${one.path}.`))
    log.complaints.push({
      ...flaw,
      path: ['growth', (found ?? growing[0])?.path ?? ''],
      at: 'value',
      message: `on ${dayText(first)}: ${message}`,
    })
  }
}
