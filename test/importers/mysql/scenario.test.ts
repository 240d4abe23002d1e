import { describe, expect, it } from 'vitest'
import { importMysql } from '../../../src/importers/mysql/import-mysql.ts'
import { libraryOf, partsOf, placesOf } from '../folders.ts'

function made(lines: string, release: string, touched?: string) {
  const imported = importMysql('my.cnf', libraryOf({ 'my.cnf': `[mysqld]\n${lines}` }), {
    memory: '64 GB',
    release,
    ...(touched === undefined ? {} : { touched }),
  })
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  return partsOf(imported.annotated)
}

describe('the scenario of a server with threads', () => {
  it('has one process with a thread for each connection', () => {
    const { scenario } = made('max_connections=300\n', '8.0')
    expect(scenario.groups).toMatchObject({ mysqld: { processes: 1, threads: 300 } })
    expect(scenario.name).toBe('MySQL')
  })

  it('asks for huge pages in the order of the server: key cache, Aria, pool, log', () => {
    const { scenario } = made('large_pages\ninnodb_buffer_pool_size=2G\n', '10.11.19')
    expect(Object.keys(scenario.regions ?? {})).toEqual([
      'key-cache',
      'aria-cache',
      'buffer-pool',
      'log-buffers',
    ])
    // Its log is mapped only once the pool has its huge pages: my_large_virtual_alloc().
    expect(scenario.regions?.['log-buffers']?.after).toBe('buffer-pool')
  })

  it('maps the pool first, and touches of it what --touched says', () => {
    const { scenario } = made('innodb_buffer_pool_size=2G\n', '8.0', '40%')
    expect(scenario.groups['mysqld']?.maps?.[0]).toEqual({
      region: 'buffer-pool',
      touched: { random: '40%', in: '1 MiB' },
    })
  })

  it('does not touch huge pages that the pool cannot grow into', () => {
    const most = 'innodb_buffer_pool_size_max=4G\n'
    const { scenario } = made(`large_pages\ninnodb_buffer_pool_size=2G\n${most}`, '11.8.5')
    expect(scenario.regions?.['buffer-pool']?.size).toBe('4 GiB')
    expect(scenario.groups['mysqld']?.maps?.[0]?.touched).toEqual({ first: '2 GiB' })
  })
})
