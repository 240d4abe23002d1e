import { pathText } from '../../units/path.ts'
import type { Workload } from '../../workload/workload.ts'
import { check } from '../check.ts'
import { baselineFor } from '../gates/baseline.ts'
import { checkedGates, comparedGates } from '../gates/checked-gates.ts'
import { judge, verdictOf } from '../gates/gates.ts'
import type { About } from '../plan.ts'
import { plan } from '../plan.ts'
import type { Result } from '../result/result.ts'
import type { RangedInput, RangeJudged, Ranges } from '../result/what-if/ranges-result.ts'
import { withPartsOf } from '../strategy/shared-parts.ts'
import type { Bounded } from './bounds.ts'
import { boundsOf } from './bounds.ts'
import type { Chances, Sampling } from './chances.ts'
import { chancesOf } from './chances.ts'
import { distributionOf } from './distribution.ts'
import type { Figures } from './figures.ts'
import { figuresAt, figuresOf, idsOf } from './figures.ts'
import type { RangeInput, ReadAt } from './input.ts'

/** A scenario some of whose values are ranges. */
export interface RangesAsked {
  readonly inputs: readonly RangeInput[]
  readonly read: ReadAt
  readonly about: Omit<About, 'assumptions'>
  /** `check` plans and judges the strategy of the gates alone, and always has a gate. */
  readonly command: 'plan' | 'check'
  readonly sampling: Sampling
  /** Plans what is printed; absent: as the command does. */
  readonly answer?: typeof plan
}

/**
 * The plan of a scenario some of whose values are ranges: of the worst values between `from` and `to`, and the
 * median of those with percentiles; with bounds, chances, and gates judged on what is worse.
 * @returns the values, in ticks, that cannot be planned, if there is no such plan.
 */
export function planRanged(asked: RangesAsked): Result | { readonly impossible: Ticks } {
  const { inputs, about, command } = asked
  const read = sharing(asked.read)
  const middle = inputs.map(({ range }) => (range.kind === 'interval' ? range.to : range.p50))
  const base = read(middle)
  if (!base.ok) return { impossible: middle }
  const { workload } = base
  const compared = command === 'check' ? [workload.gates.strategy] : idsOf(workload)
  const subject =
    compared.find((id) => id === 'as-described') ??
    compared.find((id) => figuresOf(workload, id) !== undefined) ??
    workload.gates.strategy
  const judged = [...new Set([subject, workload.gates.strategy])]
  const ids = { compared, all: [...new Set([...compared, ...judged])], judged }
  const { worst, ...found } = searched({ ...asked, read, workload, ids, subject, middle })
  const reading = read(worst)
  if (!reading.ok) return { impossible: worst }
  const { answer = command === 'check' ? check : plan } = asked
  const result = answer(reading.workload, { ...about, assumptions: reading.assumptions })
  const ranges: Ranges = {
    inputs: inputs.map((input, index) => published(input, workload, worst[index] ?? 0)),
    ...found,
  }
  return judgedBy(ranges, result, reading.workload, asked)
}

type Ticks = readonly number[]

function sharing(read: ReadAt): ReadAt {
  let last: Workload | undefined
  return (ticks) => {
    const reading = read(ticks)
    if (!reading.ok) return reading
    last = last === undefined ? reading.workload : withPartsOf(last, reading.workload)
    return { ...reading, workload: last }
  }
}

interface Searching extends RangesAsked {
  readonly workload: Workload
  /** Those that are compared, those that gates may judge, and both. */
  readonly ids: Readonly<Record<'compared' | 'judged' | 'all', readonly string[]>>
  /** The strategy that the result is about. */
  readonly subject: string
  readonly middle: Ticks
}

/** Bounds first: chances are of what is worst between them. */
function searched({
  inputs,
  read,
  sampling,
  workload,
  ids,
  subject,
  middle,
}: Searching): Omit<Ranges, 'inputs'> & { readonly worst: Ticks } {
  const has = (kind: RangeInput['range']['kind']): boolean =>
    inputs.some(({ range }) => range.kind === kind)
  const { at, planned } = figuresAt(read, ids.all)
  const bounded = has('interval')
    ? boundsOf({ inputs, ids: ids.all, workload, figures: at, start: middle })
    : undefined
  const worstOf = (id: string): Ticks => bounded?.worstAt(id) ?? middle
  const worst = worstOf(subject)
  const chances = has('percentiles')
    ? chancesOf({ inputs, ids: ids.judged, workload, read, start: worst, sampling })
    : undefined
  const judged = ids.judged.map((id) => {
    const figures = chances === undefined ? at(worstOf(id)).get(id) : chances.worse(id)
    return judgedOf(id, figures, bounded, chances)
  })
  return {
    worst,
    plannedAt: chances === undefined ? 'worst' : 'median',
    ...(bounded && {
      bounds: {
        plans: planned(),
        strategies: bounded.strategies.filter(({ id }) => ids.compared.includes(id)),
      },
    }),
    ...(chances && { chances: { method: chances.method, strategies: chances.strategies } }),
    judged,
  }
}

function published(input: RangeInput, workload: Workload, tick: number): RangedInput {
  const { places, unit, range, publish } = input
  const [path = '', ...also] = places.map(pathText)
  const distribution = distributionOf(input, workload)?.kind
  return {
    path,
    ...(also.length === 0 ? {} : { also }),
    unit,
    ...(range.kind === 'interval'
      ? { from: publish(range.from), to: publish(range.to) }
      : { p50: publish(range.p50), p95: publish(range.p95) }),
    ...(distribution === undefined ? {} : { distribution }),
    planned: publish(tick),
  }
}

/** The worse bound of each number; by percentiles, what is worse one time in 20. */
function judgedOf(
  id: string,
  figures: Figures | undefined,
  bounded: Bounded | undefined,
  chances: Chances | undefined,
): RangeJudged {
  if (figures === undefined) return { id, applies: false }
  const { pageTables, memory, risk } = figures.outcome
  const bounds = bounded?.strategies.find((one) => one.id === id)
  const likely = chances?.strategies.find((one) => one.id === id)
  if (bounds?.notAlways && likely === undefined) return { id, applies: false }
  const { headroomBytes, pools, commit } = memory
  const [tables, headroom] =
    likely === undefined
      ? [bounds?.pageTables.mostBytes, bounds?.headroom.leastBytes]
      : [likely.pageTables.p95.bytes, likely.headroom.p5.bytes]
  return {
    id,
    applies: true,
    pageTables: { bytes: tables ?? pageTables.bytes },
    memory: { headroomBytes: headroom ?? headroomBytes, pools, commit },
    risk: { level: risk.level },
  }
}

/** The result with the gates judged by the worse numbers; those on cases are judged already. */
function judgedBy(
  ranges: Ranges,
  result: Result,
  { gates: given, host }: Workload,
  { about, command }: RangesAsked,
): Result {
  const { earlier } = about
  const compared = comparedGates(given, earlier !== undefined)
  const gates = command === 'check' ? checkedGates(compared) : compared
  const judged = judge(gates, {
    strategies: ranges.judged,
    findings: result.findings,
    memoryBytes: host.memory,
    ...(earlier === undefined
      ? {}
      : { baseline: baselineFor(result.scenario, gates.strategy, earlier) }),
  })
  const all = [...judged, ...result.gates.filter((gate) => gate.case !== undefined)]
  return { ...result, ranges, gates: all, verdict: verdictOf(all) }
}
