import type { RiskChange, SweepHead, SweepPoint } from '../../plan/result/what-if/sweep-result.ts'
import { axisValues } from '../../render/limits/limit-axis.ts'
import { proposedMeans } from '../../render/sections/strategy.ts'
import { aboutLine, pointsOf, restsOnMshare } from '../../render/sweep/about.ts'
import { riskChanges, turnsBack, turnWords } from '../../render/sweep/risk-changes.ts'
import { sweepPicture } from '../../render/sweep/sweep-chart.ts'
import { reasons, thinnedWords } from '../../render/sweep/sweep-table.ts'
import { standingCell } from '../../render/words/standing-words.ts'
import { axisValueWords, metricTitle, metricWords } from '../../render/words/what-if/sweep-words.ts'
import { formatCount } from '../../units/format.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup, Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { reached, table } from '../markup/table.ts'
import { fillingChart, letterOf } from '../pictures/filling-chart.ts'
import { plainPage } from '../sections/plain-page.ts'
import { style } from '../style.ts'
import { heatMap } from './heat-map.ts'

/** A sweep as a page shows it. */
export interface SweepPageView {
  readonly head: SweepHead
  /** Those of {@link shownOnPage}. */
  readonly points: readonly SweepPoint[]
  readonly changes: readonly RiskChange[]
  readonly turns: boolean
}

/** Lines of changes; the JSON has all. */
const mostLines = 50

/** Columns of a map that fit on upright paper. */
const mostUpright = 6

/** The page of a sweep as one file, without a script. */
export function writeSweep(view: SweepPageView): Generator<string, void> {
  const isWide = (view.head.axes[1]?.length ?? 0) > mostUpright
  const styles = style + heatStyle + (isWide ? '@page{size:landscape}\n' : '')
  return plainPage(`${view.head.scenario.name}, sweep`, styles, parts(view))
}

function parts({ head, points, changes, turns }: SweepPageView): readonly Markup[] {
  const total = pointsOf(head.axes)
  const found = riskChanges(head, changes, mostLines, pageInk)
  const isMap = head.axes.length > 1
  const picture = chart(head, points, changes)
  const notes = [
    ...(points.length < total ? [thinnedWords(points.length, total)] : []),
    ...reasons(points),
    ...(restsOnMshare(head, points) ? [`mshare is ${proposedMeans}.`] : []),
  ]
  return [
    el('header', {}, el('h1', {}, head.scenario.name)),
    el('p', { class: 'machine' }, aboutLine(head, pageInk)),
    ...(isMap
      ? [el('h2', {}, 'Risk at each pair of values'), reached(heatMap(head, points, changes))]
      : [...picture, el('h2', {}, 'Risk at each value'), reached(list(head, points))]),
    ...notes.map((note) => el('p', { class: 'note' }, note)),
    ...(found === undefined
      ? []
      : [
          el('h2', {}, found.title),
          el('ul', {}, ...found.lines.map((line) => el('li', {}, line))),
          ...(found.more > 0
            ? [el('p', { class: 'note' }, `${formatCount(found.more)} more: --format json`)]
            : []),
          ...(turns ? [el('p', {}, turnsBack)] : []),
        ]),
    ...(isMap ? picture : []),
  ]
}

function chart(
  head: SweepHead,
  points: readonly SweepPoint[],
  changes: readonly RiskChange[],
): readonly Markup[] {
  const picture = sweepPicture(head, points)
  if (picture === undefined) return []
  const { chart: figures, title, other } = picture
  const axis = head.axes.find(({ path }) => path === changes[0]?.axis)
  const isOne = figures.curves.length === 1
  const turns =
    axis === undefined || !isOne
      ? []
      : changes.map((change) => [change.to.value, turnWords(change, axis)] as const)
  return [
    el('h2', {}, 'Memory in use'),
    reached(
      fillingChart({
        ...{ id: 'plot', title, axis: figures.axis, turns },
        said: isOne ? turns.map(([, words]) => `${words}.`) : [],
        ticks: (most) => axisValues(figures, most),
        curves: figures.curves.map((one) => ({ points: one.points, signs: [] })),
      }),
    ),
    ...(isOne
      ? []
      : [
          table(
            ['Mark', other?.path ?? ''],
            figures.curves.map(({ strategy }, index) => [letterOf(index), strategy]),
          ),
        ]),
  ]
}

function list({ axes, metrics }: SweepHead, points: readonly SweepPoint[]): Tagged {
  const [axis] = axes
  const isText = axis?.unit === 'text'
  return table(
    [axis?.path ?? '', 'Risk', ...metrics.map(metricTitle)],
    points.map(({ at, values, risk }) => [
      axisValueWords(at[0], axis?.unit ?? 'text'),
      el('span', { class: risk === undefined ? undefined : `risk ${risk}` }, standingCell(risk)),
      ...values.map((value, index) => metricWords(metrics[index] ?? '', value)),
    ]),
    {
      numbers: [...(isText ? [] : [0]), ...metrics.map((_, index) => index + 2)],
      caption: 'Each point that is shown',
    },
  )
}

/** Grounds of the levels, on which text can be read in either scheme, and the sides where the risk changes. */
const heatStyle = `
:root{--is-safe:#d5f0db;--is-tight:#fdf0b5;--is-swapping:#ffd8ac;--is-oom:#f9c3c3;--is-no-start:#e2d4f4}
@media (prefers-color-scheme:dark){:root{--is-safe:#123d1f;--is-tight:#463a00;--is-swapping:#5a3000;--is-oom:#611a1d;--is-no-start:#412b60}}
@media print and (prefers-color-scheme:dark){:root{--is-safe:#d5f0db;--is-tight:#fdf0b5;--is-swapping:#ffd8ac;--is-oom:#f9c3c3;--is-no-start:#e2d4f4}}
.heat :is(th,td){padding:.25rem .5rem;border:1px solid var(--line);text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.heat thead th{text-align:center;white-space:normal;min-width:4rem}
.heat [rowspan]{min-width:8rem}
@media (max-width:700px){.heat [rowspan]{overflow-wrap:anywhere}}
.heat tbody th{position:sticky;left:0;background:var(--ground)}
.heat em{font-style:normal;font-size:.9em}
.heat .safe{background:var(--is-safe)}.heat .tight{background:var(--is-tight)}.heat .swapping{background:var(--is-swapping)}.heat .oom{background:var(--is-oom)}.heat .no-start{background:var(--is-no-start)}
.heat .cross-down{border-top:4px solid var(--text)}.heat .cross-across{border-left:4px solid var(--text)}
.n1 tr>:first-child{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
@media print{.heat{font-size:6pt}.heat :is(th,td){padding:.15rem;min-width:0}.heat em{display:inline-block;white-space:normal;max-width:6em}}
`
