import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import { printable } from '../../units/printable.ts'
import type { Chosen } from './log/choose-report.ts'
import type { OomReport } from './log/report.ts'

/**
 * The head of the file, and what the user is told: which report it is, and what is missing of it.
 * @param isAsked the user named the report.
 */
export function remarkOn(
  annotated: AnnotatedScenario,
  path: string,
  { report, number }: Chosen,
  reports: number,
  isAsked: boolean,
): void {
  const when = report.stamp === '' ? '' : ` at ${printable(report.stamp)}`
  if (reports > 1 && !isAsked) {
    annotated.remark(
      `the log has ${reports} reports; this is report ${number}${when}, the worst of them: ${rule}; --report N reads another`,
    )
  }
  for (const gap of gapsIn(report)) annotated.remark(gap)
  const source = path === '-' ? 'standard input' : path
  annotated.headerComment = [
    `Made by mshare-plan import from ${source}: ${placeOf(report)} ran out of memory${when}. The comment after each value names its source.`,
    ...(reports > 1 ? [`Report ${number} of ${reports} in the log.`] : []),
    ...annotated.remarks.map((remark) => `Note: ${remark}.`),
  ]
}

const rule = 'most page tables, the whole machine before a cgroup'

function placeOf({ constraint, cgroup }: OomReport): string {
  if (constraint !== 'cgroup') return 'the machine'
  return cgroup?.path === undefined ? 'a cgroup' : `the cgroup ${printable(cgroup.path)}`
}

/** What the log does not say, and the consequence. */
function gapsIn({ dump, constraint, memory, killed, panicked }: OomReport): readonly string[] {
  const gaps: readonly (readonly [boolean, string])[] = [
    [dump.listed === 0, 'the list of processes is missing: only killed processes are in groups'],
    [
      !dump.isWhole && dump.listed > 0,
      'the list of processes is cut: more processes existed, and no group has them',
    ],
    [
      dump.tables === 'none' && dump.tasks.length > 0,
      'the list has no column of page tables: baseTables is an assumption',
    ],
    [
      constraint !== 'cgroup' && memory.counters.size === 0,
      'the counters of Mem-Info are missing: nothing is reserved for the kernel and for others',
    ],
    [killed.length === 0 && !panicked, 'the log does not say which process was killed'],
  ]
  return gaps.flatMap(([isThere, words]) => (isThere ? [words] : []))
}
