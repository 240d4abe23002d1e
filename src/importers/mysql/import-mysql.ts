import type { LocatedFlaw } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, Importer, ImportOptions } from '../importer.ts'
import type { Library } from '../library.ts'
import { perhapsNotRead, withNotRead } from '../not-read.ts'
import { excess } from '../sizes.ts'
import { poolOf } from './buffer-pool.ts'
import { chooseGroups, nothingRead } from './groups.ts'
import { mostBeyond, remarksOnMost } from './large-pages.ts'
import type { Options } from './option-file.ts'
import { readOptions } from './option-file.ts'
import { optionSource, ownSpot } from './origins.ts'
import { ownMemoryOf } from './own-memory.ts'
import { ignoredByPool, tooSmall } from './pool-rule.ts'
import { remarksOnQueryCache } from './query-cache.ts'
import { releaseByFiles, removedIn } from './removed-options.ts'
import { scenarioOf } from './scenario.ts'
import { serversOf } from './servers.ts'
import type { Settings } from './settings.ts'
import { settingsOf } from './settings.ts'

export const mysql: Importer = {
  importFile: importMysql,
  fileName: /(^|[^a-z])(my|mysql|mysqld|mariadb)[^a-z]*[.](cnf|ini)$|[.]cnf$/,
  content: /^[ \t]*\[(mysqld|mariadb|server|client-server|galera)[^\]\n]*\]/m,
}

/**
 * Makes a scenario of a my.cnf. The server is one process with a thread for each connection: its
 * threads share one set of page tables already, and the scenario says so.
 */
export function importMysql(path: string, library: Library, options: ImportOptions): Imported {
  return importOptions(path, readOptions(path, library), options)
}

/** Makes a scenario of the options of a server, in whatever form they were written. */
export function importOptions(path: string, given: Options, options: ImportOptions): Imported {
  const { lines, groups, flaws, notRead, main } = given
  const { isRead, series, remarks: ofGroups } = chooseGroups(groups, options.release)
  const own = lines.filter(({ group }) => isRead(group))
  const assumed = options.release === undefined ? releaseByFiles(own, groups, series) : undefined
  const servers = {
    ...serversOf(options.release ?? assumed?.release),
    ...(assumed === undefined ? {} : ({ isAssumed: true } as const)),
  }
  const { settings, flaws: wrong, remarks } = settingsOf(own, servers)
  const all = [
    ...flaws,
    ...wrong,
    ...(assumed === undefined ? removedIn(own, servers) : []),
    ...tooSmall(settings),
    ...excesses(settings, options),
  ]
  if (all.length === 0 && !groups.some(isRead)) {
    all.push(perhapsNotRead(nothingRead(groups, options.release, main), notRead))
  }
  if (all.length > 0) return { ok: false, flaws: all }
  const sentences = [
    ...(assumed?.reason ?? []),
    ...ofGroups,
    ...remarks,
    ...ignoredByPool(settings),
    ...remarksOnMost(settings),
    ...remarksOnQueryCache(settings),
    notCounted(settings),
  ]
  return withNotRead(scenarioOf(path, settings, options, sentences), notRead)
}

/** Tables in memory grow with what clients ask for. */
function notCounted(settings: Settings): string {
  const heap = optionSource(settings, 'max_heap_table_size')
  const temporary = optionSource(settings, 'tmp_table_size')
  return `Not counted: memory tables (each up to ${heap}) and temporary tables in memory (each up to ${temporary}).`
}

/** What is too much to be told exactly. */
function excesses(settings: Settings, options: ImportOptions): readonly LocatedFlaw[] {
  const { own, each, connections } = ownMemoryOf(settings, options)
  const pool = settings.lineOf('innodb_buffer_pool_size')?.valueSpot
  const most = mostBeyond(settings, poolOf(settings, options))?.valueSpot
  return [
    ...excess('the buffer pool', settings.numberOf('innodb_buffer_pool_size'), pool),
    ...excess('the buffer pool', settings.numberOf('innodb_buffer_pool_size_max'), most),
    ...excess(
      'memory outside the buffer pool',
      own + each * connections,
      ownSpot(settings, options),
    ),
  ]
}
