import { describe, expect, it } from 'vitest'
import { matchGroups } from '../../../src/plan/verify/match-groups.ts'
import type { GroupParts, WorkloadParts } from '../../build.ts'
import { gib, workload } from '../../build.ts'

function of(...names: readonly string[]): WorkloadParts {
  return { groups: Object.fromEntries(names.map((name): [string, GroupParts] => [name, {}])) }
}

function matched(forecast: WorkloadParts, machine: WorkloadParts) {
  return matchGroups(workload(forecast), workload(machine)).map(({ name, found, by }) => [
    name,
    by,
    ...found,
  ])
}

describe('groups of a forecast are found on a machine', () => {
  it('by the same name before anything else', () => {
    expect(matched(of('postgres', 'backends'), of('backends', 'postgres'))).toEqual([
      ['postgres', 'name', 'postgres'],
      ['backends', 'name', 'backends'],
    ])
  })

  it('by what their processes do, whatever the server is called', () => {
    const machine = of('postgres 15/main: backends', 'postgres 15/main: checkpointer')
    expect(matched(of('backends', 'postgres 16/main: checkpointer'), machine)).toEqual([
      ['backends', 'role', 'postgres 15/main: backends'],
      ['postgres 16/main: checkpointer', 'role', 'postgres 15/main: checkpointer'],
    ])
  })

  it('not by a role that two servers have, nor by that of another command', () => {
    const machine = of('postgres 15/a: backends', 'postgres 15/b: backends')
    expect(matched(of('backends'), machine)).toEqual([['backends', undefined]])
    expect(matched(of('oracle X: sessions'), of('mysqld: sessions'))).toEqual([
      ['oracle X: sessions', undefined],
    ])
  })

  it('by command: one group of a coarse forecast is all of them', () => {
    const machine = of('postgres: backends', 'postgres: checkpointer', 'sshd')
    expect(matched(of('postgres'), machine)).toEqual([
      ['postgres', 'command', 'postgres: backends', 'postgres: checkpointer'],
    ])
  })

  it('by command where the machine does not say what its processes do', () => {
    expect(matched(of('cached 2: readers'), of('cached'))).toEqual([
      ['cached 2: readers', 'command', 'cached'],
    ])
    const two = of('cached: readers', 'cached: writers')
    expect(matched(two, of('cached')).map(([, by]) => by)).toEqual([undefined, undefined])
  })

  it('by the program of the memory that they map', () => {
    const region = { size: gib, program: 'oracle' } as const
    const maps = [{ region: 'sga' }]
    const forecast = { regions: { sga: region }, groups: { clients: { maps } } }
    const machine = {
      regions: { sga: region },
      groups: { 'ora X: sessions': { maps }, sshd: {} },
    }
    expect(matched(forecast, machine)).toEqual([['clients', 'command', 'ora X: sessions']])
  })

  it('by nothing less than certain: two groups of one command stay without a match', () => {
    const region = { size: gib, program: 'oracle' } as const
    const maps = [{ region: 'sga' }]
    const forecast = { regions: { sga: region }, groups: { clients: { maps }, jobs: { maps } } }
    const machine = { regions: { sga: region }, groups: { 'ora X: sessions': { maps } } }
    expect(matched(forecast, machine)).toEqual([
      ['clients', undefined],
      ['jobs', undefined],
    ])
  })

  it('names of prototypes are names like others', () => {
    expect(matched(of('constructor'), of('postgres'))).toEqual([['constructor', undefined]])
  })
})
