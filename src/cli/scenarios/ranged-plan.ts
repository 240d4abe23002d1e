import type { plan } from '../../plan/plan.ts'
import type { RangeInput, RangeReading } from '../../plan/ranges/input.ts'
import { planRanged } from '../../plan/ranges/plan-ranged.ts'
import type { Result } from '../../plan/result/result.ts'
import type { RangedScenario } from '../../scenario/ranged-scenario.ts'
import { rangedScenario } from '../../scenario/ranged-scenario.ts'
import type { Range } from '../../scenario/ranges/find-ranges.ts'
import type { Reading } from '../../scenario/read-scenario.ts'
import type { Issue } from '../../scenario/yaml/issue.ts'
import type { Override } from '../../scenario/yaml/overrides.ts'
import { pathText } from '../../units/path.ts'
import { numberAt, textOfTick } from '../../units/ticks.ts'
import { usualSampling } from '../arguments/range-options.ts'
import type { Request } from '../arguments/request.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'
import type { Document } from './document.ts'
import type { JudgingContext } from './judging-context.ts'
import type { ReadScenario } from './scenario-file.ts'

/** What ranges are planned by. */
export type RangesRequest = Pick<Request, 'overrides' | 'options' | 'command'>

/** A plan of a scenario some of whose values are ranges. */
export interface RangedPlan {
  readonly result: Result
  readonly scenario: ReadScenario
  /** The values of the ranges that the result is planned with. */
  readonly planned: readonly Override[]
}

/**
 * Plans the scenario of a document; `undefined` where no value of it is a range.
 * @param answer plans what is printed; absent: as the command does.
 */
export function rangedPlan(
  { path, text, lineEnd = '', ...among }: Document,
  { overrides, options, command }: RangesRequest,
  context: JudgingContext,
  answer?: typeof plan,
): RangedPlan | Failure | undefined {
  const ranged = rangedScenario(text, path, overrides, 'plan', among)
  if (ranged === undefined) return undefined
  if (!ranged.ok) return invalid(ranged.issues)
  const { ranges, at } = ranged
  const wrong = wrongEnds(ranged)
  if (wrong.length > 0) return invalid(wrong)
  const first = at(ranges.map(startOf))
  if (!first.ok) return invalid(first.issues)
  const { name, file, line } = first
  const { numaNodes, samples = usualSampling.samples, seed = usualSampling.seed } = options
  const result = planRanged({
    inputs: ranges.map(inputOf),
    read: (ticks): RangeReading => at(ticks),
    about: {
      ...{ name, file, ...(line === undefined ? {} : { line }) },
      ...(numaNodes === undefined ? {} : { numaNodes }),
      ...context,
    },
    command: command === 'check' ? 'check' : 'plan',
    sampling: { samples, seed },
    ...(answer === undefined ? {} : { answer }),
  })
  if ('impossible' in result) return invalid(issuesOf(at(result.impossible)))
  const ticks = ticksOf(result, ranges)
  const reading = at(ticks)
  if (!reading.ok) return invalid(reading.issues)
  const { workload, assumptions } = reading
  return {
    result,
    scenario: {
      ...{ about: result.scenario, workload, assumptions, text: text + lineEnd },
      ...(among.base === undefined ? {} : { base: among.base }),
    },
    planned: ranges.flatMap(({ places, unit }, index) =>
      places.map((place) => ({
        path: pathText(place),
        value: textOfTick(unit, ticks[index] ?? 0),
      })),
    ),
  }
}

function inputOf({ places, unit, ...range }: Range): RangeInput {
  return { places, unit, range, publish: (tick) => numberAt(unit, tick) }
}

function startOf(range: Range): number {
  return range.kind === 'interval' ? range.to : range.p50
}

/** What is wrong with an end of a range while the others are as they are planned first. */
function wrongEnds({ ranges, at }: RangedScenario): readonly Issue[] {
  const start = ranges.map(startOf)
  const readings = ranges.flatMap((range, index) => {
    const ends = range.kind === 'interval' ? [range.from, range.to] : [range.p50, range.p95]
    return ends.map((tick) => at(start.with(index, tick)))
  })
  const issues = readings.flatMap(issuesOf)
  const unique = new Map(issues.map((issue) => [JSON.stringify(issue), issue]))
  return [...unique.values()]
}

function issuesOf(reading: Reading): readonly Issue[] {
  return reading.ok ? [] : reading.issues
}

function invalid(issues: readonly Issue[]): Failure {
  return { status: status.invalid, issues }
}

/** What was planned, back from what is published. */
function ticksOf({ ranges }: Result, read: readonly Range[]): readonly number[] {
  return read.map(({ unit }, index) => {
    const value = ranges?.inputs[index]?.planned ?? 0
    return unit === 'percent' ? Math.round(value / numberAt(unit, 1)) : value
  })
}
