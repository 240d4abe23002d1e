import type { Bound, Limit } from '../../plan/result/limit-result.ts'
import type { LimitsResult, StrategyLimits } from '../../plan/result/limits-result.ts'
import {
  exactBytes,
  exactUnit,
  formatBytes,
  formatCount,
  formatDecimal,
  formatLeastBytes,
  formatMostBytes,
} from '../../units/format.ts'
import { standingPaint } from '../sections/standing-paint.ts'
import { labelOf } from '../sections/strategy.ts'
import { hundredthsOf } from '../text/amounts.ts'
import type { Column, Row } from '../text/grid.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { neverWords, questionTitle, questionWords, stopWords } from '../words/limit-words.ts'

/** A strategy and its limit in one question. */
export interface Answer {
  readonly strategy: StrategyLimits
  readonly limit: Limit
}

/** One question: its title, a row for each strategy, and the names of those whose rows are alike. */
export function limitTable(
  answers: readonly [Answer, ...Answer[]],
  refused: LimitsResult['refused'],
  ink: Ink,
): readonly string[] {
  const { strong } = brushesOf(ink)
  const [{ limit: question }] = answers
  const swaps = hasSwap(answers)
  const rows = merged([
    ...answers.map((answer) => rowOf(answer, swaps, ink)),
    ...refused.map((one) => refusedRow(one, swaps)),
  ])
  const { safe, last } = questionWords[question.metric]
  const columns: readonly Column[] = [
    { title: 'Strategy', align: 'left' },
    { title: 'Now', align: 'left' },
    { title: safe, align: 'right', isWhole: true },
    ...(swaps ? [{ title: 'Without swapping', align: 'right' } as const] : []),
    { title: last, align: 'right', isWhole: true },
    { title: 'Stopped by', align: 'left', isWhole: true },
  ]
  const title = questionTitle(question, ink, exactNow(answers))
  return [
    ...wrap(worded(title, ink), widthOf(ink)).map(strong),
    ...renderGrid(columns, rows, ink),
    ...alike(rows, ink),
  ]
}

/** True where what fits in memory alone is less than what runs. */
export function hasSwap(answers: readonly Answer[]): boolean {
  return answers.some(({ limit: { tight, swapping } }) => swapping?.value !== tight?.value)
}

/** A row, and the names of others that print the same. */
interface NamedRow extends Row {
  readonly status: StrategyLimits['status']
  readonly also: readonly string[]
}

function rowOf({ strategy, limit }: Answer, swaps: boolean, ink: Ink): NamedRow {
  const { level, refusal } = strategy
  const paint = new Map([
    [1, standingPaint(refusal === undefined ? level : 'no-start', brushesOf(ink))],
  ])
  const { safe, tight, swapping } = limit
  const figures = [safe, ...(swaps ? [tight] : []), swapping].map((bound) => figure(bound, limit))
  const stop = swapping === undefined ? neverWords(limit, ink) : stopWords(limit, swapping, ink)
  const texts = [labelOf(strategy), refusal === undefined ? level : 'no start', ...figures, stop]
  const cells = texts.map((text) => worded(text, ink))
  return { cells, paint, status: strategy.status, also: [] }
}

function refusedRow(strategy: LimitsResult['refused'][number], swaps: boolean): NamedRow {
  const figures = Array.from({ length: swaps ? 4 : 3 }, () => '-')
  const cells = [labelOf(strategy), ...figures, 'not possible']
  return { cells, status: strategy.status, also: [] }
}

function figure(bound: Bound | undefined, limit: Limit): string {
  if (bound === undefined) return '-'
  const text = amount(bound.value, limit)
  return bound.atLeast === true ? `${text} or more` : text
}

/** A most value rounded down, a least one up; exactly where it would read like another that is there now. */
function amount(value: number, limit: Limit): string {
  const { metric, unit, now } = limit
  if (metric === 'allProcesses' && now > 0) return times(value, now)
  if (unit === 'processes') return formatCount(value)
  return readsLikeNow(value, limit)
    ? exactBytes(value, exactUnit([value, now]))
    : rounded(value, limit)
}

function rounded(value: number, { metric }: Limit): string {
  return metric === 'memory' ? formatLeastBytes(value) : formatMostBytes(value)
}

function readsLikeNow(value: number, limit: Limit): boolean {
  const { unit, now } = limit
  return unit === 'bytes' && value !== now && rounded(value, limit) === formatBytes(now)
}

/** What there is now, where a limit that is not the same reads like it. */
function exactNow(answers: readonly Answer[]): string | undefined {
  const alike = answers.flatMap(({ limit }) =>
    [limit.safe, limit.tight, limit.swapping]
      .flatMap((bound) => (bound === undefined ? [] : [bound.value]))
      .filter((value) => readsLikeNow(value, limit)),
  )
  const now = answers[0]?.limit.now
  return alike.length === 0 || now === undefined
    ? undefined
    : exactBytes(now, exactUnit([now, ...alike]))
}

/** `×1.34`, rounded down. */
function times(value: number, now: number): string {
  const hundredths = hundredthsOf(value, now)
  return value > 0 && hundredths === 0 ? '<×0.01' : `×${formatDecimal(hundredths / 100, 2)}`
}

/** Rows that print the same, as the first of them; what exists never includes what is proposed. */
function merged(rows: readonly NamedRow[]): readonly NamedRow[] {
  const byText = new Map<string, NamedRow>()
  for (const row of rows) {
    const [name = '', ...texts] = row.cells
    const key = [row.status, ...texts].join('\n')
    const first = byText.get(key)
    byText.set(key, first === undefined ? row : { ...first, also: [...first.also, name] })
  }
  return [...byText.values()]
}

function alike(rows: readonly NamedRow[], ink: Ink): readonly string[] {
  const sentences = rows
    .filter(({ also }) => also.length > 0)
    .map(({ cells: [name = ''], also }) => `${name}: also ${also.join(', ')}.`)
  return sentences.length === 0 ? [] : wrap(sentences.join(' '), widthOf(ink))
}
