import type { LocatedFlaw, Spot } from '../../scenario/yaml/yaml-tree.ts'
import { placeText } from '../place.ts'
import { readSuffixedSize } from '../sizes.ts'
import type { ParameterEntry } from './parameter-file.ts'

/** The parts that make up the SGA where no target is set. */
export const poolNames = [
  'db_cache_size',
  'db_keep_cache_size',
  'db_recycle_cache_size',
  'shared_pool_size',
  'large_pool_size',
  'java_pool_size',
  'streams_pool_size',
  'log_buffer',
] as const

const otherNames = [
  'sga_target',
  'sga_max_size',
  'memory_target',
  'memory_max_target',
  '__sga_target',
  'pga_aggregate_target',
  'processes',
  'sessions',
  'shared_servers',
] as const

/** Parameters that are sizes or counts. */
export type NumberName = (typeof poolNames)[number] | (typeof otherNames)[number]
const numberNames: readonly NumberName[] = [...otherNames, ...poolNames]
const wordNames = ['use_large_pages', 'lock_sga'] as const

/** All that is looked at, and what the files themselves need. */
export const usedNames: readonly string[] = [...numberNames, ...wordNames, 'ifile', 'spfile']

/** What the files say about one instance. */
export interface Instance {
  /** Absent: the files name none. */
  readonly name?: string
  /** Other instances that the files name: those of a cluster. */
  readonly others: readonly string[]
  /** What is set for a family of instances alone, which this need not be one of. */
  readonly ofFamilies: readonly ParameterEntry[]
  /** `undefined` where the files say nothing. */
  readonly numberOf: (name: NumberName) => number | undefined
  readonly wordOf: (name: (typeof wordNames)[number]) => string | undefined
  readonly entryOf: (name: string) => ParameterEntry | undefined
}

/**
 * The first instance that is named, or the only one. What is set for it outranks what is set for
 * all; of several entries alike the last counts.
 */
export function instanceOf(all: readonly ParameterEntry[]): {
  readonly instance: Instance
  readonly flaws: readonly LocatedFlaw[]
} {
  const entries = all.filter((entry) => !isOfFamily(entry))
  const name = entries.find(({ instance }) => instance !== undefined)?.instance
  const deciding = new Map<string, ParameterEntry>()
  for (const entry of entries) if (entry.instance === undefined) deciding.set(entry.name, entry)
  const named = name?.toLowerCase()
  for (const entry of entries) {
    if (entry.instance?.toLowerCase() === named) deciding.set(entry.name, entry)
  }
  const valueIn = (key: string): string | undefined => deciding.get(key)?.values[0]
  const flaws = [
    ...numberNames.flatMap((key) => flawOfNumber(key, deciding.get(key))),
    ...flawOfWord(deciding.get('use_large_pages'), largePages),
    ...flawOfWord(deciding.get('lock_sga'), ['true', 'false']),
  ]
  const instance: Instance = {
    ...(name === undefined ? {} : { name }),
    others: othersOf(entries, named),
    ofFamilies: all.filter(isOfFamily),
    numberOf: (key) => readSuffixedSize(valueIn(key) ?? ''),
    wordOf: (key) => valueIn(key)?.toLowerCase(),
    entryOf: (key) => deciding.get(key),
  }
  return { instance, flaws }
}

/** Where a parameter was read: `sga_target = 300G (init.ora:4)`; its name alone where no file sets it. */
export function parameterSource({ entryOf }: Instance, name: string): string {
  const entry = entryOf(name)
  if (entry === undefined) return name
  return `${name} = ${entry.values.join(' ')} (${placeText(entry.spot)})`
}

/** The place of the value, or of the name if it has none. */
export function valueSpotOf({ spot, valueSpots }: ParameterEntry): Spot {
  return valueSpots[0] ?? spot
}

function isOfFamily({ instance }: ParameterEntry): boolean {
  return instance !== undefined && /^family:/i.test(instance)
}

function othersOf(
  entries: readonly ParameterEntry[],
  named: string | undefined,
): readonly string[] {
  const names = entries.flatMap(({ instance }) => instance?.toLowerCase() ?? [])
  return [...new Set(names)].filter((one) => one !== named)
}

/** USE_LARGE_PAGES, Oracle Database Reference: AUTO and AUTO_ONLY since 19c. */
const largePages = ['true', 'false', 'only', 'auto', 'auto_only']

function flawOfNumber(name: string, entry: ParameterEntry | undefined): readonly LocatedFlaw[] {
  if (entry === undefined) return []
  const value = entry.values[0] ?? ''
  if (readSuffixedSize(value) !== undefined) return flawOfList(entry)
  const expected = 'a whole number, with K, M, G or T where it is a size: 300G'
  const meant = /^(\d+\s*[kmgt])i?b$/i.exec(value)?.[1]
  return [
    {
      message: `\`${value}\` is not a number for \`${name}\``,
      expected,
      ...(meant === undefined ? {} : { suggestion: `did you mean \`${meant}\`?` }),
      spot: valueSpotOf(entry),
    },
  ]
}

function flawOfWord(
  entry: ParameterEntry | undefined,
  words: readonly string[],
): readonly LocatedFlaw[] {
  if (entry === undefined) return []
  const value = entry.values[0] ?? ''
  if (words.includes(value.toLowerCase())) return flawOfList(entry)
  const listed = words.map((word) => `\`${word.toUpperCase()}\``).join(', ')
  const message = `\`${value}\` is not a value of \`${entry.name}\``
  return [{ message, expected: `one of ${listed}`, spot: valueSpotOf(entry) }]
}

/** Oracle refuses more than one value for any of these: LRM-00112. */
function flawOfList({ name, values, valueSpots }: ParameterEntry): readonly LocatedFlaw[] {
  const [first, second] = values
  const spot = valueSpots[1]
  if (second === undefined || spot === undefined) return []
  return [
    {
      message: `\`${name}\` takes one value; \`${second}\` is one too many`,
      expected: `\`${name}=${first}\`; Oracle does not start with several values (LRM-00112)`,
      spot,
    },
  ]
}
