import type {
  AxisValue,
  PointRefusal,
  SweptAxis,
} from '../../../plan/result/what-if/sweep-result.ts'
import { formatBytes, formatCount, formatDecimal, formatPercent } from '../../../units/format.ts'
import { givenBytes } from '../../text/amounts.ts'
import { whyNotKinds } from '../obstacle-words.ts'

/** Why a point has no plan. */
export function refusalSentence(refusal: PointRefusal): string {
  switch (refusal.kind) {
    case 'invalid':
      return refusal.path === undefined ? refusal.message : `${refusal.path}: ${refusal.message}`
    case 'not-possible':
      return `not possible: ${whyNotKinds(refusal.obstacles)}`
    case 'too-large':
      return 'a number passes 2^53 - 1'
  }
}

/** A value of an axis, as people read it. */
export function axisValueWords(value: AxisValue | undefined, unit: SweptAxis['unit']): string {
  if (typeof value !== 'number') return value ?? ''
  switch (unit) {
    case 'bytes':
      return givenBytes(value)
    case 'pages':
      return `${formatCount(value)} pages`
    case 'percent':
      return `${String(value)} %`
    case 'count':
    case 'text':
      return formatCount(value)
  }
}

/** What a metric comes to; the end of its path says the unit. */
export function metricWords(
  path: string,
  value: number | string | boolean | null | undefined,
): string {
  if (value === null || value === undefined) return '-'
  if (typeof value !== 'number') return String(value)
  if (/bytes$/i.test(path)) return formatBytes(Math.round(value))
  if (/fraction$/i.test(path)) return formatPercent(value)
  return Number.isInteger(value) ? formatCount(value) : formatDecimal(value, 3)
}

/** Heads of columns of the usual metrics; another has its path. */
const usualTitles: ReadonlyMap<string, string> = new Map([
  ['pageTables.bytes', 'Page tables'],
  ['memory.headroomBytes', 'Headroom'],
])

export function metricTitle(path: string): string {
  return usualTitles.get(path) ?? path
}
