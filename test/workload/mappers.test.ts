import { describe, expect, test } from 'vitest'
import { isMapped, mappersOf } from '../../src/workload/mappers.ts'
import { workload } from '../build.ts'

const twoMiB = 2 ** 21
const shared = workload({
  regions: { pool: { size: twoMiB }, log: { size: twoMiB }, alone: { size: twoMiB } },
  groups: {
    clients: { maps: [{ region: 'log' }, { region: 'pool' }] },
    idle: { processes: 0, maps: [{ region: 'pool' }, { region: 'pool' }] },
  },
})

describe('mappings of a region', () => {
  test('are in file order, with their group and place, also where no process runs', () => {
    const places = mappersOf(shared, 'pool').map(({ group, map }) => [group, map])
    expect(places).toEqual([
      [0, 1],
      [1, 0],
      [1, 1],
    ])
    expect(mappersOf(shared, 'pool')[0]?.mapping).toBe(shared.groups[0]?.maps[1])
  })

  test('are none where nothing maps it', () => {
    expect(mappersOf(shared, 'alone')).toEqual([])
  })

  test('count where a process runs', () => {
    const idle = { groups: shared.groups.slice(1) }
    expect([isMapped(shared, 'pool'), isMapped(idle, 'pool')]).toEqual([true, false])
    expect(isMapped(shared, 'alone')).toBe(false)
  })

  test('follow a change of the groups', () => {
    const fewer = { ...shared, groups: shared.groups.slice(1) }
    expect(mappersOf(fewer, 'pool').map(({ group }) => group)).toEqual([0, 0])
    expect(mappersOf(fewer, 'log')).toEqual([])
  })
})
