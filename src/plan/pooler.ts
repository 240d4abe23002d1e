import { strategiesOf } from '../sharing/catalogue.ts'
import { count } from '../units/quantity.ts'
import type { Workload } from '../workload/workload.ts'
import type { NotAdvised, PoolerAdvice } from './advice-result.ts'
import { isPlanned, planOne } from './attempts.ts'
import { poolerSettings } from './program-settings.ts'
import type { Planned } from './strategy-result.ts'

/**
 * Fewer processes of the group with the most page tables: as many as are safe, found on the model
 * itself. `undefined` where there is nothing to reduce: the plan is safe, or the group is one process.
 */
export function poolerFor(
  workload: Workload,
  described: Planned,
): PoolerAdvice | NotAdvised | undefined {
  const index = largestGroup(described)
  const group = workload.groups[index]
  if (described.result.risk.level === 'safe' || group === undefined) return undefined
  if (group.processes < 2) return undefined
  const found = mostSafe(workload, index, described)
  const about = { id: 'pooler', action: 'pooler', status: described.result.status } as const
  if (found === undefined) return { ...about, reason: 'never-safe' }
  const pageTableBytes = found.planned.result.pageTables.bytes
  const names = new Set(group.maps.map(({ region }) => region))
  const regions = workload.regions.filter(({ name }) => names.has(name))
  return {
    ...about,
    group: group.name,
    processes: group.processes,
    safeProcesses: found.processes,
    wonBytes: described.result.pageTables.bytes - pageTableBytes,
    pageTableBytes,
    riskLevel: found.planned.result.risk.level,
    pools: [],
    settings: poolerSettings(regions, found.processes),
  }
}

/** The group whose own page tables, all processes together, are the most. */
function largestGroup({ result }: Planned): number {
  const sizes = result.groups.map(({ processes, perProcess }) => processes * perProcess.bytes)
  return sizes.indexOf(Math.max(...sizes))
}

interface Safe {
  readonly processes: number
  readonly planned: Planned
}

/**
 * Headroom falls by the same amount with each process where chance and cgroups do not decide, so
 * the first number tried is on the line between none and all; it and its neighbour settle most
 * cases, and bisection the others.
 */
function mostSafe(workload: Workload, index: number, described: Planned): Safe | undefined {
  const now = workload.groups[index]?.processes ?? 0
  const at = (processes: number): Safe => ({
    processes,
    planned: planWith(workload, index, processes),
  })
  const none = at(0)
  if (!isSafe(none)) return undefined
  let found: Bracket = { good: none, bad: now }
  const first = crossing(none.planned, described, now)
  for (const tried of [first, first + 1, first - 1]) found = narrowed(found, tried, at)
  while (found.bad - found.good.processes > 1) {
    found = narrowed(found, Math.floor((found.good.processes + found.bad) / 2), at)
  }
  return found.good.processes === 0 ? undefined : found.good
}

/** The last number known to be safe, and the first known not to be. */
interface Bracket {
  readonly good: Safe
  readonly bad: number
}

function narrowed(bracket: Bracket, tried: number, at: (processes: number) => Safe): Bracket {
  if (tried <= bracket.good.processes || tried >= bracket.bad) return bracket
  const safe = at(tried)
  return isSafe(safe) ? { ...bracket, good: safe } : { ...bracket, bad: tried }
}

function isSafe({ planned }: Safe): boolean {
  return planned.result.risk.level === 'safe'
}

/** Where the straight line of headroom meets the tenth of memory that `safe` asks for. */
function crossing(none: Planned, all: Planned, now: number): number {
  const [from, to] = [none.result.risk.headroomFraction, all.result.risk.headroomFraction]
  return from === to ? 0 : Math.floor((now * (from - 0.1)) / (from - to))
}

function planWith(workload: Workload, index: number, processes: number): Planned {
  const named = strategiesOf(workload.host.layout).find(({ id }) => id === 'as-described')
  const groups = workload.groups.map((group, g) =>
    g === index ? { ...group, processes: count(processes) } : group,
  )
  const attempt = named && planOne({ ...workload, groups }, named, new Set())
  if (attempt === undefined || !isPlanned(attempt)) {
    throw new RangeError('as described can always be planned')
  }
  return attempt
}
