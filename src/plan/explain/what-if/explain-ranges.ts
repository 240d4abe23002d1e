import { formatDecimal } from '../../../units/format.ts'
import type { Explanation } from '../../result/explanation.ts'
import type {
  BoundsBytes,
  ChanceMethod,
  Quantiles,
  RangedInput,
  RangeEnd,
  Ranges,
  RiskChance,
  StrategyBounds,
  StrategyChances,
} from '../../result/what-if/ranges-result.ts'
import { put } from '../formula.ts'

/** What the ranges of a scenario come to: the least and the most of each figure, quantiles and chances. */
export function explainRanges(ranges: Ranges | undefined): readonly Explanation[] {
  if (ranges === undefined) return []
  const { inputs, bounds, chances } = ranges
  return [
    ...(bounds?.strategies ?? []).flatMap((one) => explainBounds(one, inputs, bounds?.plans ?? 0)),
    ...(chances?.strategies ?? []).flatMap((one) => explainChances(one, inputs, chances?.method)),
  ]
}

/** Figures of a strategy of which a range has bounds and quantiles. */
const figures = { pageTables: 'page tables', demand: 'demand', headroom: 'headroom' } as const

function explainBounds(
  bounds: StrategyBounds,
  inputs: readonly RangedInput[],
  plans: number,
): readonly Explanation[] {
  const path = `ranges.bounds.strategies.${bounds.id}`
  const over = bounds.proven
    ? 'all sets of ends: no figure turns in between'
    : 'sets of ends and of values in between: it may turn'
  const source = `scenario, ranges: ${put(plans)} plans`
  const ends = Object.entries(figures).flatMap(([key, what]) => {
    const { leastBytes, mostBytes } = bounds[key as keyof typeof figures]
    return explainEnds(`${path}.${key}`, what, { leastBytes, mostBytes }, over, inputs, source)
  })
  const worst = (['best', 'worst'] as const).flatMap((end) =>
    explainEnd(`${path}.${end}`, end, bounds[end], inputs, source),
  )
  return [...ends, ...worst]
}

function explainEnds(
  path: string,
  what: string,
  { leastBytes, mostBytes }: BoundsBytes,
  over: string,
  inputs: readonly RangedInput[],
  source: string,
): readonly Explanation[] {
  const one = (key: string, which: string, value: number): Explanation => ({
    path: `${path}.${key}`,
    meaning: `${which} ${what}, between the ends of the ranges`,
    formula: `${which} over ${over}`,
    substituted: inputs.flatMap(endsOf).join(', '),
    value,
    unit: 'B',
    source,
  })
  return [one('leastBytes', 'least', leastBytes), one('mostBytes', 'most', mostBytes)]
}

function endsOf(input: RangedInput): readonly string[] {
  const { from, to } = input
  if (from === undefined || to === undefined) return []
  return [`${pathsOf(input)} = ${put(from)} … ${put(to)}`]
}

/** Values of one anchor are one value. */
function pathsOf({ path, also = [] }: RangedInput): string {
  return [path, ...also].join(' = ')
}

function explainEnd(
  path: string,
  which: 'best' | 'worst',
  { risk, headroomBytes, pageTablesBytes, at }: RangeEnd,
  inputs: readonly RangedInput[],
  source: string,
): readonly Explanation[] {
  const one = (key: string, what: string, value: number): Explanation => ({
    path: `${path}.${key}`,
    meaning: `${what} where risk is ${which}: ${risk}`,
    formula: 'plan with these values',
    substituted: inputs
      .map((input, index) => `${pathsOf(input)} = ${put(at[index] ?? 0)}`)
      .join(', '),
    value,
    unit: 'B',
    source,
  })
  return [
    one('pageTablesBytes', 'page tables', pageTablesBytes),
    one('headroomBytes', 'headroom', headroomBytes),
  ]
}

function explainChances(
  { id, risks, ...quantiles }: StrategyChances,
  inputs: readonly RangedInput[],
  method: ChanceMethod | undefined,
): readonly Explanation[] {
  if (method === undefined) return []
  const path = `ranges.chances.strategies.${id}`
  const drawn = inputs.flatMap(percentilesOf).join(', ')
  return [
    ...risks.map((one) => explainRisk(`${path}.risks.${one.risk}`, one, method, drawn)),
    ...(['pageTables', 'headroom'] as const).flatMap((key) =>
      explainQuantiles(`${path}.${key}`, figures[key], quantiles[key], method, drawn),
    ),
  ]
}

function percentilesOf(input: RangedInput): readonly string[] {
  const { p50, p95, distribution } = input
  if (p50 === undefined || p95 === undefined) return []
  return [
    `${pathsOf(input)} ${distribution ?? ''} through ${put(p50)} (50 %) and ${put(p95)} (95 %)`,
  ]
}

function explainRisk(
  path: string,
  { risk, fraction, errorFraction }: RiskChance,
  method: ChanceMethod,
  drawn: string,
): Explanation {
  const isExact = method.kind === 'closed-form'
  const within = ` ± ${formatDecimal(errorFraction, 6)}`
  return {
    path: `${path}.fraction`,
    meaning: `probability that the risk is ${risk}`,
    formula: isExact
      ? 'Σ over the stretches of this risk: Φ at the last value − Φ before the first'
      : 'samples of this risk / samples',
    substituted: isExact ? drawn : `${sampledCount(fraction, method)}${within}; ${drawn}`,
    value: fraction,
    unit: 'fraction',
    source: sourceOf(method),
  }
}

function sampledCount(fraction: number, { samples }: ChanceMethod & { kind: 'quasi-random' }) {
  return `${put(Math.round(fraction * samples))} / ${put(samples)}`
}

const parts = { p5: '5 %', p50: '50 %', p95: '95 %' } as const

function explainQuantiles(
  path: string,
  what: string,
  quantiles: Quantiles,
  method: ChanceMethod,
  drawn: string,
): readonly Explanation[] {
  return Object.entries(parts).map(([key, part]) => {
    const { bytes, leastBytes, mostBytes } = quantiles[key as keyof typeof parts]
    const bounds =
      leastBytes === undefined || mostBytes === undefined
        ? ''
        : `${put(leastBytes)} … ${put(mostBytes)}; `
    return {
      path: `${path}.${key}.bytes`,
      meaning: `${what} that ${part} of the plans have at most`,
      formula:
        method.kind === 'closed-form'
          ? `plan at the ${part} quantile of the value, or at the opposite one where it falls`
          : `the sample of rank ⌈n · ${part}⌉`,
      substituted: `${bounds}${drawn}`,
      value: bytes,
      unit: 'B',
      source: sourceOf(method),
    }
  })
}

function sourceOf(method: ChanceMethod): string {
  return method.kind === 'closed-form'
    ? 'scenario, ranges: in closed form'
    : `scenario, ranges: ${put(method.samples)} quasi-random samples, seed ${method.seed}`
}
