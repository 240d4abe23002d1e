import type { LimitAxis, LimitCurve, LimitPoint } from '../../plan/result/limits-result.ts'
import { fullness, fullnessBetween } from '../../plan/result/what-if/fullness.ts'
import type { Canvas, Dot } from '../text/canvas.ts'
import { cellOf, dotsAcross, dotsDown } from '../text/canvas.ts'

/** The field of a picture: how values lie along it, and which share of memory its upper edge is. */
export interface Field {
  readonly canvas: Canvas
  readonly axis: LimitAxis
  readonly top: number
}

/** How far along the axis a value is: 0 at its start, 1 at its end. */
export function partOf(value: number, { scale, from, to }: LimitAxis): number {
  if (scale === 'linear') return (value - from) / (to - from)
  return Math.log(value / from) / Math.log(to / from)
}

function valueAt(part: number, { scale, from, to }: LimitAxis): number {
  return scale === 'linear' ? from + (to - from) * part : from * (to / from) ** part
}

/** The dot of a value and a share of memory; above or beside the canvas where they are. */
export function dotOf(value: number, share: number, { canvas, axis, top }: Field): Dot {
  const height = canvas.rows * dotsDown - 1
  const y = Math.round((1 - share / top) * height)
  return [Math.round(partOf(value, axis) * (canvas.columns * dotsAcross - 1)), Math.max(-1, y)]
}

/**
 * The dots of a curve. From one plan to the next it runs straight, in bytes against values; where one
 * does not start, it has a gap.
 */
export function dotsOf({ points }: LimitCurve, field: Field): readonly Dot[] {
  const { canvas, axis } = field
  const width = canvas.columns * dotsAcross
  const dots: Dot[] = []
  let before: number | undefined
  for (let x = 0; x < width; x += 1) {
    const value = valueAt(x / (width - 1), axis)
    const share = shareAt(points, value)
    const y = share === undefined ? undefined : dotOf(value, share, field)[1]
    if (y !== undefined) dots.push(...between(before ?? y, y).map((each): Dot => [x, each]))
    before = y
  }
  const plans = points
    .filter(({ refusal }) => refusal === undefined)
    .map((point) => dotOf(point.value, fullness(point), field))
  return [...dots, ...plans].filter(([x, y]) => x >= 0 && x < width && y >= 0)
}

/** Every row on the way from one to another, the first left off. */
function between(from: number, to: number): readonly number[] {
  const distance = Math.abs(to - from)
  if (distance === 0) return [to]
  return Array.from({ length: distance }, (_, step) => to + Math.sign(from - to) * step)
}

/**
 * Of a plan, or between two plans that start; `undefined` where there are no two.
 */
function shareAt(points: readonly LimitPoint[], value: number): number | undefined {
  const next = points.findIndex((point) => point.value >= value)
  const [left, right] = [points[next - 1], points[next]]
  if (right?.value === value) return right.refusal === undefined ? fullness(right) : undefined
  if (left === undefined || right === undefined) return undefined
  if (left.refusal !== undefined || right.refusal !== undefined) return undefined
  return fullnessBetween(left, right, value)
}

/** A curve in its cells. */
export interface Traced {
  readonly curve: LimitCurve
  readonly dots: readonly Dot[]
}

/**
 * Curves that a reader cannot tell apart, together: no cell of one is further than the next cell
 * from the other.
 */
export function bundlesOf(
  traced: readonly Traced[],
  canvas: Canvas,
): readonly (readonly [Traced, ...Traced[]])[] {
  const bundles: [Traced, ...Traced[]][] = []
  for (const one of traced) {
    const bundle = bundles.find(([first]) => isAlike(first, one, canvas))
    if (bundle === undefined) bundles.push([one])
    else bundle.push(one)
  }
  return bundles
}

function isAlike(one: Traced, other: Traced, canvas: Canvas): boolean {
  const [cells, others] = [cellsOf(one, canvas), cellsOf(other, canvas)]
  return isWithin(cells, others, canvas) && isWithin(others, cells, canvas)
}

function cellsOf({ dots }: Traced, canvas: Canvas): ReadonlySet<number> {
  return new Set(dots.map((dot) => cellOf(dot, canvas)))
}

function isWithin(
  cells: ReadonlySet<number>,
  others: ReadonlySet<number>,
  { columns }: Canvas,
): boolean {
  return [...cells].every((cell) =>
    [-columns, 0, columns].some((row) =>
      [-1, 0, 1].some(
        (column) =>
          Math.floor((cell + column) / columns) === Math.floor(cell / columns) &&
          others.has(cell + row + column),
      ),
    ),
  )
}
