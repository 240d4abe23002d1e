import { standingOf } from '../../plan/result/outlook.ts'
import type { PlannedStrategy, Result } from '../../plan/result/result.ts'
import type { Labels, MetricFamily } from '../text/open-metrics.ts'
import { renderMetrics } from '../text/open-metrics.ts'
import type { AllResults } from './all-results.ts'

type Sample = readonly [labels: Labels, value: number]
type SamplesOf = (result: Result, labels: Labels) => Iterable<Sample>

/**
 * Metrics of all scenarios. A figure that does not exist has no sample: absence is not zero. Series
 * of two results with the same names differ by `occurrence`.
 */
export function planMetrics({
  results,
  unanswered,
  failures,
}: AllResults<Result>): Iterable<string> {
  function* samplesIn(samplesOf: SamplesOf): Generator<Sample, void> {
    const seen = new Map<string, number>()
    for (const { result } of results()) {
      yield* samplesOf(result, labelsOf(result, seen))
    }
  }
  return renderMetrics([
    ...families.map(({ samplesOf, ...family }) => ({ ...family, samples: samplesIn(samplesOf) })),
    {
      name: 'mshare_plan_scenarios_without_result',
      help: 'Scenarios that could not be judged.',
      samples: [[{}, unanswered]],
    },
    {
      name: 'mshare_plan_file_without_result',
      help: '1 for each file in which something could not be judged.',
      samples: [...new Set(failures.map(({ file }) => file))].map((file) => [{ file }, 1]),
    },
  ])
}

function labelsOf({ scenario }: Result, seen: Map<string, number>): Labels {
  const { file, line, name } = scenario
  const place = line === undefined ? file : `${file}:${line}`
  const key = JSON.stringify([place, name])
  const occurrence = (seen.get(key) ?? 0) + 1
  seen.set(key, occurrence)
  const labels = { file: place, scenario: name }
  return occurrence === 1 ? labels : { ...labels, occurrence: `${occurrence}` }
}

/** A metric of every strategy that was planned. */
function ofStrategies(
  value: (strategy: PlannedStrategy, result: Result) => number | undefined,
): SamplesOf {
  return function* samples(result, labels) {
    for (const strategy of result.strategies) {
      const found = strategy.applies ? value(strategy, result) : undefined
      if (found !== undefined) yield [{ ...labels, strategy: strategy.id }, found]
    }
  }
}

/** The same of those that start: what does not start neither needs memory nor leaves some. */
function onceStarted(value: (strategy: PlannedStrategy) => number): SamplesOf {
  return ofStrategies((strategy) =>
    standingOf(strategy) === 'no-start' ? undefined : value(strategy),
  )
}

const severities = ['error', 'warning', 'note'] as const
const standings = ['safe', 'tight', 'swapping', 'oom', 'no-start'] as const

const families: readonly (Omit<MetricFamily, 'samples'> & { readonly samplesOf: SamplesOf })[] = [
  {
    name: 'mshare_plan_pass',
    help: '1 if every gate holds, 0 if one does not; absent without a gate.',
    samplesOf: ({ verdict }, labels) =>
      verdict === 'none' ? [] : [[labels, Number(verdict === 'pass')]],
  },
  {
    name: 'mshare_plan_memory_bytes',
    help: 'Memory of the host.',
    unit: 'bytes',
    samplesOf: ({ host }, labels) => [[labels, host.memoryBytes]],
  },
  {
    name: 'mshare_plan_strategy_applies',
    help: '1 if the strategy is possible, 0 if not; proposed ones are in no released kernel.',
    samplesOf: ({ strategies }, labels) =>
      strategies.map(({ id, status, applies }) => [
        { ...labels, strategy: id, status },
        Number(applies),
      ]),
  },
  {
    name: 'mshare_plan_page_tables_bytes',
    help: 'Page tables of all processes; the expectation under random touching.',
    unit: 'bytes',
    samplesOf: ofStrategies(({ pageTables }) => pageTables.bytes),
  },
  {
    name: 'mshare_plan_page_tables_least_bytes',
    help: 'The least that page tables can be.',
    unit: 'bytes',
    samplesOf: ofStrategies(({ pageTables }) => pageTables.leastBytes),
  },
  {
    name: 'mshare_plan_page_tables_most_bytes',
    help: 'The most that page tables can be.',
    unit: 'bytes',
    samplesOf: ofStrategies(({ pageTables }) => pageTables.mostBytes),
  },
  {
    name: 'mshare_plan_headroom_bytes',
    help: 'Memory that remains; negative if it is short. Absent if it does not start.',
    unit: 'bytes',
    samplesOf: onceStarted(({ memory }) => memory.headroomBytes),
  },
  {
    name: 'mshare_plan_headroom_ratio',
    help: 'Headroom as a part of memory. Absent if it does not start.',
    unit: 'ratio',
    samplesOf: onceStarted(({ risk }) => risk.headroomFraction),
  },
  {
    name: 'mshare_plan_demand_bytes',
    help: 'Memory that the workload needs.',
    unit: 'bytes',
    samplesOf: onceStarted(({ memory }) => memory.demandBytes),
  },
  {
    name: 'mshare_plan_capacity_bytes',
    help: 'Memory without reserves, huge-page pools and min watermark.',
    unit: 'bytes',
    samplesOf: ofStrategies(({ memory }) => memory.capacityBytes),
  },
  {
    name: 'mshare_plan_safe_limit',
    help: 'The largest number of processes, or the least bytes of memory, that is safe.',
    *samplesOf(result, labels) {
      for (const strategy of result.strategies) {
        if (!strategy.applies || standingOf(strategy) === 'no-start') continue
        for (const { metric, group = '', safe } of strategy.limits) {
          if (safe === undefined || safe.atLeast) continue
          yield [{ ...labels, strategy: strategy.id, metric, group }, safe.value]
        }
      }
    },
  },
  {
    name: 'mshare_plan_starts',
    help: '1 if the strategy starts, 0 if huge pages are missing or the kernel refuses memory.',
    samplesOf: ofStrategies((strategy) => Number(standingOf(strategy) !== 'no-start')),
  },
  {
    name: 'mshare_plan_risk',
    help: '1 for the level of risk that the strategy has, no-start if it does not start; 0 for the others.',
    *samplesOf(result, labels) {
      for (const strategy of result.strategies) {
        if (!strategy.applies) continue
        for (const level of standings) {
          yield [
            { ...labels, strategy: strategy.id, level },
            Number(level === standingOf(strategy)),
          ]
        }
      }
    },
  },
  {
    name: 'mshare_plan_gate_holds',
    help: '1 if the gate holds, 0 if not; gates of one metric and case are numbered from the second on.',
    samplesOf: ({ gates }, labels) =>
      gates.map(({ case: name, metric, strategy, holds }, index) => {
        const number = gates
          .slice(0, index + 1)
          .filter((one) => one.metric === metric && one.case === name).length
        const gate = number === 1 ? metric : `${metric} ${number}`
        const inCase = name === undefined ? {} : { case: name }
        return [{ ...labels, ...inCase, strategy, gate }, Number(holds)]
      }),
  },
  {
    name: 'mshare_plan_findings',
    help: 'Findings by severity, without waived ones; words, groups, regions, budget and advice are in the JSON.',
    samplesOf: ({ findings }, labels) =>
      severities.map((severity) => [
        { ...labels, severity },
        findings.filter((one) => one.severity === severity && one.waived === undefined).length,
      ]),
  },
]
