import { describe, expect, it } from 'vitest'
import { fixture, kindOf, madeOf, sizeSource, wrongIn } from '../imported.ts'

describe('settings that a PostgreSQL server printed', () => {
  it.each(['pg-settings.txt', 'pg-settings.csv', 'show-all-expanded.txt'])(
    '%s is recognised, and says the release and the sizes',
    (name) => {
      expect(kindOf(name)).toBe('pg-settings')
      const made = madeOf('pg-settings', fixture(name))
      expect(made.scenario.name).toBe('PostgreSQL 16')
      expect(made.scenario.groups['backends']?.processes).toBe(500)
      // 2,097,152 blocks of 8 kB, or 16GB: the same memory.
      expect(sizeSource(made)).toContain('shared_buffers = 16GB (f:')
      expect(made.scenario.regions?.['shared-memory']?.size).toBe('17193872 KiB')
    },
  )

  it('each value has its place', () => {
    const made = madeOf('pg-settings', fixture('pg-settings.txt'))
    expect(sizeSource(made)).toContain('max_connections = 500 (f:6)')
    expect(made.opening).toContain('The server itself reports shared_memory_size = 16784MB (f:9).')
  })

  it('a setting without a unit column counts as in the file', () => {
    const made = madeOf('pg-settings', 'name|setting\nshared_buffers|16384\nmax_connections|50\n')
    expect(sizeSource(made)).toContain('shared_buffers = 16384')
  })

  it('the number of the version says the release where the version itself is not there', () => {
    const nameBy = (number: string) =>
      madeOf('pg-settings', `name|setting\nshared_buffers|16384\nserver_version_num|${number}\n`)
        .scenario.name
    expect(nameBy('160004')).toBe('PostgreSQL 16')
    expect(nameBy('90603')).toBe('PostgreSQL 9.6')
    expect(nameBy('17beta1')).toBe('PostgreSQL')
  })

  it('-1 and a name of a fork or an extension are no mistake of the user', () => {
    const text = 'name|setting|unit\nautovacuum_work_mem|-1|kB\nshared_bufers|1|\npolar_x|1|\n'
    expect(wrongIn('pg-settings', text)).toEqual([])
  })

  it('a text without a table is refused', () => {
    expect(wrongIn('pg-settings', 'hello\n')).toEqual([
      'f:1:1: no row of a table has the name and the value of a parameter',
    ])
  })
})
