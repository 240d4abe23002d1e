import { describe, expect, it } from 'vitest'
import { fixture, kindOf, madeOf, sizeSource, wrongIn } from '../imported.ts'

describe('a service of Compose', () => {
  it('of PostgreSQL has what its command sets, and its limit', () => {
    expect(kindOf('docker-compose.yml')).toBe('compose')
    const made = madeOf('compose', fixture('docker-compose.yml'))
    expect(made.scenario.name).toBe('PostgreSQL 16')
    expect(sizeSource(made)).toContain('shared_buffers = 4GB (f:14)')
    expect(made.scenario.groups['backends']).toMatchObject({ processes: 250, cgroup: 'db' })
    expect(made.scenario.host.cgroups).toEqual({ db: { limit: '12 GiB' } })
    // Docker hides no huge pages from a container.
    expect(made.scenario.regions?.['shared-memory']?.fallback).toBe('base-pages')
  })

  it('of MySQL likewise', () => {
    expect(kindOf('compose-mysql.yaml')).toBe('compose')
    const { scenario } = madeOf('compose', fixture('compose-mysql.yaml'))
    expect(scenario.regions?.['buffer-pool']).toMatchObject({
      size: '4 GiB',
      programRelease: '8.0.36',
    })
    expect(scenario.groups['mysqld']).toMatchObject({ threads: 300, cgroup: 'db' })
    expect(scenario.host.cgroups).toEqual({ db: { limit: '8 GiB' } })
  })

  it('has variables of an image that writes them into its configuration', () => {
    const text =
      'services:\n  db:\n    image: bitnami/postgresql:16\n    environment: [POSTGRESQL_MAX_CONNECTIONS=70]\n'
    expect(madeOf('compose', text).scenario.groups['backends']?.processes).toBe(70)
    const map = text.replace(
      '[POSTGRESQL_MAX_CONNECTIONS=70]',
      '{ POSTGRESQL_MAX_CONNECTIONS: 80 }',
    )
    expect(madeOf('compose', map).scenario.groups['backends']?.processes).toBe(80)
  })

  it('is one: several databases, or none, are refused', () => {
    const two = 'services:\n  a: { image: postgres }\n  b: { image: mysql }\n'
    expect(wrongIn('compose', two)).toEqual(['f:3:6: several services are databases: `a`, `b`'])
    expect(wrongIn('compose', 'services:\n  a: { image: nginx }\n')).toEqual([
      'f:1:1: no service is a database that is known',
    ])
    expect(wrongIn('compose', 'services: 7\n')).toHaveLength(1)
  })

  it('with a limit that is none is refused', () => {
    const text = 'services:\n  a: { image: postgres, mem_limit: much }\n'
    expect(wrongIn('compose', text)).toEqual(['f:2:36: `much` is no amount of memory'])
  })
})
