import type { LimitChart, LimitCurve } from '../../plan/result/limits-result.ts'
import { formatShare } from '../../units/format.ts'
import { labelOf } from '../sections/strategy.ts'
import type { Dot, Layer, Mark } from '../text/canvas.ts'
import { cellOf, dotsAcross, dotsDown, drawCanvas } from '../text/canvas.ts'
import type { Ink, Paint } from '../text/ink.ts'
import { brushesOf, widthOf, worded } from '../text/ink.ts'
import { displayWidth } from '../text/width.ts'
import { hanging, wrap } from '../text/wrap.ts'
import { chartTitle } from '../words/limit-words.ts'
import type { AxisValues } from './limit-axis.ts'
import { axisLines } from './limit-axis.ts'
import type { Field, Traced } from './limit-curves.ts'
import { bundlesOf, dotOf, dotsOf, shareOf } from './limit-curves.ts'
import type { Answer } from './limit-table.ts'

const rows = 11
const widest = 100

/**
 * How full memory gets as a number changes: a curve for each strategy, with its letter where the
 * strategy reaches its limit. Curves that cannot be told apart are one.
 */
export function limitChart(
  chart: LimitChart,
  answers: readonly Answer[],
  ink: Ink,
  title: string = titleOf(chart, ink),
  valuesOf?: AxisValues,
): readonly string[] {
  const top = topOf(chart, answers)
  const labels = labelsOf([full, safe, full / 2, top / margin], top)
  const indent = Math.max(...[...labels.values()].map(displayWidth)) + 2
  const canvas = { columns: Math.min(widthOf(ink), widest) - indent, rows }
  const field = { canvas, axis: chart.axis, top }
  const curves = curvesOf(chart, field, ink)
  if (curves.length === 0) return []
  const picture = drawCanvas(
    canvas,
    [...curves, ...linesOf(chart, field)],
    marksOf(curves, answers, field),
    ink,
  )
  const side = ink.unicode ? '│' : '|'
  return [
    ...wrap(worded(title, ink), widthOf(ink)),
    ...picture.map((line, row) =>
      `${(labels.get(row) ?? '').padStart(indent - 2)} ${side}${line}`.trimEnd(),
    ),
    ...axisLines(chart, canvas, indent, ink, valuesOf),
    ...legend(chart, curves, answers, ink),
  ]
}

function titleOf(chart: LimitChart, ink: Ink): string {
  const ofCgroups = chart.curves.some(({ points }) => points.some(({ cgroup }) => cgroup))
  return chartTitle(chart, ofCgroups, ink)
}

/** Shares of memory: all of it, and what is safe. */
const [full, safe] = [1, 0.9]
/** The picture is this much higher than the highest limit. */
const margin = 1.1

/** With swap a limit may be at more than all of memory. */
function topOf({ curves }: LimitChart, answers: readonly Answer[]): number {
  const shares = answers.flatMap(({ strategy, limit }) => {
    const curve = curves.find((candidate) => candidate.strategy === strategy.id)
    const last = curve?.points.find(({ value }) => value === limit.swapping?.value)
    return last === undefined ? [] : [shareOf(last)]
  })
  return Math.max(full, ...shares) * margin
}

/** Rows with the share of memory that is in them; of two in one row, the first. */
function labelsOf(shares: readonly number[], top: number): ReadonlyMap<number, string> {
  const labels = new Map<number, string>()
  for (const share of shares) {
    const row = Math.floor(Math.round((1 - share / top) * (rows * dotsDown - 1)) / dotsDown)
    if (!labels.has(row)) labels.set(row, formatShare(share))
  }
  return labels
}

/** Curves that look alike, drawn as the first of them. */
interface Drawn extends Layer {
  readonly bundle: readonly [Traced, ...Traced[]]
  /** A curve of letters is in small ones, so that its mark is seen. */
  readonly mark: string
}

