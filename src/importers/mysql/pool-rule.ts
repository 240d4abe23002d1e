import type { LocatedFlaw } from '../../scenario/yaml/yaml-tree.ts'
import { placeText } from '../place.ts'
import type { NumberName } from './option-names.ts'
import type { Servers } from './servers.ts'
import { isSince } from './servers.ts'
import type { Settings } from './settings.ts'

/** What a server makes its buffer pool of. */
export interface PoolRule {
  /** Of 128 MiB, of a 64th of the pool (both unless the files say), or none: any whole MiB will do. */
  readonly chunks: 'fixed' | 'of-pool' | 'none'
  /** As the files say, or else 8, or else by the processors; or always one. */
  readonly instances: 'files' | 'processors' | 'one'
}

/**
 * MySQL Reference Manual, "Configuring InnoDB Buffer Pool Size", and innodb_buffer_pool_instances of 8.4;
 * chunks came with MySQL 5.7 and MariaDB 10.2. MariaDB: MDEV-15058 left one instance, 10.8 sized chunks
 * by the pool ("InnoDB System Variables"), MDEV-29445 left none.
 */
export function poolRuleOf({ isMysqlPossible, release }: Servers): PoolRule {
  if (release === undefined) return { chunks: 'fixed', instances: 'files' }
  if (isMysqlPossible) {
    if (!isSince(release, '5.7')) return { chunks: 'none', instances: 'files' }
    return { chunks: 'fixed', instances: isSince(release, '8.4') ? 'processors' : 'files' }
  }
  if (!isSince(release, '10.2')) return { chunks: 'none', instances: 'files' }
  if (!isSince(release, '10.5')) return { chunks: 'fixed', instances: 'files' }
  if (isContiguous(release)) return { chunks: 'none', instances: 'one' }
  return { chunks: isSince(release, '10.8') ? 'of-pool' : 'fixed', instances: 'one' }
}

/** MDEV-29445 went into 10.11.12, 11.4.6 and 11.8: the pool is in one piece. */
function isContiguous(release: string): boolean {
  const isLaterOf = (series: string, patch: string) =>
    (release === series || release.startsWith(`${series}.`)) && isSince(release, patch)
  return isSince(release, '11.8') || isLaterOf('10.11', '10.11.12') || isLaterOf('11.4', '11.4.6')
}

/** The pool is one mapping, without chunks: MDEV-29445. */
export function isInOnePiece(servers: Servers): boolean {
  const { chunks, instances } = poolRuleOf(servers)
  return chunks === 'none' && instances === 'one'
}

/** Options that the server ignores, in sentences. */
export function ignoredByPool({ servers, lineOf }: Settings): readonly string[] {
  const { chunks, instances } = poolRuleOf(servers)
  const written = (name: NumberName, why: string) => {
    const line = lineOf(name)
    return line === undefined ? [] : [`${why}: ${line.written} (${placeText(line.nameSpot)}).`]
  }
  return [
    ...(instances === 'one'
      ? written(
          'innodb_buffer_pool_instances',
          'Ignored by MariaDB since 10.5, which has one instance',
        )
      : []),
    ...(chunks === 'none' && instances === 'one'
      ? written(
          'innodb_buffer_pool_chunk_size',
          'Ignored by MariaDB since 10.11.12, 11.4.6 and 11.8, which have no chunks',
        )
      : []),
  ]
}

const mib = 2 ** 20

/**
 * MariaDB 10.5 and later does not start with a pool that holds too few pages, where MySQL goes on with
 * more: servers 10.5.23 and 10.11.19, pages of 16 KiB. Of other pages this says nothing.
 */
export function tooSmall(settings: Settings): readonly LocatedFlaw[] {
  const { servers, numberOf, lineOf, hasOtherPages } = settings
  const line = lineOf('innodb_buffer_pool_size')
  const { release } = servers
  if (line === undefined || release === undefined || hasOtherPages) return []
  if (servers.isMysqlPossible || !isSince(release, '10.5')) return []
  const least = isContiguous(release) ? 6 : 5
  if (numberOf('innodb_buffer_pool_size') >= least * mib) return []
  return [
    {
      message: `\`${line.written} = ${line.value}\` is too small`,
      expected: `at least ${least}M; MariaDB ${release} does not start with less`,
      spot: line.valueSpot,
    },
  ]
}
