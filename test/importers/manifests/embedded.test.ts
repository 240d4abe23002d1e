import { describe, expect, it } from 'vitest'
import { fixture, kindOf, madeOf, sizeSource, wrongIn } from '../imported.ts'

describe('a configuration in a manifest', () => {
  it('of a ConfigMap keeps the lines and columns of the file', () => {
    expect(kindOf('configmap.yaml')).toBe('configmap')
    const alone = fixture('configmap.yaml').replace("    include_dir 'conf.d'\n", '')
    const { scenario, sources } = madeOf('configmap', alone)
    expect(scenario.groups['backends']?.processes).toBe(150)
    expect(sources.get('groups.backends.processes')).toBe('max_connections = 150 (f:11)')
    const wrong = alone.replace('= 150', '= many')
    expect(wrongIn('configmap', wrong)[0]).toBe('f:11:23: `many` is not a number')
  })

  it('of values for Helm is that of PostgreSQL, or of MySQL', () => {
    expect(kindOf('values.yaml')).toBe('helm')
    expect(sizeSource(madeOf('helm', fixture('values.yaml')))).toContain('shared_buffers = 2GB')
    const { scenario } = madeOf('helm', fixture('mysql-values.yaml'))
    expect(scenario.regions?.['buffer-pool']?.size).toBe('4 GiB')
  })

  it('of a later document is found in it', () => {
    const text = `kind: Secret\ndata: { a: b }\n---\n${fixture('configmap.yaml')}`
    const { sources } = madeOf('configmap', text.replace("    include_dir 'conf.d'\n", ''))
    expect(sources.get('groups.backends.processes')).toBe('max_connections = 150 (f:14)')
  })

  it('that is no literal block is refused, as its lines have no place', () => {
    const text = 'kind: ConfigMap\ndata:\n  postgresql.conf: "shared_buffers = 1GB"\n'
    expect(wrongIn('configmap', text)).toEqual([
      'f:3:20: this configuration is no literal block, so its lines have no place of their own',
    ])
  })

  it('that is not there is refused', () => {
    expect(wrongIn('configmap', 'kind: ConfigMap\ndata: { a: b }\n')).toEqual([
      'f:1:1: no configuration is in the file',
    ])
  })
})
