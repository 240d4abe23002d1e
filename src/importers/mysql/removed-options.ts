import type { LocatedFlaw } from '../../scenario/yaml/yaml-tree.ts'
import { placeText } from '../place.ts'
import type { Group } from './groups.ts'
import { nameMariaDb } from './groups.ts'
import type { OptionLine } from './option-file.ts'
import type { Servers } from './servers.ts'
import { isSince, serversOf } from './servers.ts'

/**
 * Options that MySQL has no more, by the newest series that has them: Reference Manuals 5.6, 5.7 and
 * 8.0, "Server and Status Variables and Options Added, Deprecated, or Removed". MySQL up to 5.6 reads
 * `myisam_recover` as the beginning of a name.
 */
const removed: Readonly<Record<string, readonly string[]>> = {
  '5.7': [
    'query_cache_limit',
    'query_cache_min_res_unit',
    'query_cache_size',
    'query_cache_type',
    'query_cache_wlock_invalidate',
    'ignore_builtin_innodb',
    'innodb_file_format',
    'innodb_file_format_check',
    'innodb_file_format_max',
    'innodb_large_prefix',
    'innodb_locks_unsafe_for_binlog',
    'innodb_stats_sample_pages',
    'innodb_support_xa',
    'innodb_undo_logs',
    'log_warnings',
    'max_tmp_tables',
    'metadata_locks_cache_size',
    'metadata_locks_hash_instances',
    'multi_range_count',
    'old_passwords',
    'secure_auth',
    'show_compatibility_56',
    'sync_frm',
    'tx_isolation',
    'tx_read_only',
  ],
  '5.6': [
    'innodb_additional_mem_pool_size',
    'innodb_mirrored_log_groups',
    'innodb_use_sys_malloc',
    'myisam_recover',
    'storage_engine',
    'thread_concurrency',
  ],
  '5.5': ['engine_condition_pushdown', 'log_slow_queries', 'rpl_recovery_rank', 'table_cache'],
}
const newestOf: ReadonlyMap<string, string> = new Map(
  Object.entries(removed).flatMap(([series, names]) =>
    names.map((name) => [name, series] as const),
  ),
)

/** The release whose rules apply, if the options tell it and the user does not. */
export interface AssumedRelease {
  readonly release: string
  /** Why it is that one, in sentences. */
  readonly reason: readonly string[]
}

/** MariaDB's newest series with long-term support that was measured; it has these options. */
const mariaSeries = '11.8'

/**
 * The release that the files suggest: that of the groups, or the newest server that has
 * all options; `undefined` where MySQL 8.0 has them, and no group is of another server.
 * @param series that of the groups which are read, where they name one.
 */
export function releaseByFiles(
  lines: readonly OptionLine[],
  groups: readonly Group[],
  series: string | undefined,
): AssumedRelease | undefined {
  const old = lines.filter(({ name, isLoose }) => !isLoose && newestOf.has(name))
  const [oldest] = old.map(({ name }) => newestOf.get(name) ?? '').toSorted()
  if (oldest === undefined) return releaseByGroups(groups, series)
  const listed = [
    ...new Set(old.map(({ written, nameSpot }) => `${written} (${placeText(nameSpot)})`)),
  ]
  const before = `Not options of MySQL 8.0: ${listed.slice(0, 5).join(', ')}${listed.length > 5 ? ' and others' : ''}.`
  if (nameMariaDb(groups)) {
    const release = mariaReleaseOf(series)
    return { release, reason: [before, taken(`MariaDB ${release}`)] }
  }
  const isNamed = series !== undefined && isSince(oldest, series)
  const release = isNamed ? series : oldest
  const why = isNamed ? 'which has them' : 'the newest that has them'
  return { release, reason: [before, taken(`MySQL ${release}, ${why}`)] }
}

function releaseByGroups(
  groups: readonly Group[],
  series: string | undefined,
): AssumedRelease | undefined {
  const maria = groups.find(({ reader, name }) => reader === 'maria' && name.startsWith('mariadb'))
  if (maria !== undefined) {
    const release = mariaReleaseOf(series)
    const before = `MariaDB alone reads [${maria.name}] (${placeText(maria.spot)}).`
    return { release, reason: [before, taken(`MariaDB ${release}`)] }
  }
  if (series === undefined || series === usualSeries) return undefined
  return { release: series, reason: [taken(`${series}, the series of the groups`)] }
}

/** Its rules are taken where nothing says another release. */
const usualSeries = '8.0'

function mariaReleaseOf(series: string | undefined): string {
  return series === undefined || serversOf(series).isMysqlPossible ? mariaSeries : series
}

function taken(server: string): string {
  return `Assuming sizes and defaults of ${server} (override with --release).`
}

/** Lines that a server of that release does not start with. */
export function removedIn(
  lines: readonly OptionLine[],
  { release, isMariaPossible }: Servers,
): readonly LocatedFlaw[] {
  if (release === undefined || isMariaPossible) return []
  return lines.flatMap(({ name, written, isLoose, nameSpot }) => {
    const newest = newestOf.get(name)
    if (newest === undefined || isLoose || !isSince(release, after[newest] ?? '5.6')) return []
    return [
      {
        message: `mysqld has no option \`${written}\` since ${after[newest]}`,
        expected: `an option of MySQL ${release}; it does not start with this one`,
        spot: nameSpot,
      },
    ]
  })
}

const after: Readonly<Record<string, string>> = { '5.7': '8.0', '5.6': '5.7', '5.5': '5.6' }
