import type { Bound, Limit, LimitsResult, StrategyLimits } from '../plan/result/limit-result.ts'
import { formatBytes, formatCount } from '../units/format.ts'
import type { Row } from './text/grid.ts'
import { renderGrid } from './text/grid.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf, worded } from './text/ink.ts'
import { wrap } from './text/wrap.ts'
import { stopText } from './words/stop-words.ts'

/** How far a scenario can grow: one table for each question, one row for each strategy. */
export function renderLimits({ scenario, strategies }: LimitsResult, ink: Ink): string {
  const { strong } = brushesOf(ink)
  const questions = strategies[0]?.limits ?? []
  return [
    ...wrap(named(scenario.name, ink), widthOf(ink)).map(strong),
    ...wrap(named(scenario.file, ink), widthOf(ink)),
    ...questions.flatMap((question, index) => ['', ...table(question, index, strategies, ink)]),
    '',
    ...legend(ink),
    '',
  ].join('\n')
}

const columns = [
  { title: 'Strategy', align: 'left' },
  { title: 'Now', align: 'left' },
  { title: 'Safe', align: 'right' },
  { title: 'Tight', align: 'right' },
  { title: 'Not oom', align: 'right' },
  { title: 'Then', align: 'left' },
] as const

function table(
  question: Limit,
  index: number,
  strategies: readonly StrategyLimits[],
  ink: Ink,
): readonly string[] {
  const { strong } = brushesOf(ink)
  const rows = strategies.flatMap((strategy): readonly Row[] => {
    const limit = strategy.limits[index]
    if (limit === undefined) return []
    const label = strategy.status === 'proposed' ? `${strategy.id} (proposed)` : strategy.id
    const cells = [limit.safe, limit.tight, limit.swapping].map((bound) => amount(bound, limit))
    return [{ cells: [named(label, ink), strategy.level, ...cells, stop(limit, ink)] }]
  })
  const title = wrap(titleOf(question, ink), widthOf(ink)).map(strong)
  return [...title, ...renderGrid(columns, rows, ink)]
}

function titleOf({ metric, group, region, unit, now }: Limit, ink: Ink): string {
  const current = unit === 'bytes' ? formatBytes(now) : formatCount(now)
  const titles: Readonly<Record<Limit['metric'], string>> = {
    processes: `Most processes of group ${named(group ?? '', ink)} (now ${current})`,
    allProcesses: `Most processes of the largest group, all groups in proportion (now ${current})`,
    region: `Largest region ${named(region ?? '', ink)} (now ${current})`,
    memory: `Least memory of the host (now ${current})`,
  }
  return titles[metric]
}

function amount(bound: Bound | undefined, { unit }: Limit): string {
  if (bound === undefined) return 'none'
  const value = unit === 'bytes' ? formatBytes(bound.value) : formatCount(bound.value)
  return bound.atLeast === true ? `${value} or more` : value
}

/** Beyond the last number that is not out of memory. */
function stop({ swapping, tight, safe }: Limit, ink: Ink): string {
  const last = swapping ?? tight ?? safe
  if (last === undefined) return ''
  const { next, cause, ...where } = last
  if (last.atLeast === true) return 'unknown'
  if (next === undefined || cause === undefined) return 'nothing'
  return cause === 'memory' ? next : stopText({ cause, ...where }, ink)
}

function legend(ink: Ink): readonly string[] {
  const text =
    'Now: the risk of the scenario as written. Safe, Tight, Not oom: the last number at which the plan starts and the risk is no worse than safe, tight, swapping. One process or page more is worse; for memory, one page less. Then: what follows the last number. none: worse from the start. proposed: in no released kernel.'
  return wrap(worded(text, ink), widthOf(ink))
}
