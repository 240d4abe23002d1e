import type { Outlook } from '../../plan/result/outlook.ts'
import { outlookOf, outlookWithoutMshare, subjectOf } from '../../plan/result/outlook.ts'
import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import { formatBytes, formatShare } from '../../units/format.ts'
import type { Mark } from '../words/fleet-words.ts'
import { toDoWords } from '../words/fleet-words.ts'
import { isUncertain } from './strategy.ts'

/** One scenario of several, as a line of their table. */
export interface FleetRow {
  readonly file: string
  /** As the scenario says. */
  readonly name: string
  /** Of the file, where the document begins; absent: the first. */
  readonly line?: number
  readonly outlook: Outlook
  /** On released kernels; absent where that is no other question. */
  readonly withoutMshare?: Outlook
  readonly marks: readonly Mark[]
  /** `-` where nothing was planned. */
  readonly pageTables: string
  readonly share: string
  readonly headroom: string
  /** `-` where there is nothing to do. */
  readonly toDo: string
  /** Whether its gates hold; `none` without one. */
  readonly verdict: Result['verdict']
}

/** The figures of the strategy that the result is about, in words and units. */
export function fleetRow(result: Result): FleetRow {
  const { scenario, advice, host, verdict } = result
  const subject = subjectOf(result)
  const [first] = advice
  const without = outlookWithoutMshare(result)
  const common = {
    file: scenario.file,
    name: scenario.name,
    ...(scenario.line === undefined ? {} : { line: scenario.line }),
    outlook: outlookOf(result),
    ...(without === undefined ? {} : { withoutMshare: without }),
    toDo: first === undefined ? '-' : toDoWords(first),
    verdict,
  }
  if (subject === undefined) {
    return { ...common, marks: [], pageTables: '-', share: '-', headroom: '-' }
  }
  const { pageTables, memory } = subject
  return {
    ...common,
    marks: marksOf(subject, common.outlook),
    pageTables: `${isUncertain(pageTables) ? '~' : ''}${formatBytes(pageTables.bytes)}`,
    share: formatShare(pageTables.bytes / host.memoryBytes),
    headroom: formatBytes(memory.headroomBytes),
  }
}

/** What keeps a plan from starting is no matter of one cgroup. */
function marksOf(subject: PlannedStrategy, outlook: Outlook): readonly Mark[] {
  const { id, status, risk, pageTables } = subject
  const inCgroup = outlook === risk.level && risk.level !== risk.hostLevel
  return [
    ...(status === 'proposed' ? (['mshare'] as const) : []),
    ...(inCgroup ? (['cgroup'] as const) : []),
    ...(id === 'as-described' ? [] : (['other-strategy'] as const)),
    ...(isUncertain(pageTables) ? (['expected'] as const) : []),
  ]
}
