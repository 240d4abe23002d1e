import type { Standing } from '../../../plan/result/outlook.ts'
import type {
  GrowingValue,
  GrownAmount,
  GrowthResult,
  StrategyGrowth,
} from '../../../plan/result/what-if/growth-result.ts'
import { formatCount, formatLeastBytes } from '../../../units/format.ts'
import { bytes } from '../../../units/quantity.ts'
import { parseSize } from '../../../units/size.ts'
import { givenBytes, listed } from '../../text/amounts.ts'
import type { Ink } from '../../text/ink.ts'
import { named } from '../../text/ink.ts'

/** `March 2027` for the first of a month, `15 March 2027` for another day. */
export function dateWords(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  const name = months[Number(month) - 1] ?? ''
  return day === '01' ? `${name} ${year}` : `${Number(day)} ${name} ${year}`
}

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
  ...['September', 'October', 'November', 'December'],
]

/** `groups.clients.processes +40 per month`, and what else grows. */
export function rateWords({ path, rate }: GrowingValue, ink: Ink): string {
  return `${named(path, ink)} ${named(rate, ink)}`
}

/** From when on: `not safe from March 2027, out of memory from July 2027`. */
export function courseWords(one: StrategyGrowth, { until }: GrowthResult): string {
  const { now, changes, end } = one
  const told = changes.slice(0, mostTold)
  const more = changes.length - told.length
  const last = changes.at(-1)?.to ?? now
  return [
    ...(now === 'safe' ? [] : [nowWords[now]]),
    ...told.map(({ date, to }) => `${fromWords[to]} ${dateWords(date)}`),
    ...(changes.length === 0 && now === 'safe'
      ? [`safe until ${dateWords(end?.date ?? until)}`]
      : []),
    ...(more === 0 ? [] : [`then ${more} more changes, last: ${last}`]),
  ].join(', ')
}

/** More than that is a story, and in the JSON. */
const mostTold = 4

const nowWords: Readonly<Record<Standing, string>> = {
  safe: 'safe',
  tight: 'tight now',
  swapping: 'swaps now',
  oom: 'out of memory now',
  'no-start': 'does not start now',
}

const fromWords: Readonly<Record<Standing, string>> = {
  safe: 'safe from',
  tight: 'not safe from',
  swapping: 'swaps from',
  oom: 'out of memory from',
  'no-start': 'does not start from',
}

/** Days that a growth is told by. */
export const growthDays = [
  { key: 'notSafeFrom', title: 'Not safe from' },
  { key: 'swapsFrom', title: 'Swaps from' },
  { key: 'diesFrom', title: 'Dies from' },
  { key: 'safeAgainFrom', title: 'Safe again from' },
] as const

/** A value that has grown: `7,460`, `72.9 GiB`. */
export function grownWords(value: GrownAmount): string {
  if (typeof value === 'number') return formatCount(value)
  const size = parseSize(value, bytes(1))
  return size.ok ? formatLeastBytes(size.bytes) : value
}

/** A value as it was chosen: `1,500`, `60 GiB`. */
export function givenWords(value: GrownAmount): string {
  const size = typeof value === 'number' ? undefined : parseSize(value, bytes(1))
  return size?.ok ? givenBytes(size.bytes) : grownWords(value)
}

/** Several of them. */
export function allGrownWords(values: readonly GrownAmount[]): string {
  return listed(values.map(grownWords))
}
