import type { Workload } from '../workload/workload.ts'
import type { NotAdvised, PoolerAdvice } from './advice-result.ts'
import { byWeight, outlookWith, processesUntil } from './breaking.ts'
import { poolerSettings } from './program-settings.ts'
import { lastHolding } from './search.ts'
import { stopOf } from './stops.ts'
import type { Outlook, Planned } from './strategy-result.ts'

/**
 * Fewer processes of the group with the most page tables: as many as are safe, found on the model
 * itself. `undefined` where there is nothing to reduce: the plan is safe, or the group is one process.
 */
export function poolerFor(
  workload: Workload,
  { result }: Planned,
): PoolerAdvice | NotAdvised | undefined {
  const [group] = byWeight(result, workload.groups)
  if (stopOf(result, 'safe') === undefined || group === undefined) return undefined
  if (group.processes < 2) return undefined
  const { headroomBytes } = result.memory
  let safe: Outlook | undefined
  const safeProcesses = lastHolding(
    (processes) => {
      const outlook = outlookWith(workload, result.id, group, processes)
      if (outlook === undefined || stopOf(outlook, 'safe') !== undefined) return false
      safe = outlook
      return true
    },
    group.processes - 1,
    processesUntil(result, group, headroomBytes - workload.host.memory / 10, group.private),
  )
  const about = { id: 'pooler', action: 'pooler', status: result.status } as const
  if (safe === undefined || safeProcesses === undefined || safeProcesses === 0) {
    return { ...about, reason: 'never-safe' }
  }
  const { pageTables, risk } = safe
  const names = new Set(group.maps.map(({ region }) => region))
  const regions = workload.regions.filter(({ name }) => names.has(name))
  return {
    ...about,
    group: group.name,
    processes: group.processes,
    safeProcesses,
    wonBytes: result.pageTables.bytes - pageTables.bytes,
    pageTableBytes: pageTables.bytes,
    riskLevel: risk.level,
    pools: [],
    settings: poolerSettings(regions, safeProcesses),
  }
}
