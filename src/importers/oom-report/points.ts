import type { KernelVersion } from '../../units/kernel-version.ts'
import { isAtLeast } from '../../units/kernel-version.ts'
import type { Task } from './log/report.ts'

/** What the choice of the killer depends on, besides the list. */
export interface Choice {
  /** RAM and swap, or what a cgroup may use of both, in pages. */
  readonly totalPages: number
  readonly pageBytes: number
  readonly kernel?: KernelVersion
}

/** A process and its points. */
export interface Candidate {
  readonly task: Task
  readonly points: number
}

/** oom_score_adj that takes a process out of the choice: OOM_SCORE_ADJ_MIN. */
const neverKilled = -1000

/** Until Linux 4.17 ("mm, oom: remove 3% bonus for CAP_SYS_ADMIN processes") root had fewer points. */
const withoutBonus: KernelVersion = { major: 4, minor: 17 }
/** Before Linux 3.14 ("mm, oom: base root bonus on current usage") the bonus was 3 % of all memory. */
const bonusOfUse: KernelVersion = { major: 3, minor: 14 }

/** Before Linux 5.9 ("mm, oom: make the calculation of oom badness more accurate") no process had less than 1. */
const belowOne: KernelVersion = { major: 5, minor: 9 }

/** Of processes with equal points 4.19 takes the first listed, 5.4 the last: oom_evaluate_task(). */
const takesLast: KernelVersion = { major: 5, minor: 1 }

/**
 * The process that oom_badness() of mm/oom_kill.c gives the most points. No process is killed whose
 * oom_score_adj is -1000.
 * @param killed of equal processes one that was killed is taken: counters drift while the list is printed.
 */
export function mostPoints(
  tasks: readonly Task[],
  choice: Choice,
  killed: ReadonlySet<number> = new Set(),
): Candidate | undefined {
  const { kernel } = choice
  const isLast = kernel === undefined || isAtLeast(kernel, takesLast)
  const isKilled = (one: Candidate | undefined): boolean => killed.has(one?.task.pid ?? -1)
  let best: Candidate | undefined
  for (const task of tasks) {
    const points = pointsOf(task, choice)
    if (points === undefined) continue
    const most = best?.points ?? Number.NEGATIVE_INFINITY
    const isPreferred = isLast ? !isKilled(best) : killed.has(task.pid) && !isKilled(best)
    if (points > most || (points === most && isPreferred)) best = { task, points }
  }
  return best
}

/** In pages: resident and swapped memory, page tables, and oom_score_adj thousandths of all memory. */
export function pointsOf(
  { rss, swap, tableBytes = 0, tables, uid, pid, adj }: Task,
  { totalPages, pageBytes, kernel }: Choice,
): number | undefined {
  // is_global_init() is never killed.
  if (adj === neverKilled || pid === 1) return undefined
  const { pte = 0, pmd = 0, pud = 0 } = tables ?? {}
  const used = rss + swap + Math.floor(tableBytes / pageBytes) + pte + pmd + pud
  const hasBonus = uid === 0 && kernel !== undefined && !isAtLeast(kernel, withoutBonus)
  const isOfUse = kernel !== undefined && isAtLeast(kernel, bonusOfUse)
  const bonus = hasBonus && isOfUse ? Math.floor((used * 3) / 100) : 0
  const given = hasBonus && !isOfUse ? adj - 30 : adj
  const points = used - bonus + given * Math.floor(totalPages / 1000)
  const isLeastOne = kernel !== undefined && !isAtLeast(kernel, belowOne)
  return isLeastOne ? Math.max(1, points) : points
}
