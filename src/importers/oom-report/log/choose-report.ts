import type { OomReport, Task } from './report.ts'

/** What makes a report the one to look at: the first difference counts, the larger wins. */
type Rank = readonly [hasTasks: number, isMachine: number, tableKib: number]

/** A report of several, and which it is, from 1. */
export interface Chosen {
  readonly report: OomReport
  readonly number: number
}

/** Keeps the report that was asked for, or else the worst of those that it is shown. */
export interface Chooser {
  readonly show: (report: OomReport) => void
  readonly chosen: () => Chosen | undefined
}

/**
 * The worst report is the one with most page tables, of the whole machine before one of a cgroup, and
 * one with a list of processes before one without. Of equal ones it is the last.
 * @param asked the number that the user wrote, from 1.
 */
export function chooser(asked: number | undefined): Chooser {
  let [shown, best] = [0, undefined as (Chosen & { readonly rank: Rank }) | undefined]
  return {
    show: (report) => {
      shown += 1
      const rank = asked === undefined ? rankOf(report) : ([0, 0, 0] as const)
      if (asked !== undefined ? asked !== shown : best !== undefined && isLess(rank, best.rank))
        return
      best = { report, number: shown, rank }
    },
    chosen: () => best,
  }
}

function rankOf({ dump, constraint, memory }: OomReport): Rank {
  const counted = (memory.counters.get('pagetables') ?? 0) * (memory.pageKib ?? 4)
  const listed = dump.tasks.reduce((sum, task) => sum + listedKib(task), 0)
  const isMachine = constraint === 'cgroup' ? 0 : 1
  return [dump.tasks.length === 0 ? 0 : 1, isMachine, Math.max(counted, listed)]
}

function listedKib({ tableBytes = 0, tables }: Task): number {
  const { pte = 0, pmd = 0, pud = 0 } = tables ?? {}
  return tableBytes / 1024 + (pte + pmd + pud) * 4
}

function isLess(one: Rank, other: Rank): boolean {
  const at = one.findIndex((figure, index) => figure !== other[index])
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0)
}
