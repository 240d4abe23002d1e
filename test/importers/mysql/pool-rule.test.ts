import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { isInOnePiece, poolRuleOf } from '../../../src/importers/mysql/pool-rule.ts'
import { serversOf } from '../../../src/importers/mysql/servers.ts'
import { libraryOf, placesOf } from '../folders.ts'

const importing = (lines: string, release: string) =>
  importMysql('my.cnf', libraryOf({ 'my.cnf': `[mysqld]\n${lines}` }), { memory: '8 GB', release })

describe('a buffer pool is made of', () => {
  it.each([
    ['5.6', 'none', 'files'],
    ['5.7', 'fixed', 'files'],
    ['8.0', 'fixed', 'files'],
    ['8.4', 'fixed', 'processors'],
    ['10.1', 'none', 'files'],
    ['10.4', 'fixed', 'files'],
    ['10.6', 'fixed', 'one'],
    ['10.11.11', 'of-pool', 'one'],
    ['10.11.12', 'none', 'one'],
    ['11.4.5', 'of-pool', 'one'],
    ['11.8', 'none', 'one'],
  ] as const)('what release %s has: %s chunks, %s instances', (release, chunks, instances) => {
    expect(poolRuleOf(serversOf(release))).toEqual({ chunks, instances })
  })

  it('one piece since MDEV-29445', () => {
    const whole = ['10.11.12', '11.4.6', '11.8', '12.3'].map((one) => isInOnePiece(serversOf(one)))
    const parts = ['10.1', '10.11.11', '8.4'].map((one) => isInOnePiece(serversOf(one)))
    expect([whole, parts]).toEqual([
      [true, true, true, true],
      [false, false, false],
    ])
  })
})

it('settings of a pool that MariaDB ignores are listed', () => {
  const lines = 'innodb_buffer_pool_instances=16\ninnodb-buffer-pool-chunk-size=256M\n'
  const headerOf = (release: string) => {
    const imported = importing(lines, release)
    return imported.ok ? imported.annotated.headerComment : placesOf(imported)
  }
  expect(headerOf('11.4')).toEqual(
    expect.arrayContaining([
      'Ignored by MariaDB since 10.5, which has one instance: innodb_buffer_pool_instances (my.cnf:2).',
      'Ignored by MariaDB since 10.11.12, 11.4.6 and 11.8, which have no chunks: innodb-buffer-pool-chunk-size (my.cnf:3).',
    ]),
  )
  expect(headerOf('8.0').join()).not.toContain('Ignored by')
})

describe('a pool that is too small', () => {
  it('keeps MariaDB from starting: below 5 MiB, and 6 MiB in one piece', () => {
    const small = 'my.cnf:2:25: `innodb_buffer_pool_size = 2M` is too small'
    for (const release of ['10.5.23', '10.11.19', '11.8']) {
      expect(placesOf(importing('innodb_buffer_pool_size=2M\n', release))).toEqual([small])
    }
    expect(placesOf(importing('innodb_buffer_pool_size=5M\n', '10.5'))).toEqual([])
    expect(placesOf(importing('innodb_buffer_pool_size=5M\n', '10.11'))).toHaveLength(1)
    expect(placesOf(importing('innodb_buffer_pool_size=6M\n', '10.11'))).toEqual([])
    const pages = 'innodb_buffer_pool_size=3M\ninnodb_page_size=4K\n'
    expect(placesOf(importing(pages, '10.11'))).toEqual([])
  })
})
