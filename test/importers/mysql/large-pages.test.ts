import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, partsOf, placesOf } from '../folders.ts'

const importing = (options: string, release?: string) =>
  importMysql('my.cnf', libraryOf({ 'my.cnf': `[mysqld]\n${options.replaceAll(' ', '\n')}\n` }), {
    memory: '128 GB',
    ...(release === undefined ? {} : { release }),
  })

function poolOf(options: string, release?: string) {
  const imported = importing(options, release)
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  const { scenario, notes, opening } = partsOf(imported.annotated)
  const noteOf = (path: string) => notes.find((one) => one.path.join('.') === path)?.text
  const region = scenario.regions?.['buffer-pool']
  return {
    region,
    call: noteOf('regions.buffer-pool.backing'),
    size: noteOf('regions.buffer-pool.size'),
    guess: scenario.assumed?.['regions.buffer-pool.backing'],
    maps: scenario.groups['mysqld']?.maps,
    opening: opening.join('\n'),
  }
}

const large = 'innodb_buffer_pool_size=8G large_pages'

describe('large pages', () => {
  it('are a SysV segment where the server calls shmget', () => {
    for (const release of ['5.5', '5.7', '8.0.11', '8.0.22', '10.4', '10.1']) {
      const { region, call, guess } = poolOf(large, release)
      expect(region, release).toMatchObject({
        backing: 'sysv-shm',
        pageSize: '2 MiB',
        fallback: 'base-pages',
        size: '8 GiB',
      })
      expect([call, guess]).toEqual(['shmget(SHM_HUGETLB)', undefined])
    }
  })

  it('are private memory where the server calls mmap, and where nobody says the release', () => {
    const releases = [
      '8.0',
      '8.0.30',
      '8.4.3',
      '9.7',
      '10.5',
      '10.5.3',
      '10.6',
      '11.8.6',
      undefined,
    ]
    for (const release of releases) {
      const { region, call, guess } = poolOf(large, release)
      expect(region, release).toMatchObject({
        backing: 'anonymous',
        pageSize: '2 MiB',
        fallback: 'base-pages',
        size: '8 GiB',
      })
      expect([call, guess]).toEqual(['mmap(MAP_HUGETLB)', undefined])
    }
  })

  it('are an estimate where it is not known which call the server uses', () => {
    const known = (release: string) => {
      const { region, call, guess } = poolOf(large, release)
      return [region?.backing, call, guess?.replace(/;.* that uses/, ' …')]
    }
    const since = 'mmap is uncertain, and 8.0.28 is assumed'
    for (const release of ['8.0.23', '8.0.27']) {
      const guess = `estimated: shmget(SHM_HUGETLB) … ${since}`
      expect(known(release), release).toEqual(['sysv-shm', undefined, guess])
    }
    for (const release of ['8.0.28', '8.0.29']) {
      const guess = `estimated: mmap(MAP_HUGETLB) … ${since}`
      expect(known(release), release).toEqual(['anonymous', undefined, guess])
    }
    expect(known('10.5.2')[2]).toContain('10.5.3 is assumed')
  })

  it('are no matter without the option', () => {
    for (const release of ['5.7', '8.0.27', '11.8']) {
      const { region, call, guess } = poolOf('innodb_buffer_pool_size=8G', release)
      expect(region).toMatchObject({ size: '8 GiB', backing: 'anonymous' })
      expect(region).not.toHaveProperty('pageSize')
      expect([call, guess]).toEqual([undefined, undefined])
    }
  })
})

describe('what the pool may grow to', () => {
  const most = 'innodb_buffer_pool_size_max=16G'

  it('is on huge pages from the start, of which the server touches the pool', () => {
    for (const release of ['10.11.12', '11.4.10', '11.8.6', '12.3.1']) {
      const { region, size, maps, opening } = poolOf(`${large} ${most}`, release)
      expect(region?.size, release).toBe('16 GiB')
      expect(maps?.[0]).toEqual({ region: 'buffer-pool', touched: { first: '8 GiB' } })
      expect(size).toBe(
        'innodb_buffer_pool_size = 8G (my.cnf:2), and all up to innodb_buffer_pool_size_max = 16G (my.cnf:4), on huge pages from the start',
      )
      expect(opening).not.toContain('Not looked at')
    }
  })

  it('is no more than the pool where it is less, and whole extents in any case', () => {
    const { region, size, maps } = poolOf(
      'innodb_buffer_pool_size=5001M large_pages innodb_buffer_pool_size_max=4G',
      '11.8.6',
    )
    expect(region?.size).toBe('5008 MiB')
    expect(size).toBe('innodb_buffer_pool_size = 5001M (my.cnf:2), in whole extents of 8.0 MiB')
    expect(maps?.[0]).toEqual({ region: 'buffer-pool' })
    expect(poolOf('innodb_buffer_pool_size=5001M large_pages', '10.6').region?.size).toBe('5 GiB')
  })

  it('takes addresses alone without large pages, which is said', () => {
    const { region, opening } = poolOf(`innodb_buffer_pool_size=8G ${most}`, '11.8')
    expect(region?.size).toBe('8 GiB')
    expect(opening).toContain(
      'Not counted: addresses up to innodb_buffer_pool_size_max (my.cnf:3), which take no memory until the pool grows.',
    )
  })

  it('is not looked at for servers without it, which is said', () => {
    for (const release of ['8.0', '10.6', '11.4.5', undefined]) {
      const { region, opening } = poolOf(`${large} ${most}`, release)
      expect(region?.size, release).toBe('8 GiB')
      expect(opening).toContain('Ignored: innodb_buffer_pool_size_max (my.cnf:4), which MariaDB')
    }
  })

  it('is the pool itself on huge pages since it is 8 TiB by default, whatever the files say', () => {
    const isIgnored = (options: string, release: string) => {
      const { region, opening } = poolOf(options, release)
      return region?.size === '8 GiB' && opening.includes('maps only the buffer pool')
    }
    for (const release of ['10.11.17', '11.4.11', '11.8.7', '11.8', '12.3.2', '13.0']) {
      expect(isIgnored(`${large} ${most}`, release), release).toBe(true)
      expect(isIgnored(large, release)).toBe(false)
    }
    for (const release of ['10.11.16', '11.4.10', '11.8.6', '12.1', '12.3.1']) {
      expect(isIgnored(`${large} ${most}`, release), release).toBe(false)
    }
  })

  it('may be 3 huge pages beyond the pool, by the address that the server gets', () => {
    const isSaid = (options: string, release: string) =>
      poolOf(options, release).opening.includes('Not counted: up to 3 more huge pages.')
    expect([isSaid(large, '10.11.19'), isSaid(large, '11.8.6')]).toEqual([true, true])
    expect([isSaid(large, '10.6'), isSaid('innodb_buffer_pool_size=8G', '11.8')]).toEqual([
      false,
      false,
    ])
  })

  it('is an error that is shown where it stands', () => {
    expect(placesOf(importing(`${large} innodb_buffer_pool_size_max=7P`, '11.8.6'))).toEqual([
      'my.cnf:4:29: the buffer pool exceeds 4 PiB',
    ])
    expect(placesOf(importing(`${large} innodb_buffer_pool_size_max=lots`, '11.8'))).toEqual([
      'my.cnf:4:29: `lots` is not a number for `innodb_buffer_pool_size_max`',
    ])
  })
})
