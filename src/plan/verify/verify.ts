import type { Strategy } from '../../sharing/strategy.ts'
import type { Estimate } from '../../units/estimate.ts'
import { sumOf } from '../../units/estimate.ts'
import { pathText } from '../../units/path.ts'
import { within53Bits } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'
import type { Group } from '../../workload/group.ts'
import type { Named } from '../../workload/identity.ts'
import { identityOf } from '../../workload/identity.ts'
import type { Measured } from '../../workload/measured.ts'
import type { Workload } from '../../workload/workload.ts'
import { verdictOf } from '../gates/gates.ts'
import { publishHost } from '../result/host-result.ts'
import { tool } from '../result/tool.ts'
import type {
  Cause,
  CauseKind,
  Comparison,
  GroupComparison,
  PageTablesComparison,
  VerifyResult,
  VmPteComparison,
} from '../result/verify-result.ts'
import type { Forecast } from './forecast.ts'
import { forecastOf } from './forecast.ts'
import type { Attribution, CauseBounds } from './residual-causes.ts'
import { attribute, extremesOf, groupBounds, pageTablesBounds } from './residual-causes.ts'
import { judgeResiduals } from './residual-gates.ts'

type Compared = Extract<GroupComparison, { readonly compared: true }>

/** True where there is something to compare a plan with. */
export function hasMeasurement({ measured }: Workload): boolean {
  return measured?.pageTables !== undefined || (measured?.groups.length ?? 0) > 0
}

/**
 * Holds the plan of a workload, as described, against what was measured of it. Groups are planned with
 * the number of processes that was measured, whatever the scenario says now.
 * @throws QuantityError when a number passes 2^53 − 1.
 * @throws RangeError where nothing was measured.
 */
export function verify(workload: Workload, named: Named): VerifyResult {
  const { measured } = workload
  if (measured === undefined || !hasMeasurement(workload)) throw new RangeError('nothing measured')
  const seen = asMeasured(workload, measured)
  const baseBytes = seen.groups.map((group) => baseOf(group, measured))
  return {
    schema: 'mshare-plan/verify/1',
    tool,
    scenario: identityOf(workload, named),
    host: publishHost(workload.host),
    ...heldAgainst({ seen, measured, baseBytes, scenario: workload }),
  }
}

/** A workload and the counters that it is held against. */
export interface Held {
  /** With as many processes as were measured. */
  readonly seen: Workload
  readonly measured: Measured
  /** The programs' own tables that are predicted, all processes of each group. */
  readonly baseBytes: readonly number[]
  /** As the scenario has it now, with its limit. */
  readonly scenario: Pick<Workload, 'groups' | 'maxResidual'>
  /** How its memory is shared; absent: as described. */
  readonly arrange?: Strategy
  /** Causes of each group beside those that every group has. */
  readonly beside?: (group: number, baseBytes: number) => readonly CauseBounds[]
}

/** What the comparison of any workload with counters says. */
export type Comparisons = Pick<
  VerifyResult,
  'status' | 'groups' | 'vmPte' | 'pageTables' | 'gates' | 'verdict'
>

/** Compares group by group, then PageTables, and judges the residuals. */
export function heldAgainst(held: Held): Comparisons {
  const { seen, measured, baseBytes, scenario } = held
  const forecast = forecastOf(seen, baseBytes, measured.elsewhere, held.arrange)
  const groups = compareGroups(held, forecast)
  const compared = groups.filter(isCompared).filter(({ fitted }) => fitted !== true)
  const vmPte = compared.length === 0 ? undefined : addUp(compared)
  const pageTables =
    measured.pageTables === undefined
      ? undefined
      : comparePageTables({ seen, measured, baseBytes, forecast, groups }, measured.pageTables)
  const gates = judgeResiduals(scenario.maxResidual, groups, pageTables)
  return {
    status: forecast.proposed ? 'proposed' : 'mainline',
    groups,
    ...(vmPte === undefined ? {} : { vmPte }),
    ...(pageTables === undefined ? {} : { pageTables }),
    gates,
    verdict: verdictOf(gates),
  }
}

/** The workload with as many processes as were measured. */
function asMeasured(workload: Workload, { groups }: Measured): Workload {
  return {
    ...workload,
    groups: workload.groups.map((group) => {
      const found = groups.find(({ name }) => name === group.name)
      return found === undefined ? group : { ...group, processes: found.processes }
    }),
  }
}

function isCompared(group: GroupComparison): group is Compared {
  return group.compared
}

/**
 * The programs' own tables, all processes of a group. baseTables may have been worked out from the very
 * VmPTE that they are compared with: where somebody looked at the private memory, they are taken no
 * further than its pages allow.
 */
function baseOf({ name, processes, baseTables }: Group, { groups }: Measured): number {
  const own = groups.find((one) => one.name === name)?.ownTables
  const given = within53Bits(processes * baseTables, 'base tables')
  return own === undefined ? given : Math.min(Math.max(given, own.least), own.most)
}

