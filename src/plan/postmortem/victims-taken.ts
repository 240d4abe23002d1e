import type { KilledProcess, OutOfMemory } from '../../workload/out-of-memory.ts'
import type { Killed, PlanChoice, RuleChoice } from '../result/postmortem-result.ts'
import type { PlannedStrategy } from '../result/result.ts'

/** What the kernel killed, and what came back. */
export function killedOf({
  process,
  pid,
  group,
  because,
  anonymous,
  shared,
  pageTables,
}: KilledProcess): Killed {
  const freed = [anonymous, pageTables].filter((bytes) => bytes !== undefined)
  return {
    process,
    pid,
    ...(group === undefined ? {} : { group }),
    ...(because === undefined ? {} : { because }),
    ...(freed.length === 0 ? {} : { freedBytes: freed.reduce((sum, bytes) => sum + bytes, 0) }),
    ...(anonymous === undefined ? {} : { privateBytes: anonymous }),
    ...(pageTables === undefined ? {} : { pageTableBytes: pageTables }),
    ...(shared === undefined ? {} : { sharedBytes: shared }),
  }
}

/** What the kernel's own rule picks from the list, and whether the kernel killed that one. */
export function ruleChoiceOf({ chosen, killed: [first] }: OutOfMemory): RuleChoice | undefined {
  if (chosen === undefined) return undefined
  const { process, pid, group, points } = chosen
  return {
    process,
    pid,
    ...(group === undefined ? {} : { group }),
    ...(points === undefined ? {} : { points }),
    ...(first === undefined || first.because === 'allocating-task'
      ? {}
      : { agrees: agreement(chosen, first) }),
  }
}

function agreement(
  chosen: NonNullable<OutOfMemory['chosen']>,
  killed: KilledProcess,
): NonNullable<RuleChoice['agrees']> {
  if (chosen.pid === killed.pid) return 'process'
  return chosen.group !== undefined && chosen.group === killed.group ? 'group' : 'no'
}

/** Whom the plan expects to be killed, on the host or in the cgroup that ran out. */
export function planChoiceOf(
  { constraint, cgroup, killed: [first] }: OutOfMemory,
  { risk }: PlannedStrategy,
): PlanChoice {
  const { cgroups } = risk
  const short = cgroups.find(({ name }) => name === cgroup) ?? cgroups[0]
  const victim = constraint === 'cgroup' ? short?.victim : risk.victim
  if (victim === undefined) return {}
  const killed = first?.group
  return {
    group: victim.group,
    ...(killed === undefined ? {} : { agrees: killed === victim.group }),
  }
}
