import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, partsOf, placesOf } from '../folders.ts'

const importing = (options: string, release?: string, group = 'mysqld') =>
  importMysql('my.cnf', libraryOf({ 'my.cnf': `[${group}]\n${options.replaceAll(' ', '\n')}\n` }), {
    memory: '8 GB',
    ...(release === undefined ? {} : { release }),
  })

function madeOf(options: string, release?: string, group?: string) {
  const imported = importing(options, release, group)
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  return { opening: partsOf(imported.annotated).opening.join('\n') }
}

const cache = 'query_cache_size=2G'

describe('options that MySQL 8.0 no longer has', () => {
  it('say that the server is another one, the newest that has them', () => {
    expect(madeOf('query-cache-limit=1M').opening).toContain(
      'Not options of MySQL 8.0: query-cache-limit (my.cnf:2).\nAssuming sizes and defaults of MySQL 5.7, the newest that has them (override with --release).',
    )
    for (const option of ['innodb_additional_mem_pool_size=8M', 'myisam-recover=FORCE']) {
      expect(madeOf(`${cache} ${option}`).opening, option).toContain('defaults of MySQL 5.6,')
    }
    expect(madeOf('query_cache_size=1M', undefined, 'mariadb').opening).toContain(
      'defaults of MariaDB 11.8 (override with --release).',
    )
  })

  it('are no hint where the user says the release, or the server may ignore them', () => {
    expect(madeOf(cache, '5.6').opening).not.toContain('Assuming')
    expect(madeOf('loose_query_cache_limit=1M').opening).toContain('assuming MySQL 8.0 ')
  })
})

it('options of another release keep a server from starting', () => {
  expect(placesOf(importing('query_cache_limit=1M', '8.0'))).toEqual([
    expect.stringContaining('my.cnf:2:1: '),
  ])
  expect(placesOf(importing('query_cache_limit=1M', '5.7'))).toEqual([])
  expect(placesOf(importing('query_cache_limit=1M', '10.11'))).toEqual([])
})
