import { firstHolding } from '../../units/first-holding.ts'
import type { Workload } from '../../workload/workload.ts'
import type { BoundsBytes, RangeEnd, StrategyBounds } from '../result/what-if/ranges-result.ts'
import type { Figures, FiguresAt } from './figures.ts'
import { worseFirst } from './figures.ts'
import type { RangeInput } from './input.ts'
import { stepOf } from './input.ts'
import { isMonotone } from './monotone.ts'

/** Where the bounds of a scenario are. */
export interface Bounded {
  readonly strategies: readonly StrategyBounds[]
  /** The values, in ticks, with which a strategy is worst; `undefined` where it is never possible. */
  readonly worstAt: (id: string) => readonly number[] | undefined
}

/** What the bounds of a scenario are looked for in. */
export interface BoundsAsked {
  readonly inputs: readonly RangeInput[]
  readonly ids: readonly string[]
  /** Any of the scenarios: which rules hold does not depend on the values. */
  readonly workload: Workload
  readonly figures: FiguresAt
  /** Values of all inputs, in ticks, to begin with; those that are no interval keep theirs. */
  readonly start: readonly number[]
}

/**
 * The least and the most of each figure over all intervals. Where a figure only rises or only falls with
 * each value, both are at corners. Where it may turn, values in between are tried too: next to the
 * edges of tables, where figures jump, and evenly spread; from the best corner on, one value after
 * the other as long as it helps.
 */
export function boundsOf(asked: BoundsAsked): Bounded {
  const { ids, figures } = asked
  const corners = cornersOf(asked)
  for (const corner of corners) figures(corner)
  const found = ids.map((id) => ({ id, ends: endsOf(id, asked, corners) }))
  return {
    strategies: found.flatMap(({ id, ends }) =>
      ends === undefined ? [] : [boundsFrom(id, ends, asked, corners)],
    ),
    worstAt: (id) => found.find((one) => one.id === id)?.ends?.worst.ticks,
  }
}

interface Place {
  readonly ticks: readonly number[]
  readonly figures: Figures
}

type EndName = 'fewestTables' | 'mostTables' | 'leastDemand' | 'mostDemand' | Heads
type Heads = 'leastHeadroom' | 'mostHeadroom' | 'best' | 'worst'
type Ends = Readonly<Record<EndName, Place>>

/** Below 0 where the one is looked for rather than the other. */
const orders: Readonly<Record<EndName, (one: Figures, other: Figures) => number>> = {
  fewestTables: by(({ outcome }) => outcome.pageTables.leastBytes),
  mostTables: by(({ outcome }) => -outcome.pageTables.mostBytes),
  leastDemand: by(({ outcome }) => outcome.memory.demandBytes),
  mostDemand: by(({ outcome }) => -outcome.memory.demandBytes),
  leastHeadroom: by(({ outcome }) => outcome.memory.headroomBytes),
  mostHeadroom: by(({ outcome }) => -outcome.memory.headroomBytes),
  best: (one, other) => worseFirst(other, one),
  worst: worseFirst,
}

function by(amount: (figures: Figures) => number): (one: Figures, other: Figures) => number {
  return (one, other) => amount(one) - amount(other)
}

/** More corners than this are not all planned: each end is looked for from two of them on. */
const mostIntervals = 6

function cornersOf({ inputs, start }: BoundsAsked): readonly (readonly number[])[] {
  const intervals = inputs.filter(({ range }) => range.kind === 'interval').length
  const sides = inputs.map(({ range }, index) =>
    range.kind === 'interval' ? [range.from, range.to] : [start[index] ?? 0],
  )
  if (intervals > mostIntervals) {
    return [sides.map(([from = 0]) => from), sides.map((side) => side.at(-1) ?? 0)]
  }
  return sides.reduce<readonly (readonly number[])[]>(
    (corners, side) => corners.flatMap((corner) => side.map((tick) => [...corner, tick])),
    [[]],
  )
}

