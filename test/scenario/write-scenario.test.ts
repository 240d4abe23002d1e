import { describe, expect, it } from 'vitest'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import { writeScenario } from '../../src/scenario/write-scenario.ts'

const scenario = {
  version: 1,
  name: 'a server',
  host: { memory: '16 GiB', kernel: '6.10' },
  regions: { 'pg: # "x"\u0007\n': { size: '1 GiB', backing: 'anonymous-shared' } },
  groups: {
    postgres: {
      processes: 3,
      maps: [{ region: 'pg: # "x"\u0007\n', touched: { pages: '0,5,7-9' } }],
    },
  },
  measured: {
    pageTables: '812345 KiB',
    groups: { postgres: { processes: 3, vmPte: '2048 KiB' } },
    elsewhere: { processes: 7, vmPte: '1 MiB' },
    sources: { 'host.memory': 'MemTotal of /proc/meminfo' },
  },
} as const

describe('writing a scenario', () => {
  const text = writeScenario({
    opening: ['Captured from a machine', 'with\na new line'],
    scenario,
    notes: [
      { path: ['host', 'memory'], text: 'MemTotal\n evil: 1' },
      { path: ['groups', 'postgres'], text: 'three of them' },
      { path: ['groups', 'postgres'], text: 'all alike' },
    ],
  })

  it('reads back as it was, whatever the names are', () => {
    const read = readScenario(text, 'captured.yaml')
    if (!read.ok) throw new Error(JSON.stringify(read.issues))
    const json = readScenario(JSON.stringify(scenario), 'captured.yaml')
    expect(json.ok && json.workload).toEqual(read.workload)
    expect(read.workload.regions[0]?.name).toBe('pg: # "x"\u0007\n')
    expect(read.workload.measured).toEqual({
      pageTables: 831_841_280,
      groups: [{ name: 'postgres', processes: 3, vmPte: 2_097_152 }],
      elsewhere: { processes: 7, vmPte: 1_048_576 },
      sources: [{ path: 'host.memory', source: 'MemTotal of /proc/meminfo' }],
    })
  })

  it('puts notes behind values and above what they open, each on one line', () => {
    expect(text.split('\n').slice(0, 3)).toEqual([
      '# Captured from a machine',
      '# with a new line',
      '',
    ])
    expect(text).toContain('  memory: 16 GiB # MemTotal evil: 1\n')
    expect(text).toContain('    # three of them\n    # all alike\n    processes: 3\n')
  })

  it('has no place for a note on what is not there', () => {
    const notes = [{ path: ['host', 'swap'], text: 'none' }]
    expect(() => writeScenario({ opening: [], scenario, notes })).toThrow(RangeError)
  })

  it('measures only groups that the scenario has', () => {
    const other = {
      ...scenario,
      measured: { groups: { postgre: { processes: 1, vmPte: '4 KiB' } } },
    }
    const read = readScenario(JSON.stringify(other), 'captured.json')
    expect(
      read.ok ? [] : read.issues.map(({ message, suggestion }) => [message, suggestion]),
    ).toEqual([['no group is called `postgre`', 'did you mean `postgres`?']])
  })
})
