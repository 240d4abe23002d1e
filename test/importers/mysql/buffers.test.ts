import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, placesOf } from '../folders.ts'

function scenarioOf(options: string, release?: string) {
  const text = `[mysqld]\n${options.replaceAll(' ', '\n')}\n`
  const asked = { memory: '64 GB', ...(release === undefined ? {} : { release }) }
  const imported = importMysql('my.cnf', libraryOf({ 'my.cnf': text }), asked)
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  return imported.annotated.complete()
}

const sizesOf = (options: string, release?: string) =>
  Object.entries(scenarioOf(options, release).regions ?? {}).map(([name, { size, objects }]) =>
    objects === undefined ? `${name} ${size}` : `${name} ${size} in ${objects}`,
  )

describe('buffers on huge pages', () => {
  it('are those that MariaDB asks for, in the order in which it asks', () => {
    const large = 'large_pages innodb_buffer_pool_size=2G'
    // 53 + 62 + 1024 + 2 · 8 = 1155 huge pages, which a server 10.11.19 with these settings reserved.
    const all = ['key-cache 106 MiB', 'aria-cache 124 MiB', 'buffer-pool 2 GiB']
    expect(sizesOf(large, '10.11.19')).toEqual([...all, 'log-buffers 32 MiB in 2'])
    expect(sizesOf(large, '10.4')).toEqual([
      ...all.slice(0, 2),
      'buffer-pool 2 GiB in 16',
      'buffer-pool-blocks 64 MiB in 16',
      'log-buffers 32 MiB',
    ])
  })

  it('are chunks of the pool in MySQL since 8.0, each with what it keeps about its pages', () => {
    // 137,428,992 bytes of a chunk are 66 huge pages, 64 of them for pages of the pool.
    const large = 'large_pages innodb_buffer_pool_size=4G'
    const pool = ['buffer-pool 4 GiB in 32', 'buffer-pool-blocks 128 MiB in 32']
    for (const release of ['8.0', '8.4', '9.7', '26.7.0', undefined]) {
      expect(sizesOf(large, release), release).toEqual(pool)
    }
    expect(sizesOf(large, '5.7')).toEqual(['key-cache 8 MiB', ...pool])
    expect(sizesOf(`${large} innodb_buffer_pool_instances=4`, '5.5')[1]).toBe(
      'buffer-pool 4 GiB in 4',
    )
  })

  it('are on base pages as a whole where the pool of huge pages cannot hold them', () => {
    const { regions = {} } = scenarioOf('large_pages', '10.11.19')
    for (const region of Object.values(regions)) {
      expect(region).toMatchObject({ program: 'mariadb', fallback: 'base-pages' })
    }
    expect(Object.keys(regions)).toHaveLength(4)
    // my_large_virtual_alloc() of the pool gives huge pages up for all that comes later.
    expect(regions['log-buffers']?.after).toBe('buffer-pool')
  })

  it('are none that are smaller than a huge page', () => {
    const small = 'key_buffer_size=1M aria_pagecache_buffer_size=1M innodb_log_buffer_size=1M'
    expect(sizesOf(`large_pages innodb_buffer_pool_size=8M ${small}`, '10.6')).toEqual([
      'buffer-pool 8 MiB',
    ])
  })

  it('are as large without large pages, to the byte', () => {
    expect(sizesOf('innodb_buffer_pool_size=2G', '10.11.19')).toEqual([
      'key-cache 107234 KiB',
      'aria-cache 125192 KiB',
      'buffer-pool 2 GiB',
      'log-buffers 32 MiB in 2',
    ])
  })
})

describe('buffers that have a region', () => {
  it('are not counted as private memory again', () => {
    const { groups } = scenarioOf('max_connections=10 key_buffer_size=1G', '5.7')
    // 160 + 240 MiB, 1 GiB, a log buffer of 16 MiB and 10 · 896 KiB, without 857,925 KiB of blocks.
    expect(groups['mysqld']?.private).toBe(`${(160 + 240 + 1024 + 16) * 1024 + 8960 - 857_925} KiB`)
  })

  it('are mapped by the server, after the buffer pool', () => {
    expect(scenarioOf('', '10.11.19').groups['mysqld']?.maps?.map(({ region }) => region)).toEqual([
      'buffer-pool',
      'key-cache',
      'aria-cache',
      'log-buffers',
    ])
  })
})

describe('the release in a scenario', () => {
  const releaseOf = (options: string, release?: string) => {
    const { regions, assumed } = scenarioOf(options, release)
    return [
      regions?.['buffer-pool']?.programRelease,
      assumed?.['regions.buffer-pool.programRelease'],
    ]
  }

  it('is the one whose rules were taken, an assumption where nobody says it', () => {
    expect(releaseOf('', '10.11.19')).toEqual(['10.11.19', undefined])
    expect(releaseOf('')).toEqual(['8.0', 'no --release'])
    expect(releaseOf('query_cache_size=1M')).toEqual([
      '5.7',
      'by the options and groups of the files',
    ])
  })

  it('is that of the groups: MariaDB where it alone reads one, and the series that they name', () => {
    expect(releaseOf('[mariadbd]')[0]).toBe('11.8')
    expect(releaseOf('[mariadb-10.6]\nquery_cache_size=1M')[0]).toBe('10.6')
    expect(releaseOf('[mysqld-8.4]')[0]).toBe('8.4')
    expect(releaseOf('[mysqld-5.6]\nquery_cache_size=1M')[0]).toBe('5.6')
    expect(releaseOf('[mysqld-8.0]\nquery_cache_size=1M')[0]).toBe('5.7')
    expect(releaseOf('[client-server]')[0]).toBe('8.0')
  })
})