function endsOf(
  id: string,
  asked: BoundsAsked,
  corners: readonly (readonly number[])[],
): Ends | undefined {
  const starts = [...corners, ...firstPlanned(id, asked, corners)]
  const places = starts.flatMap((ticks) => placeAt(id, asked, ticks))
  if (places.length === 0) return undefined
  const end = (name: EndName): Place => climbed(id, asked, places, orders[name])
  return {
    fewestTables: end('fewestTables'),
    mostTables: end('mostTables'),
    leastDemand: end('leastDemand'),
    mostDemand: end('mostDemand'),
    leastHeadroom: end('leastHeadroom'),
    mostHeadroom: end('mostHeadroom'),
    best: end('best'),
    worst: end('worst'),
  }
}

/** From each corner that cannot be planned, along each value, the first place that can. */
function firstPlanned(
  id: string,
  asked: BoundsAsked,
  corners: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const { inputs, workload, figures } = asked
  const isPlanned = (ticks: readonly number[]): boolean => figures(ticks).get(id) !== undefined
  return corners.flatMap((corner) =>
    inputs.flatMap((input, index) => {
      const { range } = input
      if (range.kind !== 'interval' || isPlanned(corner)) return []
      const step = stepOf(input, workload)
      const is = (tick: number): boolean => isPlanned(corner.with(index, tick))
      const ends = plannedEnds(range.from, range.to, step, is)
      return ends.map((tick) => corner.with(index, tick))
    }),
  )
}

function placeAt(id: string, { figures }: BoundsAsked, ticks: readonly number[]): readonly Place[] {
  const found = figures(ticks).get(id)
  return found === undefined ? [] : [{ ticks, figures: found }]
}

/** More rounds than values that depend on one another ever took. */
const mostRounds = 4

/** From the best of the places on, one value after the other, as long as another is better. */
function climbed(
  id: string,
  asked: BoundsAsked,
  places: readonly Place[],
  order: (one: Figures, other: Figures) => number,
): Place {
  const better = (one: Place, other: Place): Place =>
    order(other.figures, one.figures) < 0 ? other : one
  let best = places.reduce(better)
  for (let round = 0; round < mostRounds; round += 1) {
    const before = best
    for (const index of asked.inputs.keys()) {
      const tried = candidatesOf(id, asked, best.ticks, index)
      best = tried
        .flatMap((tick) => placeAt(id, asked, best.ticks.with(index, tick)))
        .reduce(better, best)
    }
    if (best === before) break
  }
  return best
}

/** Values of one input that may be an end while the others stay. */
function candidatesOf(
  id: string,
  asked: BoundsAsked,
  ticks: readonly number[],
  index: number,
): readonly number[] {
  const input = asked.inputs[index]
  if (input?.range.kind !== 'interval') return []
  const { from, to } = input.range
  const isPlanned = (tick: number): boolean =>
    asked.figures(ticks.with(index, tick)).get(id) !== undefined
  const step = stepOf(input, asked.workload)
  if (isMonotone(input, asked.workload, id)) return plannedEnds(from, to, step, isPlanned)
  const spread = spreadOver(from, to, step)
  const isPool = input.places.some(([, key]) => key === 'hugepages')
  const near = isPool
    ? [
        ...usedOf(asked, ticks.with(index, to), id),
        ...jumpsBetween(spread, id, asked, ticks, index),
      ]
    : []
  const edges = input.unit === 'bytes' ? edgesBetween(from, to, step, asked.workload) : []
  const inside = near.filter((tick) => from <= tick && tick <= to)
  return [...new Set([...spread, ...inside, ...edges])]
}

/** Pages of the largest pool that are used: a pool of so many is neither short nor idle. */
function usedOf({ figures }: BoundsAsked, ticks: readonly number[], id: string): readonly number[] {
  return (figures(ticks).get(id)?.outcome.memory.pools ?? []).map(({ usedPages }) => usedPages)
}

