import type { Path } from '../../units/path.ts'
import type { NumberUnit } from '../../units/ticks.ts'
import { numberOf, textOfTick } from '../../units/ticks.ts'
import { scenarioShape } from '../schema/schema.ts'
import type { Optional, Shape } from '../schema/shape.ts'
import type { Flaw } from '../yaml/issue.ts'
import { nearest } from '../yaml/suggest.ts'
import type { LocatedFlaw, YamlMap, YamlNode, YamlScalar } from '../yaml/yaml-tree.ts'

/** A value of a scenario that is not known exactly. Amounts are ticks of its unit, as on an axis. */
export type Range = RangePlace & (Interval | Percentiles)

interface RangePlace {
  /** The places that have it: several where they are one anchor. */
  readonly places: readonly Path[]
  readonly unit: NumberUnit
}

/** `{ from: 100, to: 3000 }`: the least and the most that it can be. */
export interface Interval {
  readonly kind: 'interval'
  readonly from: number
  readonly to: number
}

/** `{ p50: 100, p95: 3000 }`: as often below the first as above it, and one time in 20 above the second. */
export interface Percentiles {
  readonly kind: 'percentiles'
  readonly p50: number
  readonly p95: number
}

/** The ranges of a scenario, and what is wrong with them. */
export interface FoundRanges {
  readonly ranges: readonly Range[]
  readonly flaws: readonly LocatedFlaw[]
  /** Where the first of them is written. */
  readonly first?: { readonly path: Path; readonly node: YamlNode }
  /** The tree with a value of each, in ticks, in their order. */
  readonly at: (ticks: readonly number[]) => YamlNode
}

/** Finds every range in the places of a scenario that may have one. */
export function findRanges(root: YamlNode): FoundRanges {
  const found = rangesIn(scenarioShape, root, [])
  const readings = found.map(readRange)
  const byPlace = new Map<string, RangeRead>()
  const keys = found.map(({ node }) => `${node.spot.source.file}:${node.spot.offset}`)
  for (const [index, reading] of readings.entries()) {
    if ('flaw' in reading) continue
    const key = keys[index] ?? ''
    const same = byPlace.get(key)
    const { places } = reading.range
    byPlace.set(
      key,
      same === undefined
        ? reading
        : { range: { ...same.range, places: [...same.range.places, ...places] } },
    )
  }
  const order = [...byPlace.keys()]
  const ranges = [...byPlace.values()].map(({ range }) => range)
  const [first] = found
  return {
    ranges,
    flaws: [
      ...readings.flatMap((reading) => ('flaw' in reading ? [reading.flaw] : [])),
      ...tooMany(found, keys),
    ],
    ...(first === undefined ? {} : { first }),
    at: (ticks) => {
      const scalars = new Map<YamlNode, YamlNode>()
      for (const [index, { node }] of found.entries()) {
        const place = order.indexOf(keys[index] ?? '')
        const { unit } = ranges[place] ?? {}
        const text = unit === undefined ? '' : textOfTick(unit, ticks[place] ?? 0)
        scalars.set(node, scalarOf(node, unit, text))
      }
      return withScalars(root, scalars)
    },
  }
}

/** More than anyone is unsure of; each is planned at both ends. */
const mostRanges = 32

function tooMany(found: readonly Found[], keys: readonly string[]): readonly LocatedFlaw[] {
  const firsts = found.filter((_, index) => keys.indexOf(keys[index] ?? '') === index)
  const [next] = firsts.slice(mostRanges)
  if (next === undefined) return []
  const message = `the scenario has ${firsts.length} ranges`
  const expected = `at most ${mostRanges}; one anchor counts once`
  return [{ message, expected, spot: next.node.spot, path: next.path }]
}

interface Found {
  readonly path: Path
  readonly node: YamlMap
}

const rangeKeys: ReadonlySet<string> = new Set(['from', 'to', 'p50', 'p95'])

/** A mapping in the place of a single value whose keys are those of a range. */
export function isRange(node: YamlNode): node is YamlMap {
  return (
    node.kind === 'map' &&
    node.entries.size > 0 &&
    [...node.entries.keys()].every((key) => rangeKeys.has(key))
  )
}

/** A mapping that has a key of a range, whatever else it has. */
function isMeant(node: YamlNode): node is YamlMap {
  return node.kind === 'map' && [...node.entries.keys()].some((key) => rangeKeys.has(key))
}

/** All of its keys are those of a range or nearly so; where any name is right, none is misspelt. */
function isMisspelt(node: YamlNode, options: readonly Shape[]): boolean {
  if (!isMeant(node) || options.some(({ kind }) => kind === 'names')) return false
  return [...node.entries.keys()].every((key) => nearest(key, [...rangeKeys]) !== undefined)
}

function rangesIn(shape: Shape | Optional, node: YamlNode, path: Path): readonly Found[] {
  switch (shape.kind) {
    case 'optional':
      return rangesIn(shape.shape, node, path)
    case 'field':
      return shape.isRanged && isMeant(node) ? [{ path, node }] : []
    case 'exactly':
      return []
    case 'either':
      return formsOf(shape.options, node).flatMap((option) => rangesIn(option, node, path))
    case 'list':
      if (node.kind !== 'list') return []
      return node.items.flatMap((item, index) => rangesIn(shape.items, item, [...path, index]))
    case 'names':
      return entriesIn(node, path, () => shape.values)
    case 'keys':
      return entriesIn(node, path, (key) =>
        Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined,
      )
  }
}

