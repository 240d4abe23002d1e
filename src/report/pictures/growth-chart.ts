import type { Result } from '../../plan/result/result.ts'
import type { GrowthResult, StrategyGrowth } from '../../plan/result/what-if/growth-result.ts'
import { growthCurves, growthTitle } from '../../render/limits/growth-curves.ts'
import { datesShown, growthLegend } from '../../render/limits/growth-part.ts'
import { labelNamed } from '../../render/sections/strategy.ts'
import { standingCell } from '../../render/words/standing-words.ts'
import { allGrownWords, courseWords, dateWords } from '../../render/words/what-if/growth-words.ts'
import type { Markup } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { table } from '../markup/table.ts'
import { key as curveKey } from './chart-tables.ts'
import type { Sign } from './filling-chart.ts'
import { fillingChart, letterOf, signKey } from './filling-chart.ts'

/** The level that begins on a day, and its sign. */
const signs: Readonly<Record<'notSafeFrom' | 'swapsFrom' | 'diesFrom', Sign>> = {
  notSafeFrom: 'diamond',
  swapsFrom: 'ring',
  diesFrom: 'dot',
}
const marked = Object.entries(signs) as readonly (readonly [keyof typeof signs, Sign])[]

/** Memory under each strategy as days pass, with the days on which something begins; and these as a table. */
export function growthChart(growth: GrowthResult, result: Result): readonly Markup[] {
  const picture = growthCurves(growth)
  if (picture === undefined) return []
  const { chart, ticks, daysTo } = picture
  const alike = alikeIn(growth.strategies)
  const names = (all: readonly StrategyGrowth[]): string =>
    all.map(({ id }) => labelNamed(id, result)).join(', ')
  const columns = datesShown(growth.strategies)
  return [
    fillingChart({
      ...{ id: 'plot-growth', title: growthTitle, axis: chart.axis },
      withSwap: 1 + result.host.swapBytes / result.host.memoryBytes,
      said: alike.map(
        (all, index) => `${letterOf(index)}, ${names(all)}: ${courseWords(all[0], growth)}.`,
      ),
      ticks: (most) => ticks(chart, most),
      curves: alike.map(([one]) => ({
        points: chart.curves.find(({ strategy }) => strategy === one.id)?.points ?? [],
        signs: marked.flatMap(([key, sign]) => {
          const day = one[key]
          return day === undefined ? [] : [[daysTo(day), sign] as const]
        }),
      })),
    }),
    table(
      ['Mark', 'Strategy', 'Now', ...columns.map(({ title }) => title), 'By then'],
      alike.map((all, index) => {
        const [{ now, changes, ...one }] = all
        const end = changes.find(({ to }) => to === 'oom' || to === 'no-start') ?? changes.at(-1)
        return [
          curveKey(letterOf(index), index),
          names(all),
          el('span', { class: `risk ${now}` }, standingCell(now)),
          ...columns.map(({ key }) => dayCell(key, one[key])),
          end === undefined ? '-' : allGrownWords(end.values),
        ]
      }),
      { className: 'legend', caption: 'Days on which something begins, with their signs' },
    ),
    el('p', { class: 'note' }, growthLegend(growth)),
  ]
}

/** Strategies with the same figures on the same days, together. */
function alikeIn(
  strategies: readonly StrategyGrowth[],
): readonly (readonly [StrategyGrowth, ...StrategyGrowth[]])[] {
  const groups = new Map<string, [StrategyGrowth, ...StrategyGrowth[]]>()
  for (const one of strategies) {
    const { id: _, status: __, ...figures } = one
    const key = JSON.stringify(figures)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [one])
    else known.push(one)
  }
  return [...groups.values()]
}

function dayCell(key: string, day: string | undefined): Markup {
  if (day === undefined) return '-'
  const sign = marked.find(([name]) => name === key)?.[1]
  if (sign === undefined) return dateWords(day)
  return el('span', { class: 'key' }, signKey(sign), dateWords(day))
}
