import { describe, expect, it } from 'vitest'
import { cpuTime } from '../../cpu-time.ts'
import { fixture, importedAs, kindOf, madeOf, sizeSource, wrongIn } from '../imported.ts'

describe('ALTER SYSTEM statements', () => {
  it('of pgtune are settings of the release that it was asked for', () => {
    expect(kindOf('pgtune.sql')).toBe('alter-system')
    const made = madeOf('alter-system', fixture('pgtune.sql'))
    expect(made.scenario.name).toBe('PostgreSQL 16')
    expect(made.scenario.groups['backends']?.processes).toBe(300)
    expect(sizeSource(made)).toContain('shared_buffers = 16GB (f:9)')
    expect(sizeSource(made)).toContain('pg_stat_statements')
    // RESET takes huge_pages = on back.
    expect(made.scenario.regions?.['shared-memory']?.fallback).toBe('base-pages')
    expect(made.opening).toContain('Other statements of the script are ignored: 1.')
  })

  it('take values with = or TO, with and without quotes', () => {
    const text = `alter system set "max_connections" to 50; ALTER SYSTEM SET shared_buffers = E'1''GB'`
    expect(wrongIn('alter-system', text)).toEqual(["f:1:77: PostgreSQL has no unit `'GB`"])
    const { scenario } = madeOf('alter-system', 'ALTER SYSTEM SET max_connections TO 50')
    expect(scenario.groups['backends']?.processes).toBe(50)
  })

  it('that are not complete are refused with their place', () => {
    expect(wrongIn('alter-system', 'SELECT 1;\nALTER SYSTEM SET work_mem;\n')).toEqual([
      'f:2:18: this is no complete ALTER SYSTEM statement',
    ])
    expect(wrongIn('alter-system', 'ALTER SYSTEM')).toHaveLength(1)
    expect(wrongIn('alter-system', "ALTER SYSTEM SET work_mem = '4")).toHaveLength(1)
  })

  it.each([
    ['quotes', "'".repeat(400_001)],
    ['comments', '/*'.repeat(200_000)],
    ['words', 'ALTER SYSTEM SET a = b;'.repeat(20_000)],
    ['blanks', ' '.repeat(400_000)],
  ])('a script of %s takes no time', (_, text) => {
    const before = cpuTime()
    importedAs('alter-system', text)
    expect(cpuTime() - before).toBeLessThan(5000)
  })
})
