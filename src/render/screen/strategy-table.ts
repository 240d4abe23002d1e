import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import { formatBytes, formatCount } from '../../units/format.ts'
import { sumBy } from '../../units/sum.ts'
import { standingPaint } from '../sections/standing-paint.ts'
import { isUncertain, labelOf, plannedIn } from '../sections/strategy.ts'
import { listed } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { blanks, cutMiddle, displayWidth } from '../text/width.ts'
import { hanging, wrap } from '../text/wrap.ts'
import { shortObstacle } from '../words/short-obstacle-words.ts'
import { growthOf, whoGrows } from './how-far.ts'
import type { Figures, StrategyRow } from './strategy-rows.ts'
import { partialObstacles, strategyRows } from './strategy-rows.ts'

const titles = ['Page tables', 'Saved', 'Headroom', 'Safe to', 'At most', 'Risk'] as const
export type Title = (typeof titles)[number]

/** Columns that go first where the table is too wide. */
const dispensable: readonly Title[] = ['Safe to', 'At most', 'Saved']
const gap = 2

/** The strategies compared, and below them what the columns mean here. */
export function strategyTable(result: Result, ink: Ink): readonly string[] {
  const every = strategyRows(result, ink)
  const shown = fitting(every, strategyTitles(result), ink)
  const rows = withShortRisk(every, shown, ink)
  return [...grid(rows, shown, ink), ...strategyNotes(rows, shown, result, ink)]
}

/** The columns of figures; without those of limits where nothing grows. */
export function strategyTitles(result: Result): readonly Title[] {
  const grows = plannedIn(result).some((strategy) => growthOf(strategy) !== undefined)
  return titles.filter((title) => grows || !isReach(title))
}

/** The same in parts, with every column that has something to say, for a page of any width. */
export function wholeComparison(
  result: Result,
  ink: Ink,
): {
  readonly titles: readonly string[]
  readonly rows: readonly StrategyRow[]
  readonly notes: readonly string[]
} {
  const rows = strategyRows(result, ink)
  return {
    titles,
    rows,
    notes: strategyNotes(rows, strategyTitles(result), result, ink),
  }
}

function isReach(title: Title): boolean {
  return title === 'Safe to' || title === 'At most'
}

function grid(rows: readonly StrategyRow[], shown: readonly Title[], ink: Ink): readonly string[] {
  const widths = widthsOf(rows, shown)
  const nameWidth = Math.max(0, ...rows.map(({ label }) => displayWidth(label)))
  const indent = ' '.repeat(nameWidth)
  const head = shown.map((title, index) => cell(title, title, widths[index] ?? 0)).join('')
  const hasFigures = rows.some(({ content }) => 'cells' in content)
  return [
    ...(hasFigures ? [brushesOf(ink).strong(`${indent}${head}`.trimEnd())] : []),
    ...rows.flatMap(({ label, content }) => {
      const name = label + blanks(nameWidth, label)
      if ('reason' in content) {
        return hanging(`${name}${' '.repeat(gap)}`, worded(content.reason, ink), widthOf(ink))
      }
      const cells = shown.map((title, index) =>
        painted(title, cell(title, textOf(content, title), widths[index] ?? 0), content, ink),
      )
      return [`${name}${cells.join('')}`.trimEnd()]
    }),
  ]
}

/** The columns that fit side by side. */
function fitting(
  rows: readonly StrategyRow[],
  possible: readonly Title[],
  ink: Ink,
): readonly Title[] {
  const name = Math.max(0, ...rows.map(({ label }) => displayWidth(label)))
  let shown = possible
  for (const title of dispensable) {
    if (name + takenBy(widthsOf(rows, shown)) <= widthOf(ink)) return shown
    shown = shown.filter((other) => other !== title)
  }
  return shown
}

/** Where the name of a cgroup would still be too wide, both ends of it. */
function withShortRisk(
  rows: readonly StrategyRow[],
  shown: readonly Title[],
  ink: Ink,
): readonly StrategyRow[] {
  const name = Math.max(0, ...rows.map(({ label }) => displayWidth(label)))
  const others = shown.filter((title) => title !== 'Risk')
  const used = name + gap + takenBy(widthsOf(rows, others))
  const risk = titles.indexOf('Risk')
  return rows.map((row) => {
    if ('reason' in row.content) return row
    const cells = row.content.cells.map((text, index) =>
      index === risk ? cutMiddle(text, widthOf(ink) - used, worded('…', ink)) : text,
    )
    return { ...row, content: { ...row.content, cells } }
  })
}

function widthsOf(rows: readonly StrategyRow[], shown: readonly Title[]): readonly number[] {
  return shown.map((title) =>
    Math.max(
      displayWidth(title),
      ...rows.map(({ content }) => ('cells' in content ? displayWidth(textOf(content, title)) : 0)),
    ),
  )
}

/** Columns of the terminal, with the gaps before them. */
function takenBy(widths: readonly number[]): number {
  return sumBy(widths, (width) => gap + width)
}

