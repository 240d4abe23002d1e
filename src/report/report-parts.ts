import { labelOf } from '../render/sections/strategy.ts'
import type { Markup } from './markup/markup.ts'
import { el } from './markup/markup.ts'
import { addressSpace } from './pictures/address-space.ts'
import { budgetBar } from './pictures/budget-bar.ts'
import { levelBars } from './pictures/level-bars.ts'
import { processTrees } from './pictures/process-trees.ts'
import { sessionsChart } from './pictures/sessions-chart.ts'
import { advicePart } from './sections/advice-part.ts'
import { assumedPart, folded, foldedParts } from './sections/folded-parts.ts'
import { headingPart } from './sections/heading-part.ts'
import { strategiesPart } from './sections/strategies-part.ts'
import { verdictPart } from './sections/verdict-part.ts'
import type { View } from './sections/view.ts'
import { shownStrategy } from './sections/view.ts'

/** Parts of a report, each redrawn by itself, in the order of the page. */
export const partNames = [
  'heading',
  'verdict',
  'chart',
  'strategies',
  'budget',
  'advice',
  'assumed',
  'tables',
  'addresses',
  'folded',
] as const
export type PartName = (typeof partNames)[number]

/** Parts that a plan without limits and advice can redraw, while a value is still changing. */
export const quickParts: readonly PartName[] = ['verdict', 'strategies', 'budget', 'tables']

/** One part of the report, drawn from the view. */
export function reportPart(name: PartName, view: View): readonly Markup[] {
  const parts: Readonly<Record<PartName, () => readonly Markup[]>> = {
    heading: () => headingPart(view),
    verdict: () => [el('h2', { class: 'hidden' }, 'Verdict'), ...verdictPart(view)],
    chart: () =>
      view.isSaved
        ? []
        : [
            el('h2', {}, 'Memory by number of sessions'),
            sessionsChart(view.result, view.limits, view.strategy),
          ],
    strategies: () => strategiesPart(view),
    budget: () => withStrategy(view, 'Memory budget', budgetBar),
    advice: () => advicePart(view),
    assumed: () => assumedPart(view),
    tables: () => foldedWithStrategy(view, 'Page tables by level', levelBars),
    addresses: () => addresses(view),
    folded: () => foldedParts(view),
  }
  return parts[name]()
}

function withStrategy(
  view: View,
  title: string,
  draw: (strategy: NonNullable<ReturnType<typeof shownStrategy>>) => Markup,
): readonly Markup[] {
  const strategy = shownStrategy(view)
  if (strategy === undefined) return []
  return [el('h2', {}, `${title}, ${labelOf(strategy)}`), draw(strategy)]
}

function foldedWithStrategy(
  view: View,
  title: string,
  draw: (strategy: NonNullable<ReturnType<typeof shownStrategy>>) => Markup,
): readonly Markup[] {
  const strategy = shownStrategy(view)
  if (strategy === undefined) return []
  return [folded(`${title}, ${labelOf(strategy)}`, [draw(strategy)])]
}

/** Who shares which tables, and where one process has its mappings. */
function addresses(view: View): readonly Markup[] {
  const strategy = shownStrategy(view)
  if (strategy === undefined) return []
  const [group] = strategy.groups.toSorted((a, b) => b.perProcess.bytes - a.perProcess.bytes)
  return [
    folded(`Processes and what they share, ${labelOf(strategy)}`, [
      processTrees(strategy),
      ...(view.workload === undefined || group === undefined
        ? []
        : [addressSpace(view.workload, group.name)]),
    ]),
  ]
}

/**
 * A report, every part in a section of its own; without a view the sections are empty, to be filled. What
 * only a script can do has a place after the pictures.
 */
export function reportMarkup(view?: View): readonly Markup[] {
  const sections = partNames.map((name) =>
    el(
      name === 'heading' ? 'header' : 'section',
      { id: `part-${name}` },
      ...(view === undefined ? [] : reportPart(name, view)),
    ),
  )
  const at = partNames.indexOf('advice')
  return [
    ...sections.slice(0, at),
    el('section', { id: 'controls', class: 'controls script', 'aria-label': 'Try other values' }),
    ...sections.slice(at),
    el('section', { id: 'export', class: 'export script', 'aria-label': 'Take it along' }),
    el('p', { id: 'status', class: 'hidden', role: 'status' }),
  ]
}
