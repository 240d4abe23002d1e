import type { LimitChart, LimitCurve } from '../../plan/result/limits-result.ts'
import type { SweepHead, SweepPoint, SweptAxis } from '../../plan/result/what-if/sweep-result.ts'
import { groupedBy } from '../../units/grouped.ts'
import { limitChart } from '../limits/limit-chart.ts'
import type { Answer } from '../limits/limit-table.ts'
import type { Ink } from '../text/ink.ts'
import { axisValueWords } from '../words/what-if/sweep-words.ts'
import { mostAcross } from './sweep-table.ts'

/** Columns below which a picture shows nothing. */
const narrowest = 60
/** On a straight axis, what is this much larger than the rest leaves it no room. */
const mostOnLinear = 20

/** How full memory gets along the axis that has numbers: a curve for each value of the other. */
export function sweepChart(
  head: SweepHead,
  points: readonly SweepPoint[],
  ink: Ink,
): readonly string[] {
  const picture = ink.width < narrowest ? undefined : sweepPicture(head, points)
  if (picture === undefined) return []
  const { chart, title } = picture
  const answers = chart.curves.map(
    ({ strategy: id }): Answer => ({
      strategy: { id, status: 'mainline', level: 'safe', limits: [] },
      limit: chart,
    }),
  )
  return limitChart(chart, answers, ink, title)
}

/** A picture in figures. */
export interface SweepPicture {
  readonly chart: LimitChart
  readonly title: string
  /** The axis of which each value has a curve; absent: there is one curve. */
  readonly other?: SweptAxis
}

/** The figures of the picture; `undefined` where there is nothing to see. */
export function sweepPicture(
  { axes, strategy }: SweepHead,
  points: readonly SweepPoint[],
): SweepPicture | undefined {
  const along = axes.findIndex(({ unit, length }) => unit !== 'text' && length > 2)
  const axis = axes[along]
  const other = axes[1 - along]
  if (axis === undefined || (other?.length ?? 1) > mostAcross) return undefined
  const curves = curvesOf({ along, other, strategy }, points)
  const values = curves.flatMap((curve) => curve.points.map(({ value }) => value))
  if (values.filter((value) => value > 0).length < 2) return undefined
  const isBytes = axis.unit === 'bytes'
  const chart: LimitChart = {
    metric: 'region',
    unit: isBytes ? 'bytes' : 'processes',
    now: -1,
    axis: scaleOf(values),
    curves,
  }
  const ofCgroups = points.some(({ used }) => used?.cgroup !== undefined)
  const scale = chart.axis.scale === 'log' ? ' (log scale)' : ''
  const title = `Memory in use${ofCgroups ? ' of the host or its fullest cgroup' : ''}, by ${axis.path}${scale}`
  return { chart, title, ...(other === undefined ? {} : { other }) }
}

interface Along {
  /** Which value of a point runs along the picture. */
  readonly along: number
  /** The other axis; a curve for each of its values. */
  readonly other: SweptAxis | undefined
  readonly strategy: string
}

function curvesOf(by: Along, points: readonly SweepPoint[]): readonly LimitCurve[] {
  const placed = points.flatMap((point) => {
    const value = point.at[by.along]
    return typeof value === 'number' && value >= 0 ? [{ value, point }] : []
  })
  const named = groupedBy(placed, ({ point }) => nameOf(by, point))
  return [...named].map(([strategy, each]) => ({
    strategy,
    points: each
      .flatMap(({ value, point }) => limitPoint(value, point))
      .toSorted((one, another) => one.value - another.value),
  }))
}

function nameOf({ along, other, strategy }: Along, { at }: SweepPoint): string {
  return other === undefined ? strategy : axisValueWords(at[1 - along], other.unit)
}

function limitPoint(value: number, { used, risk }: SweepPoint): LimitCurve['points'] {
  if (used === undefined || risk === undefined) return []
  return risk === 'no-start'
    ? [{ value, ...used, level: 'oom', refusal: 'huge-pages' }]
    : [{ value, ...used, level: risk }]
}

function scaleOf(values: readonly number[]): LimitChart['axis'] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return low > 0 && high > mostOnLinear * low
    ? { scale: 'log', from: low, to: high }
    : { scale: 'linear', from: 0, to: high }
}