function textOf({ cells }: Figures, title: Title): string {
  return cells[titles.indexOf(title)] ?? ''
}

/** Numbers end below each other, words begin below each other. */
function cell(title: Title, text: string, width: number): string {
  return `${' '.repeat(gap)}${title === 'Risk' ? text : blanks(width, text) + text}`
}

function painted(title: Title, text: string, { standing }: Figures, ink: Ink): string {
  if (title !== 'Risk') return text
  const words = text.slice(gap)
  return ' '.repeat(gap) + standingPaint(standing, brushesOf(ink))(words)
}

/** What the columns mean here, and which rows are alike or in part. */
export function strategyNotes(
  rows: readonly StrategyRow[],
  shown: readonly Title[],
  result: Result,
  ink: Ink,
): readonly string[] {
  const planned = plannedIn(result)
  const figures = rows.filter(({ content }) => 'cells' in content)
  const isSaved = shown.includes('Saved') && figures.some(({ content }) => isSaving(content))
  const isDescribed = planned.some(({ savings }) => savings.againstDescribedBytes !== undefined)
  const sentences = [
    ...(isSaved ? [savedMeans(rows, isDescribed)] : []),
    ...(figures.length > 0 && planned.some(({ risk }) => risk.cgroups.length > 0)
      ? ['Headroom: of the host.']
      : []),
    ...(figures.length > 0 ? reachMeans(planned, shown.filter(isReach), ink) : []),
    ...alikeRows(rows.filter((row) => !(isSaved && isDescribed && isAsDescribed(row)))),
    ...expectations(figures),
    ...inPart(figures, ink),
    ...(result.strategies.some(({ status }) => status === 'proposed')
      ? ['proposed: in no released kernel.']
      : []),
  ]
  return sentences.length === 0 ? [] : wrap(worded(sentences.join(' '), ink), widthOf(ink))
}

function isSaving(content: StrategyRow['content']): boolean {
  return 'cells' in content && textOf(content, 'Saved') !== '-'
}

function savedMeans(rows: readonly StrategyRow[], isDescribed: boolean): string {
  if (!isDescribed) return 'Saved: against base-pages.'
  const alike = rows.find(isAsDescribed)?.alike ?? []
  const also = alike.length === 0 ? '' : `, which is also ${listed(alike.map(labelOf))} here`
  return `Saved: against as-described${also}.`
}

function isAsDescribed({ strategy }: StrategyRow): boolean {
  return strategy.id === 'as-described'
}

/** Whom the limits count. */
function reachMeans(
  planned: readonly PlannedStrategy[],
  columns: readonly Title[],
  ink: Ink,
): readonly string[] {
  const [growing] = planned.map(growthOf).filter((limit) => limit !== undefined)
  if (growing === undefined || columns.length === 0) return []
  const who = growing.group === undefined ? 'all groups grown alike' : whoGrows(growing, ink)
  return [`${columns.join(', ')}: ${who}.`]
}

/** Rows that print the same; those of as-described are named where savings are, if savings are shown. */
function alikeRows(rows: readonly StrategyRow[]): readonly string[] {
  return rows
    .filter(({ alike }) => alike.length > 0)
    .map(
      ({ strategy, alike }) => `${strategy.id} is also ${listed(alike.map(({ id }) => id))} here.`,
    )
}

/** What chance decides: the table shows the expectation, this the bounds. */
function expectations(rows: readonly StrategyRow[]): readonly string[] {
  const uncertain = rows
    .flatMap(({ strategy }) => (strategy.applies ? [strategy] : []))
    .filter(({ pageTables }) => isUncertain(pageTables))
  const ranges = uncertain.flatMap(({ id, pageTables: { bytes, leastBytes, mostBytes } }) => {
    const [least, most] = [formatBytes(leastBytes), formatBytes(mostBytes)]
    if (least === most && least === formatBytes(bytes)) return []
    return [`${id} ${least} to ${most}`]
  })
  if (uncertain.length === 0) return []
  const more = ranges.length - mostRanges
  const shown = [
    ...ranges.slice(0, mostRanges),
    ...(more > 0 ? [`and ${formatCount(more)} more`] : []),
  ]
  const bounds = shown.length === 0 ? ' read the same' : `: ${shown.join(', ')}`
  return [`~ expected; least and most${bounds}.`]
}

const mostRanges = 2

/** Why some regions stay as they are. */
function inPart(rows: readonly StrategyRow[], ink: Ink): readonly string[] {
  const reasons = new Set(
    rows
      .flatMap(({ strategy }) => (strategy.applies ? partialObstacles(strategy) : []))
      .map((obstacle) => shortObstacle(obstacle, (text) => named(text, ink))),
  )
  if (reasons.size === 0) return []
  const shown = [...reasons].slice(0, mostReasons).join(', ')
  const more = reasons.size - mostReasons
  return [`* in part: ${shown}${more > 0 ? `, and ${formatCount(more)} more` : ''}.`]
}

const mostReasons = 2
