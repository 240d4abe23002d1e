import { firstHolding } from '../../units/first-holding.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Outlook, Standing } from '../result/outlook.ts'
import { outlooks } from '../result/outlook.ts'
import type {
  ChanceMethod,
  Quantile,
  Quantiles,
  RiskChance,
  StrategyChances,
} from '../result/what-if/ranges-result.ts'
import { changesBetween } from '../sweep/changes.ts'
import type { Distribution } from './distribution.ts'
import { distributionOf } from './distribution.ts'
import { pointsOf, shifts } from './draw.ts'
import type { Figures } from './figures.ts'
import { figuresOf, worseFirst } from './figures.ts'
import type { RangeInput, ReadAt } from './input.ts'
import { isMonotone } from './monotone.ts'

/** How chances are found. */
export interface Sampling {
  readonly samples: number
  readonly seed: number
}

/** Chances, and a plan of each strategy that 19 in 20 are no worse than. */
export interface Chances {
  readonly method: ChanceMethod
  readonly strategies: readonly StrategyChances[]
  /** `undefined` where more than one in 20 is not possible. */
  readonly worse: (id: string) => Figures | undefined
}

/** What chances are asked of. */
export interface ChancesAsked {
  readonly inputs: readonly RangeInput[]
  readonly ids: readonly string[]
  readonly workload: Workload
  readonly read: ReadAt
  /** Values of all inputs, in ticks; those with percentiles take others. */
  readonly start: readonly number[]
  readonly sampling: Sampling
}

/**
 * In closed form where one value has percentiles and each figure only rises or falls with it. Otherwise by
 * samples: points that fill the space of all values evenly.
 */
export function chancesOf(asked: ChancesAsked): Chances {
  const drawn = asked.inputs.flatMap((input, index) => {
    const distribution = distributionOf(input, asked.workload)
    return distribution === undefined ? [] : [{ input, index, distribution }]
  })
  const [only, another] = drawn
  const isClosed =
    only !== undefined &&
    another === undefined &&
    asked.ids.every((id) => isMonotone(only.input, asked.workload, id))
  const closed = isClosed ? closedForm(asked, only) : undefined
  return closed ?? sampled(asked, drawn)
}

interface Drawn {
  readonly index: number
  readonly distribution: Distribution
}

/** What is beyond, on either side, comes to what is there. */
const tail = 1e-12

function closedForm(asked: ChancesAsked, { index, distribution }: Drawn): Chances | undefined {
  const { ids, read, start } = asked
  const seen = new Map<number, ReturnType<ReadAt>>()
  const at = (id: string, tick: number): Figures | undefined => {
    const reading = seen.get(tick) ?? read(start.with(index, tick))
    seen.set(tick, reading)
    return reading.ok ? figuresOf(reading.workload, id) : undefined
  }
  const strategies: StrategyChances[] = []
  const worse = new Map<string, Figures>()
  for (const id of ids) {
    const [low = 0, high = 0] = [tail, 1 - tail].map(distribution.quantile)
    const middle = [0.05, 0.5, 0.95].map((part) => at(id, distribution.quantile(part)))
    const [p5, p50, p95] = middle
    // Never possible, as a whole: it has no figures, and no chances either.
    if (middle.every((figures) => figures === undefined)) continue
    if (!p5 || !p50 || !p95) return undefined
    const inside = distribution.quantile(0.5)
    const standingAt = (tick: number): Standing | undefined => at(id, tick)?.standing
    const ends = [low, high].map((tick) => lastPlanned(inside, tick, distribution.step, standingAt))
    const risks = risksBetween(ends, [low, high], distribution, standingAt)
    if (risks === undefined) return undefined
    const planned = [p5, p50, p95]
    strategies.push({
      id,
      pageTables: exactly(planned.map(({ outcome }) => outcome.pageTables.bytes)),
      headroom: exactly(planned.map(({ outcome }) => outcome.memory.headroomBytes)),
      risks,
    })
    worse.set(id, worseFirst(p5, p95) < 0 ? p5 : p95)
  }
  return { method: { kind: 'closed-form' }, strategies, worse: (id) => worse.get(id) }
}

interface At {
  readonly tick: number
  readonly risk: Standing
}

/** The farthest value that can be planned on the way to an end: what is beyond grows past what may be. */
function lastPlanned(
  inside: number,
  end: number,
  step: number,
  standingAt: (tick: number) => Standing | undefined,
): At | undefined {
  const [way, steps] = [end < inside ? -step : step, Math.abs(end - inside) / step]
  const isLost = (place: number): boolean => standingAt(inside + place * way) === undefined
  const farthest = isLost(steps) ? firstHolding(1, steps, isLost) - 1 : steps
  const tick = inside + farthest * way
  const risk = standingAt(tick)
  return risk === undefined ? undefined : { tick, risk }
}

/** `undefined` where something between the two ends cannot be planned. */
function risksBetween(
  [from, to]: readonly (At | undefined)[],
  [low = 0, high = 0]: readonly number[],
  { step, atMost }: Distribution,
  standingAt: (tick: number) => Standing | undefined,
): readonly RiskChance[] | undefined {
  if (from === undefined || to === undefined) return undefined
  const changes = from.tick === to.tick ? [] : changesBetween(from, to, step, standingAt)
  if (changes.some(({ exact }) => !exact)) return undefined
  const before = from.tick > low ? atMost(from.tick - step) : 0
  const behind = to.tick < high ? 1 - atMost(to.tick) : 0
  const fractions = new Map<Outlook, number>(
    before + behind > 0 ? [['unplanned', before + behind]] : [],
  )
  let [below, risk] = [before, from.risk]
  for (const change of changes) {
    const here = atMost(change.from.tick)
    fractions.set(risk, (fractions.get(risk) ?? 0) + here - below)
    below = here
    risk = change.to.risk
  }
  fractions.set(risk, (fractions.get(risk) ?? 0) + 1 - behind - below)
  return bestFirst(fractions, () => 0)
}

