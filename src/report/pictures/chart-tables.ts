import type { LimitChart, LimitPoint } from '../../plan/result/limits-result.ts'
import type { Result } from '../../plan/result/result.ts'
import { fullness } from '../../plan/result/what-if/fullness.ts'
import { reachText } from '../../render/screen/how-far.ts'
import { labelNamed } from '../../render/sections/strategy.ts'
import { formatBytes, formatShare } from '../../units/format.ts'
import type { Tagged } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { table } from '../markup/table.ts'
import type { Bundle } from './curves.ts'

/** The legend with the names of the crossings, and the plans of the picture for who does not see it. */
export function chartTables(
  chart: LimitChart,
  bundles: readonly Bundle[],
  result: Result,
): readonly Tagged[] {
  const bounds: readonly Reached[] =
    result.host.swapBytes === 0 ? ['safe', 'swapping'] : ['safe', 'tight', 'swapping']
  return [
    table(
      ['Mark', 'Strategy', ...bounds.map((bound) => boundTitles[bound])],
      bundles.map((bundle, index) => [
        key(bundle.letter, index),
        labels(bundle, result),
        ...bounds.map((bound) => reach(bundle, bound)),
      ]),
      { className: 'legend', numbers: [2, 3, 4], caption: 'Curves, and where each ends' },
    ),
    el(
      'details',
      { class: 'plans' },
      el('summary', {}, el('h3', {}, 'The plans of the picture as a table')),
      table(
        ['Strategy', valueTitle(chart), 'Memory in use', 'Share', 'Risk'],
        bundles.flatMap((bundle) =>
          bundle.points.map((point) => row(point, bundle, chart, result)),
        ),
        { numbers: [1, 2, 3] },
      ),
    ),
  ]
}

type Reached = 'safe' | 'tight' | 'swapping'

const boundTitles: Readonly<Record<Reached, string>> = {
  safe: 'Safe to',
  tight: 'Without swapping',
  swapping: 'At most',
}

function labels({ strategies }: Bundle, result: Result): string {
  return strategies.map((id) => labelNamed(id, result)).join(', ')
}

/** A piece of the line as it is in the picture, and its letter. */
export function key(letter: string, index: number): Tagged {
  return el(
    'span',
    { class: 'key' },
    el(
      'svg',
      { viewBox: '0 0 34 12', width: 34, height: 12, 'aria-hidden': 'true' },
      el('path', { class: `curve curve-${index % 8}`, d: 'M1 6H33' }),
    ),
    letter,
  )
}

function reach({ limit }: Bundle, level: Reached): string {
  const bound = limit[level]
  if (bound?.atLeast === true) return 'unknown'
  return bound !== undefined && bound.cause === undefined
    ? 'any number'
    : reachText(limit, bound ?? { value: 0 })
}

function valueTitle({ metric, group }: LimitChart): string {
  return metric === 'allProcesses' ? 'All groups' : (group ?? '')
}

function row(
  point: LimitPoint,
  bundle: Bundle,
  chart: LimitChart,
  result: Result,
): readonly string[] {
  const where = point.cgroup === undefined ? '' : ` in ${point.cgroup}`
  return [
    labels(bundle, result),
    reachText(chart, point),
    formatBytes(point.usedBytes),
    formatShare(fullness(point)),
    point.refusal === undefined ? `${point.level}${where}` : 'no start',
  ]
}
