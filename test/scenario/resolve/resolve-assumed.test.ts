import { describe, expect, it } from 'vitest'
import { plan } from '../../../src/plan/plan.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

const text = `version: 1
name: a server
host: { memory: 16 GiB }
regions: { "shared.buffers": { size: 1 GiB } }
groups:
  backends: { processes: 100, private: 4 MB, maps: [{ region: shared.buffers, touched: 40% }] }
assumed:
  groups.backends.processes: PostgreSQL's default of max_connections
  groups.backends.maps[0].touched: a guess
  regions["shared.buffers"].size: another
`

const said = (overrides: Parameters<typeof readScenario>[2]) => {
  const read = readScenario(text, 'server.yaml', overrides)
  if (!read.ok) throw new Error(JSON.stringify(read.issues))
  return read.assumptions.filter(({ stated }) => stated)
}

describe('values that a scenario says are assumed', () => {
  it('are assumptions, as they are written, with the reason', () => {
    expect(said([])).toEqual([
      {
        path: 'groups.backends.processes',
        value: '100',
        source: "PostgreSQL's default of max_connections",
        stated: true,
      },
      { path: 'groups.backends.maps[0].touched', value: '40%', source: 'a guess', stated: true },
      { path: 'regions["shared.buffers"].size', value: '1 GiB', source: 'another', stated: true },
    ])
  })

  it('are choices once the command line has put others in their place', () => {
    const paths = (path: string, value: string) => said([{ path, value }]).map((one) => one.path)
    expect(paths('groups.backends.processes', '200')).not.toContain('groups.backends.processes')
    expect(paths('groups.backends.processes', '200')).toHaveLength(2)
    expect(paths('groups.backends.maps[0]', '{ region: shared.buffers, touched: all }')).toEqual([
      'groups.backends.processes',
      'regions["shared.buffers"].size',
    ])
  })

  it('make the lines of the budget that come from them assumed', () => {
    const lines = (overrides: Parameters<typeof readScenario>[2]) => {
      const read = readScenario(text, 'server.yaml', overrides)
      if (!read.ok) throw new Error(JSON.stringify(read.issues))
      const { strategies } = plan(read.workload, read)
      const described = strategies.find(({ id }) => id === 'as-described')
      if (!described?.applies) throw new Error('not planned')
      return described.memory.lines.find(({ name }) => name === 'private memory')?.origin
    }
    expect(lines([])).toBe('assumed')
    expect(lines([{ path: 'groups.backends.processes', value: '50' }])).toBe('given')
  })

  it('must be there', () => {
    const changed = text.replace('groups.backends.processes:', 'groups.backend.processes:')
    const wrong = `${changed}  groups.backends: not a value\n  assumed: itself\n  "a..b": no path\n`
    const read = readScenario(wrong, 'server.yaml')
    expect(read.ok ? [] : read.issues).toMatchObject([
      {
        line: 8,
        column: 3,
        message: 'no value exists at `groups.backend.processes`',
        suggestion: 'did you mean `groups.backends.processes`?',
      },
      { line: 11, message: 'no value exists at `groups.backends`' },
      { line: 12, message: 'no value exists at `assumed`' },
      { line: 13, message: 'no value exists at `a..b`' },
    ])
  })
})
