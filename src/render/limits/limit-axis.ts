import type { LimitChart } from '../../plan/result/limits-result.ts'
import { formatBytes, formatCount, formatDecimal } from '../../units/format.ts'
import type { Canvas } from '../text/canvas.ts'
import type { Ink } from '../text/ink.ts'
import { worded } from '../text/ink.ts'
import type { Tick } from '../text/ticks.ts'
import { binarySteps, placeTicks, powers, roundSteps, tickLine } from '../text/ticks.ts'
import { partOf } from './limit-curves.ts'

/** Values to write along an axis, and their labels. */
export type AxisValues = (
  chart: LimitChart,
  most: number,
) => readonly (readonly [value: number, label: string])[]

/** The line below a picture, and the values below that line, each in its own unit. */
export function axisLines(
  chart: LimitChart,
  { columns }: Canvas,
  indent: number,
  ink: Ink,
  valuesOf: AxisValues = axisValues,
): readonly string[] {
  const ticks = ticksOf(chart, columns, valuesOf)
  const labelled = placeTicks(ticks, columns)
  const [corner, dash, tee, arrow] = ink.unicode ? ['└', '─', '┬', '▲'] : ['+', '-', '+', '^']
  const signs = Array.from({ length: columns }, () => dash)
  for (const { column, label } of labelled.toReversed()) {
    signs[column] = label === here ? arrow : tee
  }
  return [
    `${'0 %'.padStart(indent - 2)} ${corner}${signs.join('')}`,
    `${' '.repeat(indent)}${worded(tickLine(labelled), ink)}`.trimEnd(),
  ]
}

const here = 'now'
/** Columns for one label of the widest kind, `1,023.9 GiB`, and some room. */
const columnsOfTick = 14

/** What there is now first: others make room for it. */
function ticksOf(chart: LimitChart, columns: number, valuesOf: AxisValues): readonly Tick[] {
  const { axis, now } = chart
  const place = (value: number, label: string): Tick => ({
    column: Math.round(partOf(value, axis) * (columns - 1)),
    label,
  })
  const marks = now >= axis.from && now <= axis.to ? [place(now, here)] : []
  const most = Math.floor(columns / columnsOfTick)
  return [...marks, ...valuesOf(chart, most).map(([value, label]) => place(value, label))]
}

/** Values to write along the axis, at most so many where it is straight, and their labels. */
export function axisValues(
  { axis: { scale, from, to }, metric, unit, now }: LimitChart,
  most: number,
): readonly (readonly [value: number, label: string])[] {
  if (unit === 'bytes') {
    const values = scale === 'log' ? powers(4, from, to) : binarySteps(to, most)
    return values.map((value) => [value, formatBytes(value)])
  }
  const one = metric === 'allProcesses' ? now : 1
  const [least, greatest] = [from / one, to / one]
  const values = scale === 'log' ? decades(least, greatest) : roundSteps(greatest, most)
  const label = (value: number): string =>
    metric === 'allProcesses' ? `×${formatDecimal(value, decimalsOf(value))}` : formatCount(value)
  return values
    .filter((value) => metric === 'allProcesses' || Number.isInteger(value))
    .map((value) => [value * one, label(value)])
}

/** Decades; where there are few of them, also twice and five times as much. */
function decades(from: number, to: number): readonly number[] {
  return (to > 1000 * from ? [1] : [1, 2, 5]).flatMap((times) =>
    powers(10, from / times, to / times).map((power) => power * times),
  )
}

function decimalsOf(value: number): number {
  const [, decimals = ''] = String(value).split('.')
  return Math.min(3, decimals.length)
}
