import { standingOf } from '../../plan/result/outlook.ts'
import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import type { Breaking } from '../../plan/result/risk-result.ts'
import { formatCount } from '../../units/format.ts'
import { percentColumn } from '../text/column.ts'
import type { Row } from '../text/grid.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { hanging, wrap } from '../text/wrap.ts'
import { stopText } from '../words/stop-words.ts'
import { riskText, standingPaint } from './standing-paint.ts'
import { labelOf, plannedIn } from './strategy.ts'

/** How near each strategy is to breaking: what breaks first, at how many processes, who is killed. */
export function riskTable(result: Result, ink: Ink): readonly string[] {
  const planned = plannedIn(result)
  if (planned.length === 0) return []
  const shares = percentColumn(planned.map(({ risk }) => risk.pageTablesFraction))
  const columns = [
    { title: 'Strategy', align: 'left' },
    { title: 'Risk', align: 'left' },
    { title: 'Tables %', align: 'right' },
    { title: 'Breaks at', align: 'right' },
    { title: 'First to break', align: 'left' },
    { title: 'First killed', align: 'left' },
  ] as const
  const rows = planned.map((strategy, row): Row => {
    const { breaks } = strategy.risk
    const standing = standingOf(strategy)
    const cells = [
      labelOf(strategy),
      riskText(standing),
      shares[row] ?? '',
      breaks === undefined ? 'never' : number(breaks, ink),
      breaks === undefined ? '' : stopText(breaks, ink),
      victimText(strategy, ink),
    ]
    return { cells, paint: new Map([[1, standingPaint(standing, brushesOf(ink))]]) }
  })
  return [...renderGrid(columns, rows, ink), ...cgroups(planned, ink), ...legend(planned, ink)]
}

function number({ processes, group }: Breaking, ink: Ink): string {
  return `${formatCount(processes)} ${named(group, ink)}`
}

/** Where a cgroup breaks first, only its own processes are killed. */
function victimText({ risk }: PlannedStrategy, ink: Ink): string {
  const { breaks, cgroups: all } = risk
  const inside = all.find(({ name }) => breaks?.cause === 'cgroup' && name === breaks.cgroup)
  const victim = inside === undefined ? risk.victim : inside.victim
  return victim === undefined ? '-' : named(victim.group, ink)
}

function cgroups(planned: readonly PlannedStrategy[], ink: Ink): readonly string[] {
  return planned.flatMap((strategy) =>
    strategy.risk.cgroups.flatMap(({ name, level, breaks }) => {
      const end = breaks === undefined ? 'never breaks' : `breaks at ${number(breaks, ink)}`
      const text = `risk ${level}, ${end}`
      return hanging(`${labelOf(strategy)}, cgroup ${named(name, ink)}: `, text, widthOf(ink))
    }),
  )
}

function legend(planned: readonly PlannedStrategy[], ink: Ink): readonly string[] {
  const refused = planned.some(({ risk }) => risk.breaks?.cause === 'unswappable')
  const text = [
    'Tables %: page tables, of all memory in demand. Breaks at: the fewest processes of that group, the others as they are, that run out of memory or cannot start.',
    ...(refused
      ? ['unswappable memory: page tables, kernel memory and locked memory exceed capacity.']
      : []),
  ].join(' ')
  return wrap(worded(text, ink), widthOf(ink))
}
