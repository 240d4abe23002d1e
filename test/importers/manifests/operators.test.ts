import { describe, expect, it } from 'vitest'
import { fixture, kindOf, madeOf, sizeSource, wrongIn } from '../imported.ts'

describe('a cluster of CloudNativePG', () => {
  const made = madeOf('cloudnativepg', fixture('cloudnativepg.yaml'))

  it('is one server in a container with its limit', () => {
    expect(kindOf('cloudnativepg.yaml')).toBe('cloudnativepg')
    expect(made.scenario.host.cgroups).toEqual({ shop: { limit: '16 GiB' } })
    expect(made.scenario.groups['backends']).toMatchObject({ processes: 400, cgroup: 'shop' })
    expect(made.scenario.name).toBe('PostgreSQL 16')
    expect(made.opening.join('\n')).toContain('The cluster has 3 instances.')
  })

  it('has the huge pages of its limits: 9 GiB are 4,608', () => {
    expect(made.scenario.host.hugepages).toEqual({ '2 MiB': 4608 })
    expect(made.scenario.regions?.['shared-memory']?.fallback).toBe('fail')
  })

  it('has the defaults of the operator, which are assumed', () => {
    // max_worker_processes = 32 and max_parallel_workers = 32: 32 + 4 − 4, at most 32.
    expect(made.scenario.groups['background-workers']?.processes).toBe(32)
    expect(made.assumed['groups.background-workers.processes']).toContain(
      "max_worker_processes = 32 (CloudNativePG's default)",
    )
    expect(sizeSource(made)).toContain('pg_stat_statements')
  })

  it('can be planned several times on a host', () => {
    const two = madeOf('cloudnativepg', fixture('cloudnativepg.yaml'), { instances: 2 })
    expect(two.opening.join('\n')).not.toContain('3 instances')
  })
})

describe('a cluster of Zalando', () => {
  it('has the settings of Spilo, by the memory of the container', () => {
    expect(kindOf('zalando.yaml')).toBe('zalando')
    const made = madeOf('zalando', fixture('zalando.yaml'))
    // A fifth of 10 GiB.
    expect(sizeSource(made)).toContain("shared_buffers = 2048MB (Spilo's default for limits.memory")
    expect(made.scenario.groups['backends']?.processes).toBe(300)
    expect(made.scenario.groups['autovacuum-workers']?.processes).toBe(5)
    expect(made.scenario.host.cgroups).toEqual({ 'acid-shop': { limit: '10 GiB' } })
  })

  it('without huge pages in its limits is on base pages', () => {
    const { scenario, assumed } = madeOf('zalando', fixture('zalando.yaml'))
    expect(scenario.regions?.['shared-memory']).toMatchObject({ pageSize: '4 KiB' })
    expect(assumed['regions.shared-memory.pageSize']).toContain('Kubernetes lets it use none')
  })
})

describe('a cluster of PGO', () => {
  it('has the parameters of its Patroni', () => {
    expect(kindOf('pgo.yaml')).toBe('crunchy')
    const { scenario } = madeOf('crunchy', fixture('pgo.yaml'))
    expect(scenario.groups['backends']).toMatchObject({ processes: 250, cgroup: 'shop' })
    expect(scenario.host.cgroups).toEqual({ shop: { limit: '8 GiB' } })
  })
})

describe('objects that are refused', () => {
  const head = 'apiVersion: acid.zalan.do/v1\nkind: postgresql\n'

  it('have an amount that is none', () => {
    const text = `${head}spec: { resources: { limits: { memory: lots } } }\n`
    expect(wrongIn('zalando', text)).toEqual(['f:3:40: `lots` is no amount of memory'])
  })

  it('are several of one kind', () => {
    expect(wrongIn('zalando', `${head}---\n${head}`)).toEqual([
      'f:4:1: the file has 2 objects of kind postgresql',
    ])
  })

  it('have a limit that no host has', () => {
    const text = `${head}spec: { resources: { limits: { memory: 9999Pi } } }\n`
    expect(wrongIn('zalando', text)).toEqual(['f:3:40: `9999Pi` is no amount of memory'])
  })
})
