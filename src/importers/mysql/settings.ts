import type { LocatedFlaw } from '../../scenario/yaml-tree.ts'
import { placeOf } from '../remarks.ts'
import { readSuffixedSize } from '../suffixed-size.ts'
import { flawOfName, misspelt } from '../unknown-name.ts'
import type { OptionLine } from './option-file.ts'

/** Numbers that matter and the server's defaults, MySQL 8.0. */
const usual: Readonly<Record<NumberName, number>> = {
  innodb_buffer_pool_size: 128 * 2 ** 20,
  innodb_buffer_pool_chunk_size: 128 * 2 ** 20,
  innodb_buffer_pool_instances: 0,
  max_connections: 151,
  key_buffer_size: 8 * 2 ** 20,
  innodb_log_buffer_size: 16 * 2 ** 20,
  sort_buffer_size: 256 * 1024,
  join_buffer_size: 256 * 1024,
  read_buffer_size: 128 * 1024,
  read_rnd_buffer_size: 256 * 1024,
}

export type NumberName =
  | 'innodb_buffer_pool_size'
  | 'innodb_buffer_pool_chunk_size'
  | 'innodb_buffer_pool_instances'
  | 'max_connections'
  | 'key_buffer_size'
  | 'innodb_log_buffer_size'
  | 'sort_buffer_size'
  | 'join_buffer_size'
  | 'read_buffer_size'
  | 'read_rnd_buffer_size'

/** All that is looked at. */
const usedNames = [...Object.keys(usual), 'large_pages']

/** Other options of MySQL 5.7 to 9 and MariaDB that are spelt much like one of these. */
const others: ReadonlySet<string> = new Set([
  'aria_sort_buffer_size',
  'audit_log_buffer_size',
  'extra_max_connections',
  'innodb',
  'innodb_buffer_page',
  'innodb_buffer_page_lru',
  'innodb_buffer_pool_debug',
  'innodb_buffer_pool_dump_at_shutdown',
  'innodb_buffer_pool_dump_now',
  'innodb_buffer_pool_dump_pct',
  'innodb_buffer_pool_evict',
  'innodb_buffer_pool_filename',
  'innodb_buffer_pool_in_core_dump',
  'innodb_buffer_pool_in_core_file',
  'innodb_buffer_pool_load_abort',
  'innodb_buffer_pool_load_at_startup',
  'innodb_buffer_pool_load_now',
  'innodb_buffer_pool_populate',
  'innodb_buffer_pool_size_auto_min',
  'innodb_buffer_pool_size_max',
  'innodb_buffer_pool_stats',
  'innodb_change_buffer_max_size',
  'innodb_ddl_buffer_size',
  'innodb_log_block_size',
  'innodb_log_file_size',
  'innodb_sort_buffer_size',
  'max_connect_errors',
  'max_user_connections',
  'mrr_buffer_size',
  'myisam_sort_buffer_size',
  'mysqlx_max_connections',
  'preload_buffer_size',
])

/** What the files say about the options that matter; defaults for all else. */
export interface Settings {
  readonly numberOf: (name: NumberName) => number
  readonly isLarge: boolean
  /** The line that decides; `undefined` where the files say nothing. */
  readonly lineOf: (name: NumberName | 'large_pages') => OptionLine | undefined
}

/** Of several lines for an option the last counts. */
export function settingsOf(lines: readonly OptionLine[]): {
  readonly settings: Settings
  readonly flaws: readonly LocatedFlaw[]
  /** Options that the server goes on without, in a sentence. */
  readonly remarks: readonly string[]
} {
  const deciding = new Map(lines.map((line) => [line.name, line]))
  const settings: Settings = {
    numberOf: (name) => readSuffixedSize(deciding.get(name)?.value ?? '') ?? usual[name],
    isLarge: isOn(deciding.get('large_pages')),
    lineOf: (name) => deciding.get(name),
  }
  const unknown = unknownIn(lines)
  const ignored = unknown.filter(({ line }) => line.isLoose).map(({ line }) => line)
  return {
    settings,
    flaws: [
      ...unknown.filter(({ line }) => !line.isLoose).map(flawOfUnknown),
      ...Object.keys(usual).flatMap((name) => flawOfNumber(name, deciding.get(name))),
    ],
    remarks:
      ignored.length === 0
        ? []
        : [`Ignored by a server that has no such option: ${ignored.map(shown).join(', ')}.`],
  }
}

interface Unknown {
  readonly line: OptionLine
  readonly near: string
}

/** Names that are near to one that is used; a name with a dot is of a key cache or a component. */
function unknownIn(lines: readonly OptionLine[]): readonly Unknown[] {
  const names = [...new Set(lines.map(({ name }) => name))].filter((name) => !name.includes('.'))
  const meant = new Map(names.map((name) => [name, nearTo(name)]))
  return lines.flatMap((line) => {
    const near = meant.get(line.name)
    return near === undefined ? [] : [{ line, near }]
  })
}

function nearTo(name: string): string | undefined {
  const [, word, rest] = /^((?:skip|disable|enable)_)(.+)$/.exec(name) ?? []
  if (rest === undefined) return misspelt(name, usedNames, others)
  const near = misspelt(rest, ['large_pages'], others)
  return near === undefined ? undefined : `${word}${near}`
}

/**
 * EXIT_UNKNOWN_VARIABLE of mysys/my_getopt.cc. MariaDB takes the beginning of a name for the whole
 * where no other name begins so; findopt() of MySQL 8.0 does not.
 */
function flawOfUnknown({ line, near }: Unknown): LocatedFlaw {
  const { name, written, nameSpot: spot } = line
  const expected = near.startsWith(name)
    ? 'the whole name of an option; MySQL does not start with its beginning'
    : 'the name of an option; the server does not start with this one'
  return flawOfName({ written, spot, near }, 'mysqld has no option', expected)
}

function shown({ written, nameSpot }: OptionLine): string {
  return `${written} (${placeOf(nameSpot)})`
}

function flawOfNumber(name: string, line: OptionLine | undefined): readonly LocatedFlaw[] {
  if (line === undefined || readSuffixedSize(line.value ?? '') !== undefined) return []
  const value = line.value ?? ''
  const meant = /^(\d+\s*[kmgt])i?b$/i.exec(value)?.[1]
  return [
    {
      message: `\`${value}\` is no number for \`${name}\``,
      expected: 'a whole number, with K, M, G or T where it is a size: 16G',
      ...(meant === undefined ? {} : { suggestion: `did you mean \`${meant}\`?` }),
      spot: line.valueSpot,
    },
  ]
}

function isOn(line: OptionLine | undefined): boolean {
  return line !== undefined && /^(on|true|1)$/i.test(line.value ?? '1')
}