/** Where one end cannot be planned, the last value that can, from the other. */
function plannedEnds(
  from: number,
  to: number,
  step: number,
  isPlanned: (tick: number) => boolean,
): readonly number[] {
  const [low, high] = [isPlanned(from), isPlanned(to)]
  if (low === high) return [from, to]
  const last = Math.ceil((to - from) / step)
  const tickAt = (place: number): number => Math.min(to, from + place * step)
  const place = firstHolding(1, last, (place) => isPlanned(tickAt(place)) !== low)
  return [low ? from : tickAt(place), low ? tickAt(place - 1) : to]
}

const parts = 6

function spreadOver(from: number, to: number, step: number): readonly number[] {
  const inner = Array.from({ length: parts - 1 }, (_, part) => {
    const steps = Math.floor(((to - from) * (part + 1)) / parts / step)
    return from + steps * step
  })
  return [...new Set([from, ...inner, to])]
}

/** Just below and at the first and the last multiple of what a table, or a huge page, spans. */
function edgesBetween(
  from: number,
  to: number,
  step: number,
  { host }: Workload,
): readonly number[] {
  const { layout } = host
  const spans = [
    ...layout.levels.map(({ reach }) => reach * layout.pageBytes),
    ...layout.hugePages.map(({ bytes }) => bytes),
  ]
  return spans
    .flatMap((span) => [Math.floor(to / span) * span, Math.ceil(from / span) * span])
    .flatMap((edge) => [edge - step, edge, edge + step])
    .filter((tick) => tick >= from && tick <= to)
}

/** Where page tables jump between two neighbours of the values: the places on both sides. */
function jumpsBetween(
  spread: readonly number[],
  id: string,
  asked: BoundsAsked,
  ticks: readonly number[],
  index: number,
): readonly number[] {
  const tablesAt = (tick: number): number | undefined =>
    asked.figures(ticks.with(index, tick)).get(id)?.outcome.pageTables.mostBytes
  return spread.slice(1).flatMap((high, before) => {
    const low = spread[before] ?? high
    const tables = tablesAt(low)
    if (tablesAt(high) === tables) return []
    const first = firstHolding(low + 1, high, (tick) => tablesAt(tick) !== tables)
    return [first - 1, first]
  })
}

function boundsFrom(
  id: string,
  ends: Ends,
  asked: BoundsAsked,
  corners: readonly (readonly number[])[],
): StrategyBounds {
  const { inputs, workload, figures } = asked
  const intervals = inputs.filter(({ range }) => range.kind === 'interval')
  const always = corners.every((corner) => figures(corner).get(id) !== undefined)
  const between = (
    least: Place,
    most: Place,
    of: (figures: Figures) => BoundsBytes,
  ): BoundsBytes => ({
    leastBytes: of(least.figures).leastBytes,
    mostBytes: of(most.figures).mostBytes,
  })
  const only = (bytes: number): BoundsBytes => ({ leastBytes: bytes, mostBytes: bytes })
  return {
    id,
    proven: intervals.every((input) => isMonotone(input, workload, id)),
    pageTables: between(ends.fewestTables, ends.mostTables, ({ outcome }) => outcome.pageTables),
    demand: between(ends.leastDemand, ends.mostDemand, ({ outcome }) =>
      only(outcome.memory.demandBytes),
    ),
    headroom: between(ends.leastHeadroom, ends.mostHeadroom, ({ outcome }) =>
      only(outcome.memory.headroomBytes),
    ),
    best: endFrom(ends.best, inputs),
    worst: endFrom(ends.worst, inputs),
    ...(always ? {} : { notAlways: true }),
  }
}

function endFrom({ ticks, figures }: Place, inputs: readonly RangeInput[]): RangeEnd {
  const { standing, outcome } = figures
  return {
    risk: standing,
    headroomBytes: outcome.memory.headroomBytes,
    pageTablesBytes: outcome.pageTables.bytes,
    at: inputs.map(({ publish }, index) => publish(ticks[index] ?? 0)),
  }
}
