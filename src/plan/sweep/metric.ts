import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { strategiesOf } from '../../sharing/catalogue.ts'
import { partCopies } from '../../sharing/pools/copies.ts'
import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import type { Workload } from '../../workload/workload.ts'
import type { About } from '../plan.ts'
import { plan } from '../plan.ts'
import type { StrategyResult } from '../result/result.ts'
import type { MetricValue } from '../result/what-if/sweep-result.ts'
import { planOne, planOrUnknown } from '../strategy/plans.ts'
import type { Outcome } from '../strategy/strategy-result.ts'

/** How much of a plan has to be made to read a metric: sums, all of a strategy, the whole result. */
export type Effort = 'sums' | 'strategy' | 'result'

/** A number of a plan, found by its path. */
export interface Metric {
  /** As it was asked for. */
  readonly text: string
  /** The strategy that it is of; absent: it belongs to the whole result. */
  readonly strategy?: string
  /** In the strategy, or in the result. */
  readonly path: Path
  readonly effort: Effort
}

/**
 * What a path means: one that begins with a key of a strategy is of the given strategy, any other leads
 * from the result: `strategies.mshare.pageTables.bytes`.
 */
export function metricOf(text: string, path: Path, strategy: string): Metric {
  const [first, id, ...rest] = path
  if (first === 'strategies' && typeof id === 'string') {
    return { text, strategy: id, path: rest, effort: effortOf(rest) }
  }
  return typeof first === 'string' && keysOfStrategy.has(first)
    ? { text, strategy, path, effort: effortOf(path) }
    : { text, path, effort: 'result' }
}

const keysOfStrategy: ReadonlySet<string> = new Set<
  keyof Extract<StrategyResult, { applies: true }>
>([
  ...(['status', 'applies', 'pageTables', 'groups', 'regions', 'counters', 'savings'] as const),
  ...(['memory', 'risk', 'limits', 'faults', 'mmapCalls', 'vmas', 'obstacles'] as const),
])

/** What a search plans too: no lists of groups, regions, lines and victims. */
const sums: ReadonlySet<string> = new Set([
  ...['bytes', 'leastBytes', 'mostBytes', 'onceBytes', 'baseBytes'].map(
    (key) => `pageTables.${key}`,
  ),
  ...['capacityBytes', 'demandBytes', 'headroomBytes'].map((key) => `memory.${key}`),
  ...['level', 'hostLevel', 'headroomFraction', 'pageTablesFraction', 'unswappableBytes'].map(
    (key) => `risk.${key}`,
  ),
])

/** What only the whole result has: it compares strategies, and searches. */
const compared: ReadonlySet<string> = new Set(['savings', 'limits', 'risk'])

function effortOf(path: Path): Effort {
  if (sums.has(pathText(path))) return 'sums'
  return compared.has(String(path[0])) ? 'result' : 'strategy'
}

/** Reads metrics of one workload; each plan is made once, and only where a metric needs it. */
export function readingsOf(
  workload: Workload,
  about: About,
): (metric: Metric) => MetricValue | undefined {
  const assumed = new Set((about.assumptions ?? []).map(({ path }) => path))
  const whole = once(() => plan(workload, about))
  const sumsOf = onceEach((strategy) => plannedSums(workload, strategy))
  const strategyOf = onceEach((strategy) => plannedStrategy(workload, strategy, assumed))
  return ({ strategy, path, effort }) => {
    if (strategy === undefined) return valueAt(whole(), path)
    if (effort === 'sums') return valueAt(sumsOf(strategy), path)
    if (effort === 'strategy') return valueAt(strategyOf(strategy), path)
    return valueAt(
      whole().strategies.find(({ id }) => id === strategy),
      path,
    )
  }
}

function once<T>(make: () => T): () => T {
  const each = onceEach(make)
  return () => each('')
}

function onceEach<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined || made.has(key)) return known as T
    const value = make(key)
    made.set(key, value)
    return value
  }
}

/** @returns `undefined` where the strategy is not possible, `unknown` where a number passes 2^53 − 1. */
export function plannedSums(workload: Workload, id: string): Outcome | 'unknown' | undefined {
  const named = strategyNamed(workload, id)
  return named && planOrUnknown(() => partCopies(workload), named)
}

/** `undefined` where the layout does not have it. */
export function plannedStrategy(
  workload: Workload,
  id: string,
  assumed: ReadonlySet<string> = new Set(),
): StrategyResult | undefined {
  const named = strategyNamed(workload, id)
  return named && planOne(partCopies(workload), named, assumed).result
}

function strategyNamed({ host }: Workload, id: string): NamedStrategy | undefined {
  return strategiesOf(host.layout).find((named) => named.id === id)
}

/**
 * What is at a path of a published value. In a list a step is the id or the name of an item, such as
 * `groups.clients`, what it is about, or its position.
 */
export function valueAt(value: unknown, path: Path): MetricValue | undefined {
  let here = value
  for (const step of path) here = childOf(here, step)
  if (here === null || typeof here === 'object' || here === undefined) return undefined
  return here as MetricValue
}

function childOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const named = Array.isArray(value) ? value.find((item) => nameOf(item) === step) : undefined
  if (named !== undefined) return named
  return Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined
}

/** What a path calls an item of a list. */
function nameOf(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return undefined
  for (const key of ['id', 'name', 'group', 'region', 'metric', 'pageBytes', 'path']) {
    if (Object.hasOwn(item, key)) return String(Reflect.get(item, key))
  }
  return undefined
}

/** Every path in a published value that ends in a number, a word or a flag. */
export function leafPaths(value: unknown, before: Path = []): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      leafPaths(item, [...before, String(nameOf(item) ?? index)]),
    )
  }
  if (typeof value !== 'object' || value === null) return [pathText(before)]
  return Object.entries(value).flatMap(([key, inner]) => leafPaths(inner, [...before, key]))
}
