import type { FailedScenario } from '../../plan/result/failed-scenario.ts'
import { outlooks } from '../../plan/result/outlook.ts'
import { refusalIn } from '../../plan/result/refusal.ts'
import type { PlannedStrategy, Result, StrategyResult } from '../../plan/result/result.ts'
import type { StrategyBounds, StrategyChances } from '../../plan/result/what-if/ranges-result.ts'
import { printable } from '../../units/printable.ts'
import type { Cell } from '../text/csv.ts'
import { renderCsv } from '../text/csv.ts'
import { failureText } from '../words/failure-words.ts'
import type { AllResults } from './all-results.ts'
import { leavesOf } from './leaves.ts'

/** Whose row it is: in every table. */
const whose = ['file', 'line', 'scenario', 'fingerprint'] as const

function whoseCells({ scenario }: Pick<Result, 'scenario'>): readonly Cell[] {
  return [scenario.file, scenario.line ?? 1, scenario.name, scenario.fingerprint]
}

/** One row for each strategy of each scenario; columns are named for their path in the JSON. */
export function wideCsv({ results, failures }: AllResults<Result>): Iterable<string> {
  const names = [
    ...[...whose, 'verdict', 'host.layout', 'host.kernel', 'host.memoryBytes', 'host.swapBytes'],
    ...['strategy', 'status', 'applies', 'starts', ...Object.keys(figures), 'obstacles'],
    ...[...Object.keys(bounds), ...Object.keys(chances), 'onlyInLong', 'error'],
  ]
  return renderCsv(names, rows())
  function* rows(): Generator<readonly Cell[], void> {
    for (const { result } of results()) {
      for (const strategy of result.strategies) yield wideRow(result, strategy)
    }
    yield* errorRows(failures, names.length)
  }
}

/** Scenarios without a result: the verdict is `error`, and the last column says why. */
function errorRows(
  failures: readonly FailedScenario[],
  columns: number,
): readonly (readonly Cell[])[] {
  return failures.map((failure) => {
    const start = [failure.file, failure.line, undefined, undefined, 'error']
    return [...start, ...Array(columns - start.length - 1), failureText(failure, printable)]
  })
}

function wideRow(result: Result, strategy: StrategyResult): readonly Cell[] {
  const { host, verdict, ranges } = result
  const { id, status, applies, obstacles } = strategy
  const bounded = ranges?.bounds?.strategies.find((one) => one.id === id)
  const likely = ranges?.chances?.strategies.find((one) => one.id === id)
  return [
    ...whoseCells(result),
    ...[verdict, host.layout, host.kernel, host.memoryBytes, host.swapBytes, id, status, applies],
    applies ? refusalIn(strategy.memory) === undefined : undefined,
    ...Object.values(figures).map((figure) => (applies ? figure(strategy) : undefined)),
    [...new Set(obstacles.map(({ kind }) => kind))].join(' '),
    ...Object.values(bounds).map((figure) => bounded && figure(bounded)),
    ...Object.values(chances).map((figure) => likely && figure(likely)),
    onlyInLong(result),
  ]
}

/** Figures of a strategy, by their path below it. */
const figures: Readonly<Record<string, (strategy: PlannedStrategy) => Cell>> = {
  'risk.level': ({ risk }) => risk.level,
  'risk.hostLevel': ({ risk }) => risk.hostLevel,
  'risk.headroomFraction': ({ risk }) => risk.headroomFraction,
  'risk.pageTablesFraction': ({ risk }) => risk.pageTablesFraction,
  'risk.unswappableBytes': ({ risk }) => risk.unswappableBytes,
  'risk.victim.group': ({ risk }) => risk.victim?.group,
  'memory.capacityBytes': ({ memory }) => memory.capacityBytes,
  'memory.demandBytes': ({ memory }) => memory.demandBytes,
  'memory.headroomBytes': ({ memory }) => memory.headroomBytes,
  'pageTables.bytes': ({ pageTables }) => pageTables.bytes,
  'pageTables.leastBytes': ({ pageTables }) => pageTables.leastBytes,
  'pageTables.mostBytes': ({ pageTables }) => pageTables.mostBytes,
  'pageTables.onceBytes': ({ pageTables }) => pageTables.onceBytes,
  'pageTables.baseBytes': ({ pageTables }) => pageTables.baseBytes,
  'counters.pageTablesBytes': ({ counters }) => counters.pageTablesBytes,
  'counters.sumVmPteBytes': ({ counters }) => counters.sumVmPteBytes,
  'savings.bytes': ({ savings }) => savings.bytes,
  'savings.fraction': ({ savings }) => savings.fraction,
  'savings.againstDescribedBytes': ({ savings }) => savings.againstDescribedBytes,
  'limits.metric': ({ limits: [limit] }) => limit?.metric,
  'limits.group': ({ limits: [limit] }) => limit?.group,
  'limits.now': ({ limits: [limit] }) => limit?.now,
  'limits.safe': ({ limits: [limit] }) => limit?.safe?.value,
  'limits.tight': ({ limits: [limit] }) => limit?.tight?.value,
  'limits.swapping': ({ limits: [limit] }) => limit?.swapping?.value,
  'faults.populate': ({ faults }) => faults.populate,
  'faults.link': ({ faults }) => faults.link,
  mmapCalls: ({ mmapCalls }) => mmapCalls,
  vmas: ({ vmas }) => vmas,
}