function compareGroups(
  { seen, measured, baseBytes, scenario, arrange, beside }: Held,
  forecast: Forecast,
): readonly GroupComparison[] {
  const { host } = seen
  const extremes = extremesOf(seen, arrange)
  return scenario.groups.map((group, index): GroupComparison => {
    const { name, processes: scenarioProcesses, baseTables } = group
    const found = measured.groups.find((one) => one.name === name)
    const [planned, vmPte] = [forecast.planned[index], forecast.vmPte[index]]
    if (found === undefined || planned === undefined || vmPte === undefined) {
      return { name, compared: false, scenarioProcesses }
    }
    const { processes, ownTables } = found
    const own = ownTables === undefined ? {} : { ownTables }
    const ownBytes = baseBytes[index] ?? 0
    const base = { baseTables, baseBytes: ownBytes, beside: beside?.(index, ownBytes) ?? [] }
    const bounds = groupBounds({ host, processes, ...base, planned, ...own }, extremes, index)
    const predictedBytes = Math.round(vmPte.expected)
    return {
      name,
      compared: true,
      processes,
      scenarioProcesses,
      ...baseTold(name, measured),
      ...figures(found.vmPte, predictedBytes, vmPte),
      ...attribute(found.vmPte - predictedBytes, bounds),
    }
  })
}

/** Where the programs' own tables are from. */
function baseTold(
  name: string,
  { groups, sources }: Measured,
): Pick<Compared, 'ownTables' | 'baseTablesSource' | 'fitted'> {
  const group = groups.find((one) => one.name === name)
  const own = group?.ownTables
  if (own !== undefined) {
    const { least: leastBytes, most: mostBytes, mapped: mappedBytes } = own
    return { ownTables: { leastBytes, mostBytes, mappedBytes } }
  }
  const path = pathText(['groups', name, 'baseTables'])
  const found = sources.find((one) => one.path === path)
  return {
    ...(found === undefined ? {} : { baseTablesSource: found.source }),
    ...(group?.fitted === true ? { fitted: true } : {}),
  }
}

function figures(
  measuredBytes: number,
  predictedBytes: number,
  { least, most }: Pick<Estimate, 'least' | 'most'>,
): Omit<Comparison, keyof Attribution> {
  const residualBytes = measuredBytes - predictedBytes
  return {
    measuredBytes,
    predictedBytes,
    leastBytes: least,
    mostBytes: most,
    residualBytes,
    ...(measuredBytes === 0 ? {} : { residualFraction: residualBytes / measuredBytes }),
  }
}

/** The groups together: every figure is the sum of theirs. */
function addUp(groups: readonly Compared[]): VmPteComparison {
  const sum = (of: (group: Compared) => number): number => sumBy(groups, of, 'sum of VmPTE')
  const bounds = { least: sum((one) => one.leastBytes), most: sum((one) => one.mostBytes) }
  return {
    processes: sum(({ processes }) => processes),
    ...figures(
      sum((one) => one.measuredBytes),
      sum((one) => one.predictedBytes),
      bounds,
    ),
    causes: addCauses(groups.flatMap(({ causes }) => causes)),
    unexplainedBytes: sum((one) => one.unexplainedBytes),
  }
}

/** Causes of one kind together. */
function addCauses(causes: readonly Cause[]): readonly Cause[] {
  const byKind = new Map<CauseKind, Cause>()
  for (const cause of causes) {
    const known = byKind.get(cause.kind) ?? { ...cause, bytes: 0, leastBytes: 0, mostBytes: 0 }
    byKind.set(cause.kind, {
      kind: cause.kind,
      bytes: known.bytes + cause.bytes,
      leastBytes: known.leastBytes + cause.leastBytes,
      mostBytes: known.mostBytes + cause.mostBytes,
    })
  }
  return [...byKind.values()]
}

interface Comparing {
  readonly seen: Workload
  readonly measured: Measured
  readonly baseBytes: readonly number[]
  readonly forecast: Forecast
  readonly groups: readonly GroupComparison[]
}

/** The residuals of the groups are in that of PageTables; the rest has causes of its own. */
function comparePageTables(comparing: Comparing, measuredBytes: number): PageTablesComparison {
  const { measured, forecast, groups } = comparing
  const { parts, pageTables } = forecast
  const predictedBytes = sumBy(parts, ({ bytes }) => bytes)
  const compared = groups.filter(isCompared)
  const carried = sumBy(compared, ({ residualBytes }) => residualBytes)
  const rest = measuredBytes - predictedBytes - carried
  const own = attribute(rest, roomsOfRest(comparing, rest))
  const unexplained = sumBy(compared, ({ unexplainedBytes }) => unexplainedBytes)
  return {
    ...figures(measuredBytes, predictedBytes, pageTables),
    causes: addCauses([...compared.flatMap(({ causes }) => causes), ...own.causes]),
    unexplainedBytes: unexplained + own.unexplainedBytes,
    parts,
    sumVmPteBytes: within53Bits(
      measured.groups.reduce((sum, { vmPte }) => sum + vmPte, measured.elsewhere?.vmPte ?? 0),
      'sum of VmPTE',
    ),
  }
}

function roomsOfRest(
  { seen: { host, groups }, measured, baseBytes, forecast }: Comparing,
  rest: number,
): readonly CauseBounds[] {
  const bases = groups.map(({ processes }, g) => ({ processes, bytes: baseBytes[g] ?? 0 }))
  const names = new Set(measured.groups.map(({ name }) => name))
  const unmeasured = forecast.own.filter((_, g) => !names.has(groups[g]?.name ?? ''))
  const notMeasuredBytes = Math.ceil(sumOf(unmeasured, 'PageTables').most)
  return pageTablesBounds({ host, measured, bases, notMeasuredBytes, rest })
}