function curvesOf({ curves }: LimitChart, field: Field, ink: Ink): readonly Drawn[] {
  const { aside, caution, good, strong } = brushesOf(ink)
  const paints: readonly Paint[] = [aside, caution, good, strong]
  const traced = curves
    .map((curve) => ({ curve, dots: dotsOf(curve, field) }))
    .filter(({ dots }) => dots.length > 0)
  return bundlesOf(traced, field.canvas).map((bundle, index): Drawn => {
    const mark = String.fromCharCode('A'.charCodeAt(0) + index)
    const paint = paints[index % paints.length] ?? strong
    return { bundle, dots: bundle[0].dots, letter: mark.toLowerCase(), mark, paint }
  })
}

/** Full, safe, and what there is now. */
function linesOf({ now, axis }: LimitChart, { canvas, ...rest }: Field): readonly Layer[] {
  const level = (share: number, every: number, letter: string): Layer => {
    const [, y] = dotOf(axis.to, share, { canvas, ...rest })
    const dots = Math.ceil((canvas.columns * dotsAcross) / every)
    return { dots: Array.from({ length: dots }, (_, index) => [index * every, y]), letter }
  }
  const [x] = dotOf(now, 0, { canvas, ...rest })
  const height = (canvas.rows * dotsDown) / 2
  const upright = Array.from({ length: height }, (_, index) => [x, index * 2] as const)
  return [
    level(full, 1, '-'),
    level(safe, 2, '.'),
    ...(now >= axis.from && now <= axis.to ? [{ dots: upright, letter: ':' }] : []),
  ]
}

/** Letters where limits are, or at the right end of a curve without one: each in a cell of its own. */
function marksOf(
  curves: readonly Drawn[],
  answers: readonly Answer[],
  field: Field,
): readonly Mark[] {
  const taken = new Set<number>()
  return curves.flatMap(({ bundle: [{ curve, dots }], mark, paint }) => {
    const answer = answers.find(({ strategy }) => strategy.id === curve.strategy)
    const last = curve.points.find(({ value }) => value === answer?.limit.swapping?.value)
    const right = dots.reduce((most, dot) => (dot[0] > most[0] ? dot : most), [0, 0] as Dot)
    const end = last === undefined ? right : dotOf(last.value, shareOf(last), field)
    const cell = dots
      .toSorted((a, b) => distance(a, end) - distance(b, end))
      .map((dot) => cellOf(dot, field.canvas))
      .find((candidate) => !taken.has(candidate))
    if (cell === undefined) return []
    taken.add(cell)
    return [{ cell, letter: mark, ...(paint === undefined ? {} : { paint }) }]
  })
}

function distance([x, y]: Dot, [toX, toY]: Dot): number {
  return Math.hypot(x - toX, y - toY)
}

/** Which letter is which strategy, several on a line where they fit. */
function legend(
  { curves: all }: LimitChart,
  curves: readonly Drawn[],
  answers: readonly Answer[],
  ink: Ink,
): readonly string[] {
  const namesOf = (shown: readonly LimitCurve[]): string =>
    answers
      .filter(({ strategy: { id } }) => shown.some(({ strategy }) => strategy === id))
      .map(({ strategy }) => labelOf(strategy))
      .join(', ')
  const drawn = curves.flatMap(({ bundle }) => bundle.map(({ curve }) => curve))
  const missing = namesOf(all.filter((curve) => !drawn.includes(curve)))
  const lines: string[] = []
  let used = widthOf(ink)
  for (const { mark, paint, bundle } of curves) {
    const [first = '', ...rest] = hanging(
      `${mark} `,
      namesOf(bundle.map(({ curve }) => curve)),
      widthOf(ink),
    )
    const entry = (paint?.(mark) ?? mark) + first.slice(mark.length)
    const fits = rest.length === 0 && used + entryGap.length + first.length <= widthOf(ink)
    if (fits) lines.push(`${lines.pop()}${entryGap}${entry}`)
    else lines.push(entry, ...rest)
    used = fits ? used + entryGap.length + first.length : (rest.at(-1) ?? first).length
  }
  const outside = missing === '' ? [] : wrap(`Outside the picture: ${missing}.`, widthOf(ink))
  return [...lines, ...outside]
}

const entryGap = '  '