/** One form of several is a single value, and may be a range; names that look like its ends are names. */
function formsOf(options: readonly Shape[], node: YamlNode): readonly Shape[] {
  if (!options.some(mayBeRanged)) return options
  if (!isRange(node)) {
    const isMeantSo = isMisspelt(node, options)
    return options.filter((option) => mayBeRanged(option) === isMeantSo)
  }
  const isNames = !isWhole(node) && options.some(({ kind }) => kind === 'names')
  return options.filter(({ kind }) => (kind === 'field') !== isNames)
}

/** Whether both ends are there; a reserve may have a part that is called `to`. */
function isWhole({ entries }: YamlMap): boolean {
  return entries.size === 2 && (entries.has('from') ? entries.has('to') : entries.has('p50'))
}

function entriesIn(
  node: YamlNode,
  path: Path,
  shapeOf: (key: string) => Shape | Optional | undefined,
): readonly Found[] {
  if (node.kind !== 'map') return []
  return [...node.entries].flatMap(([key, entry]) => {
    const shape = shapeOf(key)
    return shape === undefined ? [] : rangesIn(shape, entry.node, [...path, key])
  })
}

function mayBeRanged(shape: Shape): boolean {
  return shape.kind === 'field' && shape.isRanged === true
}

interface RangeRead {
  readonly range: Range
}

function readRange({ path, node }: Found): RangeRead | { readonly flaw: LocatedFlaw } {
  const has = (key: string): boolean => node.entries.has(key)
  const failed = (flaw: Flaw, key?: string): { readonly flaw: LocatedFlaw } => {
    const spot = (key === undefined ? undefined : node.entries.get(key)?.node.spot) ?? node.spot
    return { flaw: { ...flaw, spot, path } }
  }
  const [low, high] = has('from') || has('to') ? (['from', 'to'] as const) : percentiles
  const others = [...node.entries.keys()].filter((key) => key !== low && key !== high)
  const unknown = others.find((key) => !rangeKeys.has(key))
  if (unknown !== undefined) {
    const flaw = unknownKey(
      unknown,
      [low, high].filter((key) => !has(key)),
    )
    return { flaw: { ...flaw, spot: node.entries.get(unknown)?.key ?? node.spot, path } }
  }
  const [other] = others
  if (other !== undefined) {
    const message = `a range has \`from\` and \`to\`, or \`p50\` and \`p95\`, not both`
    return failed({ message, expected: forms }, other)
  }
  const missing = [low, high].find((key) => !has(key))
  if (missing !== undefined)
    return failed({ message: `the range has no \`${missing}\``, expected: forms })
  const [least, most] = [endOf(node, low), endOf(node, high)]
  if (least === undefined) return failed(notANumber(node, low), low)
  if (most === undefined) return failed(notANumber(node, high), high)
  if (least.unit !== most.unit) {
    return failed(
      {
        message: 'the range begins and ends in different units',
        expected: 'the same unit on both sides',
      },
      high,
    )
  }
  if (least.tick > most.tick) {
    return failed(
      { message: `\`${low}\` is more than \`${high}\``, expected: 'the smaller value first' },
      low,
    )
  }
  const place = { places: [path], unit: least.unit }
  const [from, to] = [least.tick, most.tick]
  return {
    range:
      low === 'from'
        ? { ...place, kind: 'interval', from, to }
        : { ...place, kind: 'percentiles', p50: from, p95: to },
  }
}

function unknownKey(key: string, missing: readonly string[]): Flaw {
  const near = nearest(key, missing)
  const suggestion = near === undefined ? {} : { suggestion: `did you mean \`${near}\`?` }
  return { message: `a range has no key \`${key}\``, expected: forms, ...suggestion }
}

const percentiles = ['p50', 'p95'] as const
const forms = '`{ from: 100, to: 3000 }` or `{ p50: 100, p95: 3000 }`'

function endOf(node: YamlMap, key: string): ReturnType<typeof numberOf> {
  const value = node.entries.get(key)?.node
  return value?.kind === 'scalar' && value.value !== null ? numberOf(value.text) : undefined
}

function notANumber(node: YamlMap, key: string): Flaw {
  const value = node.entries.get(key)?.node
  const isEmpty = value?.kind === 'scalar' && value.value === null
  const shown = value?.kind === 'scalar' ? value.text : '{…}'
  return {
    message: isEmpty ? `\`${key}\` has no value` : `\`${shown}\` cannot be an end of a range`,
    expected:
      'a count below 2^53, a size with a unit such as `300 GB`, or a percentage such as `40%`',
  }
}

/** As the reader would have it from a file. */
function scalarOf({ spot }: YamlNode, unit: NumberUnit | undefined, text: string): YamlScalar {
  return { kind: 'scalar', spot, value: unit === 'count' ? Number(text) : text, text }
}

/** The tree with other nodes in the place of some. */
function withScalars(node: YamlNode, scalars: ReadonlyMap<YamlNode, YamlNode>): YamlNode {
  const scalar = scalars.get(node)
  if (scalar !== undefined) return scalar
  if (node.kind === 'scalar') return node
  if (node.kind === 'list') {
    return { ...node, items: node.items.map((item) => withScalars(item, scalars)) }
  }
  const entries = [...node.entries].map(
    ([key, entry]) => [key, { ...entry, node: withScalars(entry.node, scalars) }] as const,
  )
  return { ...node, entries: new Map(entries) }
}
