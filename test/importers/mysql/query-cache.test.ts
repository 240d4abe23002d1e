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
  const { scenario, opening } = partsOf(imported.annotated)
  return {
    reason: scenario.assumed?.['groups.mysqld.private'] ?? '',
    opening: opening.join('\n'),
  }
}

const cache = 'query_cache_size=2G'

describe('the query cache', () => {
  it('is memory of the server, by its release and type', () => {
    const isCounted = (options: string, release?: string) =>
      madeOf(options, release).reason.includes('2.0 GiB of it for query_cache_size = 2G (my.cnf:2)')
    for (const type of ['1', 'ON', 'DEMAND', '2']) {
      expect(isCounted(`${cache} query_cache_type=${type}`, '5.7'), type).toBe(true)
    }
    for (const type of ['0', 'OFF', 'off']) {
      expect(isCounted(`${cache} query_cache_type=${type}`, '5.7'), type).toBe(false)
      expect(isCounted(`${cache} query_cache_type=${type}`, '10.11'), type).toBe(true)
    }
    expect([isCounted(cache, '5.5'), isCounted(cache, '5.7')]).toEqual([true, false])
    expect([isCounted(cache, '11.8'), isCounted(cache)]).toEqual([true, true])
  })

  it('is named where the server makes none', () => {
    expect(madeOf(`${cache} query_cache_type=0`, '5.7').opening).toContain(
      'Not allocated: query_cache_size (my.cnf:2), because query_cache_type = 0 (my.cnf:3).',
    )
    expect(madeOf(cache, '5.6').opening).toContain("the server's default since MySQL 5.6.8")
  })

  it('is no option of MySQL 8.0, which does not start with it', () => {
    expect(placesOf(importing(`${cache} query_cache_type=1`, '8.0.36'))).toEqual([
      'my.cnf:2:1: mysqld has no option `query_cache_size` since 8.0',
      'my.cnf:3:1: mysqld has no option `query_cache_type` since 8.0',
    ])
    expect(madeOf(`loose_${cache}`, '8.0').reason).not.toContain('query_cache')
  })
})
