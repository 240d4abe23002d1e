import type { SweepHead, SweepPoint } from '../../plan/result/what-if/sweep-result.ts'
import { formatCount } from '../../units/format.ts'
import { standingPaint } from '../sections/standing-paint.ts'
import type { Row } from '../text/grid.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { wrap } from '../text/wrap.ts'
import { standingCell } from '../words/standing-words.ts'
import {
  axisValueWords,
  metricTitle,
  metricWords,
  refusalSentence,
} from '../words/what-if/sweep-words.ts'

/** Columns that a matrix has at most. */
export const mostAcross = 6
const mostRows = 24

/** The points in rows; with two axes, of which the second has few values, one matrix for each figure. */
export function sweepTables(
  head: SweepHead,
  points: readonly SweepPoint[],
  total: number,
  ink: Ink,
): readonly string[] {
  const [, second] = head.axes
  const isMatrix = second !== undefined && second.length > 1 && second.length <= mostAcross
  const across = isMatrix ? second.length : 1
  const rows = chunksOf(points, across)
  const every = Math.max(1, Math.ceil(rows.length / mostRows))
  const shown = rows.filter((_, index) => index % every === 0 || index === rows.length - 1)
  const tables = isMatrix ? matrices(head, shown, ink) : list(head, shown.flat(), ink)
  const isThinned = shown.length * across < total
  const notes = [
    ...(isThinned ? [thinnedWords(shown.length * across, total)] : []),
    ...reasons(shown.flat()).map((reason) => worded(reason, ink)),
  ]
  return [...tables, ...notes.flatMap((note) => wrap(note, widthOf(ink)))]
}

function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

function list(
  { axes, metrics }: SweepHead,
  points: readonly SweepPoint[],
  ink: Ink,
): readonly string[] {
  const columns = [
    ...axes.map(({ path, unit }) => ({
      title: named(path, ink),
      align: unit === 'text' ? ('left' as const) : ('right' as const),
    })),
    ...metrics.map((path) => ({
      title: named(metricTitle(path), ink),
      align: 'right' as const,
      isWhole: true as const,
    })),
    { title: 'Risk', align: 'left' as const },
  ]
  const rows = points.map(({ at, values, risk }): Row => {
    const cells = [
      ...at.map((value, index) => named(axisValueWords(value, axes[index]?.unit ?? 'text'), ink)),
      ...values.map((value, index) => named(metricWords(metrics[index] ?? '', value), ink)),
      standingCell(risk),
    ]
    const paint =
      risk === undefined
        ? {}
        : { paint: new Map([[cells.length - 1, standingPaint(risk, brushesOf(ink))]]) }
    return { cells, ...paint }
  })
  return renderGrid(columns, rows, ink)
}

function matrices(
  { axes, metrics }: SweepHead,
  rows: readonly (readonly SweepPoint[])[],
  ink: Ink,
): readonly string[] {
  const [down, across] = axes
  const heads = rows[0]?.map(({ at }) => axisValueWords(at[1], across?.unit ?? 'text')) ?? []
  const columns = [
    { title: named(down?.path ?? '', ink), align: 'right' as const },
    ...heads.map((title) => ({
      title: named(title, ink),
      align: 'right' as const,
      isWhole: true as const,
    })),
  ]
  const table = (title: string, cellOf: (point: SweepPoint) => string): readonly string[] => [
    ...wrap(named(`${title}, by ${across?.path}`, ink), widthOf(ink)).map(brushesOf(ink).strong),
    ...renderGrid(
      columns,
      rows.map(
        (row): Row => ({
          cells: [
            named(axisValueWords(row[0]?.at[0], down?.unit ?? 'text'), ink),
            ...row.map((point) => named(cellOf(point), ink)),
          ],
        }),
      ),
      ink,
    ),
  ]
  return [
    ...table('Risk', ({ risk }) => standingCell(risk)),
    ...metrics.flatMap((path, index) => [
      '',
      ...table(metricTitle(path), ({ values }) => metricWords(path, values[index])),
    ]),
  ]
}

export function thinnedWords(shown: number, total: number): string {
  return `${formatCount(shown)} of ${formatCount(total)} points are shown; all of them: --format csv`
}

/** Why points have no plan, each reason once. */
export function reasons(points: readonly SweepPoint[]): readonly string[] {
  const found = points.flatMap(({ refusal }) =>
    refusal === undefined ? [] : [refusalSentence(refusal)],
  )
  return [...new Set(found)]
    .slice(0, mostReasons)
    .map((reason) => `No plan where marked -: ${reason}.`)
}

const mostReasons = 5
