import { describe, expect, it } from 'vitest'
import { fixture, kindOf, madeOf, wrongIn } from '../imported.ts'

describe('variables that a MySQL server printed', () => {
  it.each([
    ['mysql-variables.txt', 'MySQL', 'f:4'],
    ['mysql-variables.tsv', 'MySQL', 'f:1'],
    ['mysql-variables-vertical.txt', 'MariaDB', 'f:2'],
  ])('%s is recognised, and says the server and the pool', (name, server, place) => {
    expect(kindOf(name)).toBe('mysql-variables')
    const { scenario, sources } = madeOf('mysql-variables', fixture(name))
    expect(scenario.name).toBe(server)
    expect(scenario.regions?.['buffer-pool']?.size).toBe('8 GiB')
    expect(scenario.groups['mysqld']?.threads).toBe(400)
    expect(sources.get('regions.buffer-pool.size')).toContain(place)
  })

  it('variables that mean nothing here are passed over, however they are called', () => {
    const text = 'Variable_name,Value\nmax_connections,7\ninnodb_buffer_pool_sise,1\n__proto__,1\n'
    expect(madeOf('mysql-variables', text).scenario.groups['mysqld']?.threads).toBe(7)
    expect(wrongIn('mysql-variables', 'Variable_name,Value\n__proto__,1\n')).toEqual([
      'f:1:1: no row of a table has the name and the value of a variable',
    ])
  })
})
