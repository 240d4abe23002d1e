import type { LocatedFlaw } from '../../scenario/yaml/yaml-tree.ts'
import { flawOfName, misspelt } from '../unknown-name.ts'
import type { Instance, NumberName } from './instance.ts'
import { usedNames, valueSpotOf } from './instance.ts'
import type { ParameterEntry } from './parameter-file.ts'
import { inGranules } from './system-area.ts'

/** Parameters of Oracle 8i to 23ai that are spelt much like one that is used. */
const others: ReadonlySet<string> = new Set([
  'db_16k_cache_size',
  'db_2k_cache_size',
  'db_32k_cache_size',
  'db_4k_cache_size',
  'db_8k_cache_size',
  'db_cache_advice',
  'db_flash_cache_size',
  'max_shared_servers',
  'memory_max_size',
  'memory_size',
  'mts_sessions',
  'olap_page_pool_size',
  'pga_aggregate_limit',
  'sga_min_size',
])

/**
 * Names that are near to one that is used, and that Oracle does not have: it does not start with them
 * (LRM-00101). Names that begin with an underscore are hidden parameters, which no manual lists.
 */
export function misspeltNames(entries: readonly ParameterEntry[]): readonly LocatedFlaw[] {
  const names = [...new Set(entries.map(({ name }) => name))].filter((name) => /^[a-z]/.test(name))
  const meant = new Map(
    names.flatMap((name) => {
      const near = misspelt(name, usedNames, others)
      return near === undefined ? [] : [[name, near] as const]
    }),
  )
  return entries.flatMap(({ name, spot }) => {
    const near = meant.get(name)
    if (near === undefined) return []
    const expected = 'the name of a parameter; Oracle does not start with this one (LRM-00101)'
    return [flawOfName({ written: name, spot, near }, 'Oracle has no parameter', expected)]
  })
}

/** Parameters of which one may not be more than the other, and what Oracle says then. */
const limits: readonly (readonly [lesser: NumberName, larger: NumberName, error: string])[] = [
  ['sga_target', 'sga_max_size', 'ORA-00823'],
  ['memory_target', 'memory_max_target', 'ORA-00837'],
  ['sga_target', 'memory_target', 'ORA-00838'],
]

/**
 * Sizes that contradict each other: the instance does not start. Zero means not set. The larger one
 * goes up to whole granules first, so what is less than one over it is let pass.
 */
export function contradictions(instance: Instance): readonly LocatedFlaw[] {
  return [...tooLarge(instance), ...withoutLargePages(instance)]
}

function tooLarge({ numberOf, entryOf }: Instance): readonly LocatedFlaw[] {
  return limits.flatMap(([lesser, larger, error]) => {
    const [entry, limit] = [entryOf(lesser), entryOf(larger)]
    const most = numberOf(larger) ?? 0
    if (entry === undefined || limit === undefined) return []
    if (most === 0 || (numberOf(lesser) ?? 0) <= inGranules(most, most).bytes) return []
    return [
      {
        message: `\`${lesser} = ${entry.values[0]}\` is more than \`${larger} = ${limit.values[0]}\``,
        expected: `at most \`${larger}\`; Oracle does not start with these two (${error})`,
        spot: valueSpotOf(entry),
      },
    ]
  })
}

/**
 * An instance that starts on large pages alone, and whose memory cannot be on any: Oracle Database Error
 * Messages, ORA-27138. An instance of ASM does not ask for them then: Reference, USE_LARGE_PAGES.
 */
function withoutLargePages(instance: Instance): readonly LocatedFlaw[] {
  const { name = '', numberOf, entryOf, wordOf } = instance
  const entry = entryOf('use_large_pages')
  const isOnly = /^(?:auto_)?only$/.test(wordOf('use_large_pages') ?? '')
  if (entry === undefined || !isOnly || name.startsWith('+')) return []
  const automatic = (['memory_target', 'memory_max_target'] as const).find(
    (one) => (numberOf(one) ?? 0) > 0,
  )
  if (automatic === undefined) return []
  const target = `\`${automatic} = ${entryOf(automatic)?.values[0]}\``
  return [
    {
      message: `\`use_large_pages = ${entry.values[0]}\` with ${target}, whose memory is never on large pages`,
      expected: `\`sga_target\` in place of \`${automatic}\`, or \`TRUE\` or \`FALSE\`; Oracle does not start with these two (ORA-27138)`,
      spot: valueSpotOf(entry),
    },
  ]
}
