import { budgetLabel } from '../../plan/result/budget-label.ts'
import type { BudgetLine, Commit, Memory } from '../../plan/result/memory-result.ts'
import { subjectOf } from '../../plan/result/outlook.ts'
import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import type { CgroupRisk } from '../../plan/result/risk-result.ts'
import { exactBytes, formatBytes, formatCount } from '../../units/format.ts'
import { amounts } from '../text/amounts.ts'
import { byteColumn } from '../text/column.ts'
import type { Row } from '../text/grid.ts'
import { renderGrid } from '../text/grid.ts'
import type { Brushes, Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf } from '../text/ink.ts'
import { hanging } from '../text/wrap.ts'
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
    ...cgroups(subject.risk.cgroups, ink),
    ...pools(subject, ink),
    ...promises(subject.memory.commit, ink),
    ...victim(subject, ink),
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

/** Huge-page pools in pages, as they would be set: what is used of them, idle, missing. */
function pools({ memory }: PlannedStrategy, ink: Ink): readonly string[] {
  return memory.pools.flatMap(({ pageBytes, pages, usedPages, strandedPages, missingPages }) => {
    const missing = missingPages === 0 ? '' : `, ${formatCount(missingPages)} missing`
    const text = `pool of ${exactBytes(pageBytes)} pages: ${formatCount(pages)} pages, ${formatCount(usedPages)} used, ${formatCount(strandedPages)} stranded${missing}`
    return hanging('', text, widthOf(ink))
  })
}

/** What the kernel promises, and whether it is ready to. */
function promises({ mode, granted, ...bytes }: Commit, ink: Ink): readonly string[] {
  const [committed, limit, largest] = amounts(
    bytes.committedBytes,
    bytes.limitBytes,
    bytes.largestRequestBytes,
  )
  const answer = granted ? 'granted' : 'refused'
  const words: Readonly<Record<Commit['mode'], string>> = {
    always: `overcommit always: ${committed} promised (Committed_AS), nothing is refused`,
    heuristic: `overcommit heuristic: ${committed} promised (Committed_AS); the largest single request, ${largest}, is ${answer}`,
    never: `overcommit never: ${committed} promised (Committed_AS) of ${limit} (CommitLimit): ${answer}`,
  }
  return hanging('', words[mode], widthOf(ink))
}

/** Whom the out-of-memory killer takes first, where it may come to that. */
function victim({ risk }: PlannedStrategy, ink: Ink): readonly string[] {
  if (risk.victim === undefined || risk.hostLevel === 'safe') return []
  const { group, score, freedBytes, survives } = risk.victim
  const outcome = survives ? 'the host has headroom again' : 'the host is still short of memory'
  const text = `If memory runs out, the kernel kills a process of group ${named(group, ink)} first (oom_score ${score}): that gives back ${formatBytes(freedBytes)}, and ${outcome}.`
  return hanging('', text, widthOf(ink))
}

function cgroups(all: readonly CgroupRisk[], ink: Ink): readonly string[] {
  return all.flatMap((cgroup) => {
    const [limit, demand, headroom] = amounts(
      cgroup.limitBytes,
      cgroup.demandBytes,
      cgroup.headroomBytes,
    )
    const text = `limit ${limit}, demand ${demand}, headroom ${headroom}, risk ${cgroup.level}`
    return [
      ...hanging(`cgroup ${named(cgroup.name, ink)}: `, text, widthOf(ink)),
      ...cgroupVictim(cgroup, ink),
    ]
  })
}

function cgroupVictim({ name, level, victim: first }: CgroupRisk, ink: Ink): readonly string[] {
  if (first === undefined || level === 'safe') return []
  const outcome = first.survives ? 'it has headroom again' : 'it is still short of memory'
  const text = `If cgroup ${named(name, ink)} runs out of memory, the kernel kills a process of group ${named(first.group, ink)} first: that gives back ${formatBytes(first.freedBytes)}, and ${outcome}.`
  return hanging('', text, widthOf(ink))
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