/** Between the ends of ranges; empty in a scenario without them. */
const bounds: Readonly<Record<string, (strategy: StrategyBounds) => Cell>> = {
  'ranges.bounds.pageTables.leastBytes': ({ pageTables }) => pageTables.leastBytes,
  'ranges.bounds.pageTables.mostBytes': ({ pageTables }) => pageTables.mostBytes,
  'ranges.bounds.headroom.leastBytes': ({ headroom }) => headroom.leastBytes,
  'ranges.bounds.headroom.mostBytes': ({ headroom }) => headroom.mostBytes,
  'ranges.bounds.best.risk': ({ best }) => best.risk,
  'ranges.bounds.worst.risk': ({ worst }) => worst.risk,
}

/** By percentiles; empty in a scenario without them. A level that never came has 0. */
const chances: Readonly<Record<string, (strategy: StrategyChances) => Cell>> = {
  ...Object.fromEntries(
    (['pageTables', 'headroom'] as const).flatMap((figure) =>
      (['p5', 'p50', 'p95'] as const).map((part) => [
        `ranges.chances.${figure}.${part}.bytes`,
        (one: StrategyChances) => one[figure][part].bytes,
      ]),
    ),
  ),
  ...Object.fromEntries(
    outlooks
      .toReversed()
      .map((risk) => [
        `ranges.chances.risks.${risk}.fraction`,
        ({ risks }: StrategyChances) => risks.find((one) => one.risk === risk)?.fraction ?? 0,
      ]),
  ),
}

/** Parts of the result that have no column: how many there are of each. */
function onlyInLong(result: Result): string {
  const { assumptions, advice, rejected, findings, gates, strategies, ranges, cases, growth } =
    result
  const planned = strategies.filter((strategy) => strategy.applies)
  const most = (count: (strategy: PlannedStrategy) => number): number =>
    Math.max(0, ...planned.map(count))
  const counts = Object.entries({
    gates: gates.length,
    findings: findings.length,
    advice: advice.length,
    rejected: rejected.length,
    assumptions: assumptions.length,
    groups: most(({ groups }) => groups.length),
    regions: most(({ regions }) => regions.length),
    lines: most(({ memory }) => memory.lines.length),
    cgroups: most(({ risk }) => risk.cgroups.length),
    ranges: ranges?.inputs.length ?? 0,
    cases: cases?.length ?? 0,
    growth: growth?.rates.length ?? 0,
  })
  return counts.flatMap(([name, count]) => (count === 0 ? [] : [`${name} ${count}`])).join('; ')
}

/** One row for each gate of each scenario. */
export function gatesCsv({ results, failures }: AllResults<Result>): Iterable<string> {
  const names = [
    ...[...whose, 'verdict', 'metric', 'strategy', 'unit', 'limit', 'actual', 'margin', 'holds'],
    ...['reason', 'baseline', 'against', 'case', 'error'],
  ]
  return renderCsv(names, rows())
  function* rows(): Generator<readonly Cell[], void> {
    for (const { result } of results()) {
      const { verdict, gates } = result
      if (gates.length === 0) yield [...whoseCells(result), verdict]
      for (const gate of gates) {
        const { case: name, metric, strategy, unit, limit, actual, margin, holds } = gate
        yield [
          ...[...whoseCells(result), verdict, metric, strategy, unit, limit, actual, margin, holds],
          ...[gate.reason, gate.baseline, gate.against?.join(' '), name],
        ]
      }
    }
    yield* errorRows(failures, names.length)
  }
}

/** One row for each value of each result: all that the JSON has. */
export function longCsv({ results, failures }: AllResults<Result>): Iterable<string> {
  return renderCsv(['file', 'line', 'scenario', 'path', 'value', 'unit'], rows())
  function* rows(): Generator<readonly Cell[], void> {
    for (const { result } of results()) {
      const [file, line, scenario] = whoseCells(result)
      for (const { path, value, unit } of leavesOf(result)) {
        yield [file, line, scenario, path, value, unitOfInput(path, result) ?? unit]
      }
    }
    for (const { file, line, column, message } of failures) {
      yield [file, line, undefined, 'failures.column', column]
      yield [file, line, undefined, 'failures.message', message]
    }
  }
}

/** Values that ranges have at an end, in the order of the inputs: each in the unit of its own. */
function unitOfInput(path: string, { ranges }: Result): string | undefined {
  const [, input] = /^ranges[.].*[.]at[.](\d+)$/.exec(path) ?? []
  return input === undefined ? undefined : ranges?.inputs[Number(input)]?.unit
}
