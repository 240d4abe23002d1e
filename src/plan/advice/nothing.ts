import type { NothingToDo } from '../result/rejected-result.ts'
import type { PlannedOrRefused } from '../strategy/plans.ts'
import { isPlanned } from '../strategy/plans.ts'
import type { Candidate, Considered } from './candidate.ts'
import { isCandidate } from './candidate.ts'
import type { State } from './state.ts'
import { lacksRoom, rankOf, rankOfLevel } from './state.ts'

/** Why nothing is advised. */
export function nothingToDo(
  today: State,
  options: readonly Considered[],
  asked: readonly PlannedOrRefused[],
): NothingToDo {
  const pageTableBytes = today.outcome.pageTables.bytes
  const fraction = pageTableBytes / today.workload.host.memory
  return { reason: reasonFor(today, options, asked), pageTableBytes, fraction }
}

function reasonFor(
  today: State,
  options: readonly Considered[],
  asked: readonly PlannedOrRefused[],
): NothingToDo['reason'] {
  if (isUnseen(today)) return 'unread-mappings'
  if (today.workload.groups.length === 0) return 'no-processes'
  if (today.workload.regions.length === 0) {
    return today.workload.measured === undefined ? 'no-regions' : 'nothing-shared'
  }
  const isSafe = rankOf(today) === 0
  // What keeps a server from starting is more than a saving that would not pay.
  if (isSafe && options.filter(isCandidate).some((one) => setsAsideTooMuch(one, today))) {
    return 'untouched-pages'
  }
  if (asked.some((one) => isProposedHelp(one, today))) return 'only-proposed'
  return isSafe ? 'too-little' : 'nothing-helps'
}

/**
 * Processes whose mappings were not read decide only where more could be saved than their tables
 * show: all tables are counted, and no change saves more than all of them.
 */
function isUnseen({ workload, outcome }: State): boolean {
  if ((workload.measured?.withoutMappings ?? 0) === 0) return false
  return workload.regions.length === 0 || outcome.pageTables.bytes * 100 >= workload.host.memory
}

/** Its tables would be smaller by a hundredth of memory, and yet there is no more headroom. */
function setsAsideTooMuch({ action, after }: Candidate, { outcome, workload }: State): boolean {
  const saved = outcome.pageTables.bytes - after.outcome.pageTables.bytes
  const worse = after.outcome.memory.headroomBytes < outcome.memory.headroomBytes
  return (
    action === 'huge-pages' && saved * 100 >= workload.host.memory && (worse || lacksRoom(after))
  )
}

function isProposedHelp(one: PlannedOrRefused, today: State): boolean {
  if (!isPlanned(one) || one.result.status !== 'proposed') return false
  const { memory, risk } = one.result
  const added = memory.headroomBytes - today.outcome.memory.headroomBytes
  // A server that does not start is no better off where it runs out of memory.
  const better = risk.level !== 'oom' && rankOfLevel(risk.level) < rankOf(today)
  return better || added * 100 >= today.workload.host.memory
}
