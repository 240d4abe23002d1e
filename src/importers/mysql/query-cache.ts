import { formatBytes } from '../../units/format.ts'
import { placeText } from '../place.ts'
import type { Servers } from './servers.ts'
import { isSince } from './servers.ts'
import type { Settings } from './settings.ts'

/** The query cache of a server: MySQL has one up to 5.7. */
export interface QueryCache {
  readonly bytes: number
  /** `query_cache_size = 2G (my.cnf:5)`; absent: no file asks for one. */
  readonly text?: string
}

/**
 * What the server allocates when it starts. MySQL makes none where query_cache_type is 0, its default
 * since 5.6.8; MariaDB makes it in any case: VmData of a server 10.11.19 grew by all of it.
 */
export function queryCacheOf(settings: Settings): QueryCache {
  const { numberOf, lineOf, servers } = settings
  const line = lineOf('query_cache_size')
  const bytes = numberOf('query_cache_size')
  if (line === undefined || bytes === 0 || isWithout(servers)) return { bytes: 0 }
  const text = `${line.written} = ${line.value ?? ''} (${placeText(line.nameSpot)})`
  return isOff(settings) ? { bytes: 0 } : { bytes, text: `${formatBytes(bytes)} of it for ${text}` }
}

/** Said where the files ask for one and the server makes none. */
export function remarksOnQueryCache(settings: Settings): readonly string[] {
  const line = settings.lineOf('query_cache_size')
  if (line === undefined || isWithout(settings.servers) || !isOff(settings)) return []
  const type = settings.lineOf('query_cache_type')
  const why =
    type === undefined
      ? "query_cache_type is OFF, the server's default since MySQL 5.6.8"
      : `${type.written} = ${type.value ?? ''} (${placeText(type.nameSpot)})`
  return [`Not allocated: ${line.written} (${placeText(line.nameSpot)}), because ${why}.`]
}

function isWithout({ isMysqlPossible, release }: Servers): boolean {
  return isMysqlPossible && release !== undefined && isSince(release, '8.0')
}

function isOff({ lineOf, servers }: Settings): boolean {
  if (!servers.isMysqlPossible) return false
  const line = lineOf('query_cache_type')
  if (line !== undefined) return /^(0|off|false)$/i.test(line.value ?? '1')
  const { release, isAssumed } = servers
  return release !== undefined && isAssumed !== true && isSince(release, '5.6.8')
}
