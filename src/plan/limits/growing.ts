import { groupedBy } from '../../units/grouped.ts'
import { sumBy } from '../../units/sum.ts'
import { copiesOf } from '../../workload/copies.ts'
import type { Workload } from '../../workload/workload.ts'
import type { PlannedStrategy } from '../result/result.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import { limitOf } from './limits.ts'
import type { Variable } from './variables.ts'
import { allProcesses, memoryOf, processesOf } from './variables.ts'

/**
 * What a server grows by, as its first question: processes of the group that has more than half of
 * the page tables on base pages, else all groups alike.
 * @param parted the workload as planned: its groups are those of `basePages`, in order.
 * @returns `undefined` where that is a single process.
 */
export function growingOf(
  scenario: Workload,
  parted: Workload,
  { groups, pageTables }: PlannedStrategy,
): Variable | undefined {
  const results = groupedBy(groups.keys(), (index) => {
    const { part, name } = parted.groups[index] ?? {}
    return part?.name ?? name
  })
  const bytesOf = (name: string): number =>
    sumBy(results.get(name) ?? [], (index) => {
      const { processes = 0, perProcess } = groups[index] ?? {}
      return processes * (perProcess?.bytes ?? 0)
    })
  const heaviest = scenario.groups.findIndex(
    ({ name }) => scenario.groups.length === 1 || bytesOf(name) * 2 > pageTables.bytes,
  )
  const group = scenario.groups[heaviest]
  if (group !== undefined) {
    return group.processes / copiesOf(group) > 1 ? processesOf(scenario, heaviest) : undefined
  }
  const all = allProcesses(scenario)
  return scenario.groups.length > 0 && all.limit.now > 1 ? all : undefined
}

/** Which limits a strategy is asked for. */
export interface Questions {
  readonly growing: Variable | undefined
  /** The least memory too. */
  readonly memory: boolean
}

/** A planned strategy with its limits. */
export function withLimits(
  scenario: Workload,
  { named, result }: Pick<Planned, 'named' | 'result'>,
  { growing, memory }: Questions,
): PlannedStrategy {
  const variables = [
    ...(growing === undefined ? [] : [growing]),
    ...(memory && scenario.groups.length > 0 ? [memoryOf(scenario)] : []),
  ]
  const limits = variables.map((variable) =>
    limitOf(named, variable, result, bytesOfOne(scenario, variable, result)),
  )
  return { ...result, limits }
}

/** About as many bytes as one process of a group more takes: without what it copies. */
function bytesOfOne(
  { groups }: Workload,
  { limit }: Variable,
  result: PlannedStrategy,
): number | undefined {
  const group = groups.find(({ name }) => name === limit.group)
  const planned = result.groups.find(({ name }) => name === limit.group)
  if (group === undefined || planned === undefined) return undefined
  const { private: own, kernelMemory, threads } = group
  return copiesOf(group) * (own + kernelMemory * threads + planned.perProcess.bytes)
}
