import { describe, expect, it } from 'vitest'
import { fixture, kindOf, madeOf, sizeSource, wrongIn } from '../imported.ts'

describe('the configuration of Patroni', () => {
  it('local parameters outrank the dynamic ones, but for those that Patroni controls', () => {
    expect(kindOf('patroni.yml')).toBe('patroni')
    const made = madeOf('patroni', fixture('patroni.yml'))
    expect(sizeSource(made)).toContain('shared_buffers = 16GB (f:22)')
    expect(made.scenario.groups['backends']?.processes).toBe(600)
    expect(made.sources.get('groups.backends.processes')).toBe('max_connections = 600 (f:11)')
    expect(made.opening.join('\n')).toContain('max_connections (f:23)')
  })

  it('the release is in the folder of the programs', () => {
    expect(madeOf('patroni', fixture('patroni.yml')).scenario.name).toBe('PostgreSQL 16')
    const { scenario } = madeOf('patroni', fixture('patroni.yml'), { release: '15' })
    expect(scenario.name).toBe('PostgreSQL 15')
  })

  it('what show-config prints is the dynamic configuration, where max_connections counts', () => {
    expect(kindOf('show-config.yml')).toBe('patroni')
    const made = madeOf('patroni', fixture('show-config.yml'))
    expect(made.scenario.groups['backends']?.processes).toBe(600)
    expect(made.opening.join('\n')).toContain('local parameters of a node may outrank it')
  })

  it('without max_connections Patroni itself says 100, which is assumed', () => {
    const { assumed, scenario } = madeOf(
      'patroni',
      'scope: a\npostgresql:\n  parameters:\n    work_mem: 8MB\n',
    )
    expect(scenario.groups['backends']?.processes).toBe(100)
    expect(assumed['groups.backends.processes']).toBe("max_connections = 100 (Patroni's default)")
  })

  it('a parameter without a value is that of nobody, and a mapping is none', () => {
    const text = 'postgresql:\n  parameters:\n    shared_buffers:\n    work_mem: { a: 1 }\n'
    expect(wrongIn('patroni', text)).toEqual(['f:4:15: `work_mem` has no value of its own'])
    expect(wrongIn('patroni', 'postgresql:\n  parameters: 7\n')).toEqual([
      'f:2:15: parameters are a mapping of names to values',
    ])
  })
})
