import type { RiskLevel } from '../../workload/gates.ts'
import { riskLevels } from '../../workload/gates.ts'
import type { Host } from '../../workload/host.ts'
import { refusalIn } from '../result/refusal.ts'
import type { Stop } from '../result/risk-result.ts'
import type { Outcome } from './strategy-result.ts'

/**
 * What keeps a plan from being within a level: first what keeps it from starting (huge pages that
 * are missing, a promise that the kernel refuses), then what runs short, the host before a cgroup.
 * @returns `undefined` where the plan starts and its risk is no worse than the level.
 */
export function stopOf(
  { memory, risk }: Pick<Outcome, 'memory' | 'risk'>,
  level: RiskLevel,
): Stop | undefined {
  const cause = refusalIn(memory)
  if (cause !== undefined) return { cause }
  if (!isWorse(risk.level, level)) return undefined
  if (risk.hostLevel === risk.level) return hostStop(memory, risk)
  const cgroup = risk.cgroups.find((one) => one.level === risk.level)
  return cgroup === undefined ? { cause: 'memory' } : { cause: 'cgroup', cgroup: cgroup.name }
}

/**
 * Bytes by which each demand may grow before a plan is no longer within a level, negative where they are
 * missing: to look where a limit may be. Of the host, each cgroup, what is promised, what cannot be swapped. Absent where huge pages or a single request stop it first.
 */
export function roomWithin(
  { memory, risk }: Pick<Outcome, 'memory' | 'risk'>,
  level: RiskLevel,
  { memory: memoryBytes, swap }: Pick<Host, 'memory' | 'swap'>,
): readonly number[] | undefined {
  const { capacityBytes, headroomBytes, commit } = memory
  const cause = refusalIn(memory)
  if (cause === 'huge-pages' || cause === 'request') return undefined
  const within = (left: number, of: number): number => {
    if (level === 'safe') return left - of / 10
    return level === 'tight' ? left : left + swap
  }
  return [
    within(headroomBytes, memoryBytes),
    ...risk.cgroups.map((cgroup) => within(cgroup.headroomBytes, cgroup.limitBytes)),
    ...(commit.mode === 'never' ? [commit.limitBytes - commit.committedBytes] : []),
    ...(swap > 0 ? [capacityBytes - risk.unswappableBytes] : []),
  ]
}

function hostStop(
  { capacityBytes }: Outcome['memory'],
  { hostLevel, unswappableBytes }: Outcome['risk'],
): Stop {
  const cause = hostLevel === 'oom' && unswappableBytes > capacityBytes ? 'unswappable' : 'memory'
  return { cause }
}

/** True where one level is worse than another. */
export function isWorse(level: RiskLevel, than: RiskLevel): boolean {
  return riskLevels.indexOf(level) > riskLevels.indexOf(than)
}