function bestFirst(
  fractions: ReadonlyMap<Outlook, number>,
  errorOf: (risk: Outlook) => number,
): readonly RiskChance[] {
  return outlooks.toReversed().flatMap((risk) => {
    const fraction = fractions.get(risk)
    if (fraction === undefined) return []
    return [{ risk, fraction, errorFraction: errorOf(risk) }]
  })
}

function exactly(values: readonly number[]): Quantiles {
  const [p5 = 0, p50 = 0, p95 = 0] = values.toSorted((one, other) => one - other)
  return { p5: { bytes: p5 }, p50: { bytes: p50 }, p95: { bytes: p95 } }
}

/** One strategy in one sample; `undefined` where it is not possible. */
type Sample = Pick<Figures, 'standing'> & {
  readonly tables: number
  readonly headroom: number
}

function sampled(asked: ChancesAsked, drawn: readonly Drawn[]): Chances {
  const { ids, read, start, sampling } = asked
  const each = Math.max(1, Math.ceil(sampling.samples / shifts))
  const places: (readonly number[])[] = []
  const samples = new Map(ids.map((id) => [id, [] as (Sample | undefined)[]]))
  for (const point of pointsOf(drawn.length, each, sampling.seed)) {
    const ticks = drawn.reduce(
      (values, { index, distribution }, d) =>
        values.with(index, distribution.quantile(point[d] ?? 0.5)),
      start,
    )
    places.push(ticks)
    const reading = read(ticks)
    for (const id of ids) {
      const figures = reading.ok ? figuresOf(reading.workload, id) : undefined
      samples.get(id)?.push(figures && sampleOf(figures))
    }
  }
  const worse = (id: string): Figures | undefined => {
    const ticks = places[worseThan(samples.get(id) ?? [])]
    const reading = ticks === undefined ? undefined : read(ticks)
    return reading?.ok === true ? figuresOf(reading.workload, id) : undefined
  }
  return {
    method: { kind: 'quasi-random', samples: each * shifts, seed: sampling.seed },
    strategies: ids.flatMap((id) => strategyFrom(id, samples.get(id) ?? [], each)),
    worse,
  }
}

function sampleOf({ standing, outcome }: Figures): Sample {
  const { pageTables, memory } = outcome
  return { standing, tables: pageTables.bytes, headroom: memory.headroomBytes }
}

/** The sample that one in 20 is worse than; what is not possible is the worst. */
function worseThan(samples: readonly (Sample | undefined)[]): number {
  const order = samples
    .map((_, index) => index)
    .sort((one, other) => rank(one) - rank(other) || left(one) - left(other))
  return order[Math.floor(samples.length / 20)] ?? 0

  function rank(index: number): number {
    const sample = samples[index]
    return outlooks.indexOf(sample?.standing ?? 'unplanned')
  }
  function left(index: number): number {
    return samples[index]?.headroom ?? 0
  }
}

function strategyFrom(
  id: string,
  samples: readonly (Sample | undefined)[],
  each: number,
): readonly StrategyChances[] {
  const planned = samples.filter((sample) => sample !== undefined)
  if (planned.length === 0) return []
  const standings = samples.map((sample): Outlook => sample?.standing ?? 'unplanned')
  const fractions = new Map<Outlook, number>()
  for (const one of standings) fractions.set(one, (fractions.get(one) ?? 0) + 1 / samples.length)
  return [
    {
      id,
      pageTables: quantilesOf(planned.map(({ tables }) => tables)),
      headroom: quantilesOf(planned.map(({ headroom }) => headroom)),
      risks: bestFirst(fractions, (risk) => errorOf(standings, risk, each)),
    },
  ]
}

/** Student's t with 15 degrees of freedom: 0.9995 are below it. */
const t15 = 4.073

/** By what the copies of the points differ in; at least 3 samples. Within it 999 times in 1000. */
function errorOf(standings: readonly Outlook[], risk: Outlook, each: number): number {
  const shares = Array.from({ length: shifts }, (_, shift) => {
    const copy = standings.slice(shift * each, (shift + 1) * each)
    return copy.filter((one) => one === risk).length / each
  })
  const mean = shares.reduce((sum, share) => sum + share, 0) / shifts
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shifts - 1)
  return Math.max(t15 * Math.sqrt(variance / shifts), 3 / standings.length)
}

function quantilesOf(values: readonly number[]): Quantiles {
  const ordered = values.toSorted((one, other) => one - other)
  return {
    p5: quantileOf(ordered, 0.05),
    p50: quantileOf(ordered, 0.5),
    p95: quantileOf(ordered, 0.95),
  }
}

/** 0.9995 of a normal distribution are below it. */
const z9995 = 3.2905

/** Its rank among samples varies by √(n·p·(1 − p)) at most: they are drawn more evenly than by chance. */
function quantileOf(ordered: readonly number[], part: number): Quantile {
  const { length } = ordered
  const at = (rank: number): number => ordered[Math.min(length - 1, Math.max(0, rank))] ?? 0
  const spread = z9995 * Math.sqrt(length * part * (1 - part))
  return {
    bytes: at(Math.ceil(length * part) - 1),
    leastBytes: at(Math.floor(length * part - spread) - 1),
    mostBytes: at(Math.ceil(length * part + spread)),
  }
}
