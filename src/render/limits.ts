import type { LimitChart, LimitsResult } from '../plan/result/limits-result.ts'
import { growthPart } from './limits/growth-part.ts'
import { limitChart } from './limits/limit-chart.ts'
import type { Answer } from './limits/limit-table.ts'
import { hasSwap, limitTable } from './limits/limit-table.ts'
import { labelOf, proposedMeans } from './sections/strategy.ts'
import type { Ink } from './text/ink.ts'
import { brushesOf, named, widthOf, worded } from './text/ink.ts'
import { wrap } from './text/wrap.ts'
import { whyNot } from './words/obstacle-words.ts'

/** Columns below which a picture shows nothing. */
const narrowestChart = 60

/** How far a scenario can grow: for each question one table, and one picture under it. */
export function renderLimits(result: LimitsResult, ink: Ink): string {
  const { scenario, refused } = result
  const { strong } = brushesOf(ink)
  const questions = questionsIn(result)
  const charts = ink.width < narrowestChart ? [] : (result.charts ?? [])
  const hasCharts = result.charts !== undefined && ink.width >= narrowestChart
  return [
    ...wrap(named(scenario.name, ink), widthOf(ink)).map(strong),
    ...wrap(named(scenario.file, ink), widthOf(ink)),
    ...questions.flatMap((answers) => {
      const chart = charts.find((candidate) => isAbout(candidate, answers[0]))
      const picture = chart === undefined ? [] : limitChart(chart, answers, ink)
      const table = limitTable(answers, refused, ink)
      return ['', ...table, ...(picture.length === 0 ? [] : ['', ...picture])]
    }),
    '',
    ...(result.growth === undefined ? [] : [...growthPart(result.growth, hasCharts, ink), '']),
    ...legend(result, questions, charts.length > 0, ink),
    '',
  ].join('\n')
}

type Answers = readonly [Answer, ...Answer[]]

/** Every strategy has the same limits in the same order. */
function questionsIn({ strategies }: LimitsResult): readonly Answers[] {
  return (strategies[0]?.limits ?? []).flatMap((_, index) => {
    const [first, ...others] = strategies.flatMap((strategy): readonly Answer[] => {
      const limit = strategy.limits[index]
      return limit === undefined ? [] : [{ strategy, limit }]
    })
    return first === undefined ? [] : [[first, ...others] as const]
  })
}

function isAbout({ metric, group, region }: LimitChart, { limit }: Answer): boolean {
  return limit.metric === metric && limit.group === group && limit.region === region
}

function legend(
  { strategies, refused }: LimitsResult,
  questions: readonly Answers[],
  hasCharts: boolean,
  ink: Ink,
): readonly string[] {
  const proposed = [...strategies, ...refused].some(({ status }) => status === 'proposed')
  const text = [
    ...(questions.length === 0 ? [] : [columnWords]),
    ...(questions.some(hasSwap) ? [swapWords] : []),
    ...(hasCharts ? [chartWords] : []),
    ...(proposed ? [`${proposedMeans}.`] : []),
  ].join(' ')
  const means = text === '' ? [] : wrap(worded(text, ink), widthOf(ink))
  return [...refusals(refused, ink), ...means]
}

/** Strategies of which nothing is planned, those with one reason together. */
function refusals(refused: LimitsResult['refused'], ink: Ink): readonly string[] {
  const byReason = new Map<string, readonly string[]>()
  for (const one of refused) {
    const why = whyNot(one)
    byReason.set(why, [...(byReason.get(why) ?? []), labelOf(one)])
  }
  return [...byReason].flatMap(([why, names]) =>
    wrap(worded(`${names.join(', ')}: not possible; ${why}.`, ink), widthOf(ink)),
  )
}

const columnWords =
  'Now: the risk of the scenario as written. Safe to, Safe from: a tenth of memory stays free. At most, At least: the last value that runs; one process or page more, or one page less memory, does not.'
const swapWords = 'Without swapping: everything fits in memory.'
const chartWords =
  'Pictures: memory in use, with pools and reserves. Up to 90 % is safe, 100 % is full. Each letter marks the last value that runs.'
