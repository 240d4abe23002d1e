import { labelOf } from '../render/sections/strategy.ts'
import type { Markup } from './markup/markup.ts'
import { el } from './markup/markup.ts'
import { addressSpace } from './pictures/address-space.ts'
import { budgetBar } from './pictures/budget-bar.ts'
import { levelBars } from './pictures/level-bars.ts'
import { drawnGroup, processTrees } from './pictures/process-trees.ts'
import { sessionsChart } from './pictures/sessions-chart.ts'
import { advicePart } from './sections/advice-part.ts'
import { assumedPart, folded, foldedParts } from './sections/folded-parts.ts'
import { headingPart } from './sections/heading-part.ts'
import { strategiesPart } from './sections/strategies-part.ts'
import { timelinePart } from './sections/timeline-part.ts'
import { verdictPart } from './sections/verdict-part.ts'
import type { View } from './sections/view.ts'
import { shownStrategy } from './sections/view.ts'
import { whatIfPart } from './sections/what-if-part.ts'

/** Parts of a report, each redrawn by itself, in the order of the page. */
export const partNames = [
  'heading',
  'verdict',
  'chart',
  'advice',
  'what-if',
  'strategies',
  'budget',
  'timeline',
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
    chart: () => [
      el('h2', {}, 'Memory by number of sessions'),
      sessionsChart(view.result, view.limits, view.strategy),
    ],
    strategies: () => strategiesPart(view),
    budget: () =>
      ofStrategy(view, 'Memory budget', (title, one) => [el('h2', {}, title), budgetBar(one)]),
    timeline: () => (view.workload.timeline === undefined ? [] : timelinePart(view)),
    advice: () => advicePart(view),
    'what-if': () => (view.whatIf === undefined ? [] : whatIfPart(view.whatIf)),
    assumed: () => assumedPart(view),
    tables: () =>
      ofStrategy(view, 'Page tables by level', (title, one) => [folded(title, [levelBars(one)])]),
    addresses: () =>
      ofStrategy(view, 'Processes and what they share', (title, one) => [
        folded(title, [processTrees(one, view.workload), ...addressesIn(view, one)]),
      ]),
    folded: () => foldedParts(view),
  }
  return parts[name]()
}

type Shown = NonNullable<ReturnType<typeof shownStrategy>>

/** What is drawn of the strategy that is shown, below a title that names it. */
function ofStrategy(
  view: View,
  title: string,
  draw: (title: string, strategy: Shown) => readonly Markup[],
): readonly Markup[] {
  const strategy = shownStrategy(view)
  return strategy === undefined ? [] : draw(`${title}, ${labelOf(strategy)}`, strategy)
}

/** Where a process of the same group has its mappings. */
function addressesIn({ workload }: View, strategy: Shown): readonly Markup[] {
  const group = drawnGroup(strategy, workload)
  return group === undefined ? [] : [addressSpace(workload, group.name, strategy)]
}

/**
 * A report, every part in a section of its own; without a view the sections are empty, to be filled. What
 * only a script can do has a place before what changes with it.
 */
export function reportMarkup(view?: View): readonly Markup[] {
  const sections = partNames.map((name) =>
    el(
      name === 'heading' ? 'header' : 'section',
      { id: `part-${name}`, tabindex: name === 'verdict' ? -1 : undefined },
      ...(view === undefined ? [] : reportPart(name, view)),
    ),
  )
  const at = partNames.indexOf('strategies')
  return [
    ...sections.slice(0, at),
    el('section', { id: 'controls', class: 'controls script', 'aria-label': 'Try other values' }),
    ...sections.slice(at),
    el('section', { id: 'export', class: 'export script', 'aria-label': 'Take it along' }),
    el('p', { id: 'status', class: 'hidden', role: 'status' }),
  ]
}
