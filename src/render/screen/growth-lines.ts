import { outlooks, subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import type { GrowthResult, StrategyGrowth } from '../../plan/result/what-if/growth-result.ts'
import { formatBytes } from '../../units/format.ts'
import { capital } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { courseWords, dateWords, rateWords } from '../words/what-if/growth-words.ts'

/** When the scenario stops being safe as it grows, and when it would on huge pages, if that is later. */
export function growthLines(result: Result, growth: GrowthResult, ink: Ink): readonly string[] {
  const subject = subjectOf(result)
  const own = growth.strategies.find(({ id }) => id === subject?.id)
  const rates = growth.rates.map((rate) => rateWords(rate, ink))
  if (own === undefined || rates.length === 0) return []
  const named = rates.length > 2 ? [...rates.slice(0, 1), `${rates.length - 1} others`] : rates
  const head = `With ${named.join(' and ')} from ${dateWords(growth.from)}`
  const huge = hugePages(result, growth, own)
  const sentence = `${head}: ${courseWords(own, growth)}.`
  return wrap(worded([sentence, ...huge].join(' '), ink), widthOf(ink))
}

/** The usual size comes first. */
function hugePages(
  { strategies }: Result,
  growth: GrowthResult,
  own: StrategyGrowth,
): readonly string[] {
  const huge = strategies.find(({ kind }) => kind === 'hugetlb')
  const one = growth.strategies.find(({ id }) => id === huge?.id)
  if (one === undefined || huge?.pageBytes === undefined || !isBetter(one, own)) return []
  return [
    `${capital(`with huge pages of ${formatBytes(huge.pageBytes, 0)}`)}: ${courseWords(one, growth)}.`,
  ]
}

/** It dies later, or, where both die on the same day or never, is safe for longer or better now. */
function isBetter(one: StrategyGrowth, other: StrategyGrowth): boolean {
  const ranks = [one, other].map((each) => [
    each.diesFrom ?? never,
    each.notSafeFrom ?? never,
    String(outlooks.indexOf(each.now)),
  ])
  const [mine = [], theirs = []] = ranks
  const index = mine.findIndex((rank, at) => rank !== theirs[at])
  return index !== -1 && (mine[index] ?? '') > (theirs[index] ?? '')
}

/** After every day of a calendar with four digits. */
const never = '~'
