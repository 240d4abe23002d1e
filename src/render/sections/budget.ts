import { budgetLabel } from '../../plan/result/budget-label.ts'
import type { BudgetLine, Memory } from '../../plan/result/memory-result.ts'
import { subjectOf } from '../../plan/result/outlook.ts'
import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import { exactBytes, formatCount } from '../../units/format.ts'
import { amounts } from '../text/amounts.ts'
import { byteColumn } from '../text/column.ts'
import type { Row } from '../text/grid.ts'
import { renderGrid } from '../text/grid.ts'
import type { Brushes, Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf } from '../text/ink.ts'
import { hanging } from '../text/wrap.ts'
import { budgetNotes } from './budget-notes.ts'
import { labelOf, plannedIn } from './strategy.ts'

interface Entry {
  readonly label: string
  readonly bytes: number
  readonly origin: string
  readonly isSum: boolean
}

/** The memory of the machine line by line, as described; then how the other strategies differ. */
export function budget(result: Result, ink: Ink): readonly string[] {
  const subject = subjectOf(result)
  if (subject === undefined) return []
  return [
    ...ledger(subject.memory, ink),
    ...budgetNotes(subject, ink),
    ...differing(result, subject, ink),
  ]
}

function ledger(memory: Memory, ink: Ink): readonly string[] {
  const brushes = brushesOf(ink)
  const entries = [
    ...linesOf(memory, 'supply', ink),
    sum('= capacity', memory.capacityBytes),
    ...linesOf(memory, 'demand', ink),
    sum('= demand', memory.demandBytes),
    sum('= headroom (capacity less demand)', memory.headroomBytes),
    ...linesOf(memory, 'beside', ink),
  ]
  const column = byteColumn(entries.map((entry) => entry.bytes))
  const rows = entries.map(
    (entry, row): Row => ({
      cells: [entry.label, column[row] ?? '', entry.origin],
      paint: entry.isSum ? paintSum(brushes) : new Map(),
    }),
  )
  const columns = [
    { title: 'Line', align: 'left' },
    { title: 'Memory', align: 'right' },
    { title: 'Origin', align: 'left' },
  ] as const
  return renderGrid(columns, rows, ink)
}

function paintSum(brushes: Brushes): Row['paint'] & {} {
  return new Map([
    [0, brushes.strong],
    [1, brushes.strong],
  ])
}

function linesOf(memory: Memory, side: BudgetLine['side'], ink: Ink): readonly Entry[] {
  const suffix = side === 'beside' ? ' (in neither sum)' : ''
  return memory.lines
    .filter((line) => line.side === side)
    .map((line) => ({
      label: `${named(budgetLabel(line), ink)}${suffix}`,
      bytes: line.bytes,
      origin: line.origin,
      isSum: false,
    }))
}

function sum(label: string, bytes: number): Entry {
  return { label, bytes, origin: 'sum', isSum: true }
}

/** One line for each strategy whose budget is another. */
function differing(result: Result, subject: PlannedStrategy, ink: Ink): readonly string[] {
  const own = subject.memory
  const others = plannedIn(result).filter(
    ({ memory }) =>
      memory.demandBytes !== own.demandBytes || memory.capacityBytes !== own.capacityBytes,
  )
  return others.flatMap((strategy) => {
    const { capacityBytes, demandBytes, headroomBytes } = strategy.memory
    const [capacity, demand, headroom] = amounts(capacityBytes, demandBytes, headroomBytes)
    const supply = capacityBytes === own.capacityBytes ? '' : `capacity ${capacity}, `
    const needed = strategy.memory.pools.map(
      ({ pageBytes, pages }) => `, ${formatCount(pages)} pages of ${exactBytes(pageBytes)}`,
    )
    const text = `${supply}demand ${demand}, headroom ${headroom}${needed.join('')}`
    return hanging(`${labelOf(strategy)}: `, text, widthOf(ink))
  })
}
