import type { NothingToDo } from '../result/advice-result.ts'
import type { Attempt } from '../strategy/plans.ts'
import { isPlanned } from '../strategy/plans.ts'
import type { Candidate, Considered } from './candidate.ts'
import { isCandidate } from './candidate.ts'
import type { State } from './state.ts'
import { lacksRoom, rankOf, rankOfLevel } from './state.ts'

/** Why nothing is advised. */
export function nothingToDo(
  today: State,
  options: readonly Considered[],
  attempts: readonly Attempt[],
): NothingToDo {
  const pageTableBytes = today.outlook.pageTables.bytes
  const fraction = pageTableBytes / today.workload.host.memory
  return { reason: reasonFor(today, options, attempts), pageTableBytes, fraction }
}

function reasonFor(
  today: State,
  options: readonly Considered[],
  attempts: readonly Attempt[],
): NothingToDo['reason'] {
  if ((today.workload.measured?.withoutMappings ?? 0) > 0) return 'unread-mappings'
  if (today.workload.groups.length === 0) return 'no-processes'
  if (today.workload.regions.length === 0) return 'no-regions'
  if (options.filter(isCandidate).some((one) => setsAsideTooMuch(one, today))) {
    return 'untouched-pages'
  }
  if (attempts.some((attempt) => isProposedHelp(attempt, today))) return 'only-proposed'
  return rankOf(today) === 0 ? 'too-little' : 'nothing-helps'
}

/** Its tables would be smaller by a hundredth of memory, and yet there is no more headroom. */
function setsAsideTooMuch({ action, after }: Candidate, { outlook, workload }: State): boolean {
  const saved = outlook.pageTables.bytes - after.outlook.pageTables.bytes
  const worse = after.outlook.memory.headroomBytes < outlook.memory.headroomBytes
  return (
    action === 'huge-pages' && saved * 100 >= workload.host.memory && (worse || lacksRoom(after))
  )
}

function isProposedHelp(attempt: Attempt, today: State): boolean {
  if (!isPlanned(attempt) || attempt.result.status !== 'proposed') return false
  const { memory, risk } = attempt.result
  const added = memory.headroomBytes - today.outlook.memory.headroomBytes
  const better = rankOfLevel(risk.level) < rankOf(today)
  return better || added * 100 >= today.workload.host.memory
}
