import { describe, expect, test } from 'vitest'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { minimal, places, read } from '../reading.ts'

describe('values of the command line', () => {
  const set = (path: string, value: string) => [{ path, value }]

  test('replace and add values', () => {
    expect(
      read(minimal, set('groups.clients.processes', '2000')).workload.groups[0]?.processes,
    ).toBe(2000)
    expect(read(minimal, set('host.thp.shmem', 'always')).workload.regions[0]?.thp).toBe(true)
    expect(
      read(minimal, set('groups["clients"].maps[0].touched', '40%')).workload.groups[0]?.maps[0]
        ?.touched,
    ).toEqual({ kind: 'random', drawn: 31_457_280 })
    expect(
      read(minimal, set('groups.clients.maps[1]', '{ region: sga }')).workload.groups[0]?.maps,
    ).toHaveLength(2)
    expect(read(minimal, set('groups.batch', '{ processes: 5 }')).workload.groups[1]?.name).toBe(
      'batch',
    )
    expect(read(minimal, set('host.kernel', '6.10')).workload.host.kernel.minor).toBe(10)
  })

  test.each([
    ['host.memory', '512', '--set:1:13 sizes need a unit: `512` has none'],
    ['host.memry', '5 GB', '--set:1:6 unknown key `memry`'],
    ['hots.memory', '5 GB', '--set:1:1 unknown key `hots`'],
    ['groups.client.processes', '5', '--set:1:8 `groups` has no `client`'],
    ['groups.batch.processes', '5', '--set:1:8 `groups` has no `batch`'],
    ['groups.clients.maps[2].region', 'sga', '--set:1:20 `groups.clients.maps` has 1 item'],
    ['groups.clients.maps.region', 'sga', '--set:1:21 `groups.clients.maps` is a list'],
    ['host[0]', '1', '--set:1:5 `host` is not a list'],
    ['host.memory.x', '1', '--set:1:13 `host.memory` is a single value'],
    ['a..b', '1', '--set:1:1 `a..b` is not a path to a key'],
    ['', '1', '--set:1:1 the path to a key is missing'],
    ['name', '', '--set:1:1 `name` has no value'],
    ['groups.clients.maps[0]', '{ region: sgaa }', '--set:1:34 no region is called `sgaa`'],
  ])('%s=%s is an issue', (path, value, expected) => {
    expect(places(minimal, set(path, value))).toEqual([expected])
  })

  test.each([
    ['groups.python3.11.processes', 'groups["python3.11"].processes'],
    ['groups.pyhton3.11.processes', 'groups["python3.11"].processes'],
    ['groups.python3.processes', 'groups["python3.11"].processes'],
    ['groups.python3.11.maps[0].region', 'groups["python3.11"].maps[0].region'],
    ['groups.a.b.c.processes', 'groups["a.b.c"].processes'],
    ['groups.jvaa.processes', 'groups.java.processes'],
  ])('name groups with dots as they must be written: %s', (path, suggestion) => {
    const text = `version: 1
host: { memory: 1 GB }
groups: { python3.11: { processes: 1 }, a.b.c: { processes: 1 }, java: { processes: 1 } }
`
    const misspelt = readScenario(text, 'f', set(path, '12'))
    expect(misspelt.ok ? [] : misspelt.issues.map((issue) => issue.suggestion)).toEqual([
      `did you mean \`${suggestion}\`?`,
    ])
    const value = path.endsWith('processes') ? '12' : 'none'
    const followed = readScenario(text, 'f', set(suggestion, value))
    expect(followed.ok || followed.issues.map(({ message }) => message)).toEqual(
      path.endsWith('processes') ? true : ['no region is called `none`'],
    )
  })

  test('of what grows have its path in quotes', () => {
    const read = readScenario(minimal, 'f', set('growth.groups.a.processes', '+4 per month'))
    expect(read.ok ? [] : read.issues.map(({ suggestion }) => suggestion)).toEqual([
      'did you mean `growth["groups.a.processes"]`?',
    ])
  })

  test('of an option of its own are shown as they were typed', () => {
    const override = { option: '--min-headroom', path: 'gates.headroom', value: '10' }
    expect(places(minimal, [override])).toEqual([
      '--min-headroom:1:1 sizes need a unit: `10` has none',
    ])
  })
})
