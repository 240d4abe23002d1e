import { minWatermark } from '../../host/min-watermark.ts'
import { strategyOf } from '../../sharing/catalogue.ts'
import { pathText } from '../../units/path.ts'
import { bytes, pages } from '../../units/quantity.ts'
import type { Group, Mapping } from '../../workload/group.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import { judge, verdictOf } from '../gates/gates.ts'
import type { Finding } from '../result/finding.ts'
import { found } from '../result/finding.ts'
import type { PlannedStrategy } from '../result/result.ts'
import { tryPlan } from '../strategy/plans.ts'
import type { Outcome } from '../strategy/strategy-result.ts'

type Assumed = Extract<Finding, { kind: 'assumption-decides' }>['assumption']

/** A kind of assumption: where the scenario would say it, and the workload with more or less of it. */
interface Doubt {
  readonly assumption: Assumed
  readonly paths: readonly string[]
  /** All memory that it decides, in bytes: it cannot move the budget by more. */
  readonly weight: number
  readonly times: (factor: number) => Workload
  /** False where there is no more than all. */
  readonly grows: boolean
}

/**
 * Assumptions on which the verdict rests: the level, or a gate, is another when all defaults of one
 * kind are halved or doubled. Asked of the strategy that is judged.
 */
export function assumptionFindings(
  workload: Workload,
  planned: readonly PlannedStrategy[],
  assumptions: readonly Assumption[],
): readonly Finding[] {
  // Findings and growth rest on more than one plan.
  const { findings: _, growth: __, ...gates } = workload.gates
  const { strategy: id, ...metrics } = gates
  const strategy = planned.find((one) => one.id === id)
  const named = strategyOf(workload.host.layout, id)
  if (strategy === undefined || named === undefined) return []
  const evidence = { findings: [], memoryBytes: workload.host.memory }
  const gated = Object.keys(metrics).length > 0
  const verdict = (one: Outcome): string => {
    const judged = judge(gates, { ...evidence, strategies: [{ id, applies: true, ...one }] })
    return `${one.risk.level} ${gated ? verdictOf(judged) : ''}`
  }
  return doubtsOf(workload, strategy, new Set(assumptions.map(({ path }) => path)))
    .filter(({ weight }) => gated || mayTurn(workload, strategy, weight))
    .flatMap(({ assumption, paths, times, grows }) => {
      const halved = tryPlan(times(0.5), named)
      const doubled = grows ? tryPlan(times(2), named) : undefined
      const others = [halved, doubled].filter((one) => one !== undefined)
      if (halved === undefined || others.every((one) => verdict(one) === verdict(strategy)))
        return []
      const levels = {
        level: strategy.risk.level,
        halved: halved.risk.level,
        ...(doubled === undefined ? {} : { doubled: doubled.risk.level }),
      }
      const finding = found('assumption-decides', 'warning')
      return [{ ...finding, strategy: id, assumption, paths, ...levels }]
    })
}

/** True where that many bytes more or less of demand or capacity could change a level. */
function mayTurn({ host }: Workload, { memory, risk }: PlannedStrategy, weight: number): boolean {
  const { headroomBytes, capacityBytes } = memory
  const edges = [host.memory / 10, 0, -host.swap].map((edge) => headroomBytes - edge)
  const inside = risk.cgroups.flatMap((cgroup) => {
    const left = cgroup.headroomBytes
    return [left - cgroup.limitBytes / 10, left, left + host.swap]
  })
  const unswappable = capacityBytes - risk.unswappableBytes
  return [...edges, ...inside, unswappable].some((distance) => Math.abs(distance) <= weight)
}

function doubtsOf(
  workload: Workload,
  strategy: PlannedStrategy,
  assumed: ReadonlySet<string>,
): readonly Doubt[] {
  const { host } = workload
  const watermark = minWatermark(host)
  const minFree: Doubt = {
    assumption: 'minFree',
    paths: ['host.minFree'],
    weight: watermark,
    times: (factor) => ({
      ...workload,
      host: { ...host, minFree: bytes(Math.floor(watermark * factor)) },
    }),
    grows: true,
  }
  const all = [
    ofGroups(workload, assumed, 'baseTables'),
    ofGroups(workload, assumed, 'kernelMemory'),
    ...(host.minFree === undefined ? [minFree] : []),
    ofTouched(workload, assumed, strategy.memory.demandBytes),
  ]
  return all.filter(({ paths }) => paths.length > 0)
}

function ofGroups(
  workload: Workload,
  assumed: ReadonlySet<string>,
  key: 'baseTables' | 'kernelMemory',
): Doubt {
  const pathOf = ({ name }: Group): string => pathText(['groups', name, key])
  const groups = workload.groups.filter((group) => assumed.has(pathOf(group)))
  // What follows from `private` and `threads` is no assumption.
  const doubted = (group: Group): number =>
    key === 'kernelMemory' ? group[key] : (group.assumedTables ?? group[key])
  const weightOf = (group: Group): number =>
    doubted(group) * group.processes * (key === 'kernelMemory' ? group.threads : 1)
  const scaled = (group: Group, factor: number): Partial<Group> => {
    const amount = bytes(Math.floor(doubted(group) * factor))
    const rest = { [key]: bytes(group[key] - doubted(group) + amount) }
    return group.assumedTables === undefined || key === 'kernelMemory'
      ? rest
      : { ...rest, assumedTables: amount }
  }
  return {
    assumption: key,
    paths: groups.map(pathOf),
    weight: groups.reduce((sum, group) => sum + weightOf(group), 0),
    times: (factor) => ({
      ...workload,
      groups: workload.groups.map((group) =>
        groups.includes(group) ? { ...group, ...scaled(group, factor) } : group,
      ),
    }),
    grows: true,
  }
}

/** Everything is touched: the half of it is the first half of each mapping. */
function ofTouched(workload: Workload, assumed: ReadonlySet<string>, demandBytes: number): Doubt {
  const pathOf = ({ name }: Group, map: number): string =>
    pathText(['groups', name, 'maps', map, 'touched'])
  const paths = workload.groups.flatMap((group) =>
    group.maps.map((_, map) => pathOf(group, map)).filter((path) => assumed.has(path)),
  )
  const half = (map: Mapping): Mapping => {
    const length = pages(Math.ceil(map.length / 2))
    return { ...map, touched: { kind: 'ranges', ranges: [{ first: pages(0), length }] } }
  }
  return {
    assumption: 'touched',
    paths,
    weight: demandBytes,
    times: () => ({
      ...workload,
      groups: workload.groups.map((group) => ({
        ...group,
        maps: group.maps.map((map, index) => (assumed.has(pathOf(group, index)) ? half(map) : map)),
      })),
    }),
    grows: false,
  }
}
