import { standingOf } from '../../plan/result/outlook.ts'
import type { Obstacle, PlannedStrategy, Result } from '../../plan/result/result.ts'
import { formatBytes } from '../../units/format.ts'
import { amounts } from '../text/amounts.ts'
import type { Row } from '../text/grid.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { hanging, wrap } from '../text/wrap.ts'
import { obstacleSentence } from '../words/obstacle-words.ts'
import { riskText, standingPaint } from './standing-paint.ts'
import {
  isUncertain,
  labelOf,
  levelsUsed,
  plannedIn,
  proposedMeans,
  refusedIn,
  tablesAt,
} from './strategy.ts'

/** The one table that compares the strategies, and below it what it cannot say in numbers. */
export function comparison(result: Result, ink: Ink): readonly string[] {
  const planned = plannedIn(result)
  return [
    ...(planned.length === 0 ? [] : grid(planned, ink)),
    ...legend(result, ink),
    ...refusals(result, ink),
  ]
}

function grid(planned: readonly PlannedStrategy[], ink: Ink): readonly string[] {
  const columns = [
    { title: 'Strategy', align: 'left' },
    { title: 'Page tables', align: 'right' },
    { title: 'Per process', align: 'right' },
    { title: 'Saved', align: 'right' },
    { title: 'Headroom', align: 'right' },
    { title: 'Risk', align: 'left' },
  ] as const
  const rows = planned.map((strategy): Row => {
    const mark = isUncertain(strategy.pageTables) ? '~' : ''
    const saved = savedBy(strategy)
    const standing = standingOf(strategy)
    const isSubject = strategy.id === 'as-described'
    const cells = [
      labelOf(strategy),
      `${mark}${formatBytes(strategy.pageTables.bytes)}`,
      `${strategy.groups.some((group) => isUncertain(group.perProcess)) ? '~' : ''}${formatBytes(mostPerProcess(strategy))}`,
      isSubject && saved === 0 ? '-' : `${saved === 0 ? '' : mark}${formatBytes(saved)}`,
      `${mark}${formatBytes(strategy.memory.headroomBytes)}`,
      riskText(standing),
    ]
    const paint = new Map([[5, standingPaint(standing, brushesOf(ink))]])
    return { cells, paint, note: worded(byLevel(strategy), ink) }
  })
  return renderGrid(columns, rows, ink)
}

/** Against what is there; against base pages where that does not start, or was not asked for. */
function savedBy({ savings }: PlannedStrategy): number {
  return savings.againstDescribedBytes ?? savings.bytes
}

/** Page tables of one process; of the group with the largest where there are several. */
function mostPerProcess(strategy: PlannedStrategy): number {
  return Math.max(0, ...strategy.groups.map((group) => group.perProcess.bytes))
}

function byLevel({ pageTables }: PlannedStrategy): string {
  const { levels, baseBytes, onceBytes } = pageTables
  const counts = levelsUsed([levels]).map((name) => `${name} ${tablesAt(levels, name)}`)
  const base = baseBytes === 0 ? [] : [`base ${formatBytes(baseBytes)}`]
  const once = onceBytes === 0 ? [] : [`exist once: ${formatBytes(onceBytes)}`]
  return [...counts, ...base, ...once].join(' · ')
}

function legend(result: Result, ink: Ink): readonly string[] {
  const planned = plannedIn(result)
  const several = planned.some((strategy) => strategy.groups.length > 1)
  const based = planned.some((strategy) => strategy.pageTables.baseBytes > 0)
  const sentences = [
    ...(planned.length === 0
      ? []
      : [
          `pte … pgd: tables of each level, all processes together. ${savedMeans(planned)}`,
          ...(based ? ["base: what the programs' own memory needs (baseTables)."] : []),
          ...(several ? ['Per process: the group with the largest page tables.'] : []),
        ]),
    ...(result.strategies.some((strategy) => strategy.status === 'proposed')
      ? [`${proposedMeans}.`]
      : []),
  ]
  const text = sentences.length === 0 ? [] : wrap(worded(sentences.join(' '), ink), widthOf(ink))
  return [...text, ...ranges(planned, ink)]
}

function savedMeans(planned: readonly PlannedStrategy[]): string {
  const isDescribed = planned.some(({ savings }) => savings.againstDescribedBytes !== undefined)
  return `Saved: page tables, against ${isDescribed ? 'as-described' : 'base-pages'}.`
}

/** What chance decides: the table shows the expectation, this the bounds. */
function ranges(planned: readonly PlannedStrategy[], ink: Ink): readonly string[] {
  const uncertain = planned.filter((strategy) => isUncertain(strategy.pageTables))
  if (uncertain.length === 0) return []
  const lines = uncertain.flatMap((strategy) => {
    const { bytes, leastBytes, mostBytes } = strategy.pageTables
    const [expected, least, most] = amounts(bytes, leastBytes, mostBytes)
    const text = `${expected} expected, ${least} at least, ${most} at most`
    return hanging(`  ${labelOf(strategy)}: `, text, widthOf(ink))
  })
  const sign = '~ is the expectation where chance decides which pages are touched. Page tables:'
  return [...wrap(worded(sign, ink), widthOf(ink)), ...lines]
}

const effects = [', cannot be mapped', ' leaves as described'] as const

/** As described, a region that its pool does not hold is not mapped at all. */
function effectOn({ id }: PlannedStrategy, kind: Obstacle['kind']): (typeof effects)[number] {
  return effects[id === 'as-described' && kind === 'pool' ? 0 : 1]
}

/** Strategies that cannot be planned, and regions that a planned one leaves as described. */
function refusals(result: Result, ink: Ink): readonly string[] {
  const say = (text: string) => worded(text, ink)
  const name = (text: string) => named(text, ink)
  const why = result.findings.some(({ kind }) => kind === 'mappings-unread')
    ? 'cannot be judged: the mappings of the processes could not be read.'
    : 'is not possible here: there are no regions.'
  const none = refusedIn(result).flatMap((strategy) => [
    ...wrap(
      `${labelOf(strategy)} ${strategy.obstacles.length === 0 ? why : 'is not possible here:'}`,
      widthOf(ink),
    ),
    ...strategy.obstacles.flatMap((obstacle) =>
      hanging('  - ', say(obstacleSentence(obstacle, name)), widthOf(ink)),
    ),
  ])
  const part = plannedIn(result).flatMap((strategy) =>
    effects.flatMap((effect) => {
      const obstacles = strategy.obstacles.filter(({ kind }) => effectOn(strategy, kind) === effect)
      if (obstacles.length === 0) return []
      return [
        ...wrap(`${labelOf(strategy)}${effect}:`, widthOf(ink)),
        ...obstacles.flatMap((obstacle) =>
          hanging('  - ', say(obstacleSentence(obstacle, name)), widthOf(ink)),
        ),
      ]
    }),
  )
  return [...none, ...part]
}
