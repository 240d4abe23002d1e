import { describe, expect, test } from 'vitest'
import { readScenario } from '../../../../src/scenario/read-scenario.ts'

const head = `version: 1
host: { memory: 64 GB }
regions:
  sga: { size: 4 GB }
  sga2: { size: 4 GB, mshare: true }
groups:
  clients: { processes: 4, maps: [{ region: sga }] }
  idle: { processes: 0 }
timeline:
`

/** Line of the step, and what is wrong with it. */
function issuesOf(steps: string): readonly string[] {
  const reading = readScenario(head + steps, 't.yaml')
  if (reading.ok) return []
  return reading.issues.map(
    ({ line, message, suggestion }) =>
      `${line - 9}: ${message}${suggestion ? ` (${suggestion})` : ''}`,
  )
}

test('reads what happens in the order in which it is written', () => {
  const text = `${head}  - { name: morning, stop: { clients: 1 }, start: { clients: 2 }, unlink: [sga] }\n`
  const reading = readScenario(text, 't.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  expect(reading.workload.timeline).toEqual([
    {
      name: 'morning',
      actions: [
        { kind: 'stop', group: 'clients', processes: 1 },
        { kind: 'start', group: 'clients', processes: 2 },
        { kind: 'unlink', region: 'sga' },
      ],
    },
  ])
})

describe('says what is wrong, and where', () => {
  test.each([
    ['  - start: { client: 1 }', '1: no group is called `client` (did you mean `clients`?)'],
    ['  - stop: { clients: 5 }', '1: 5 of `clients` cannot end: 4 run'],
    ['  - stop: { idle: 1 }', '1: 1 of `idle` cannot end: none of them runs'],
    [
      '  - crash: { clients: 4 }\n  - crash: { clients: 1 }',
      '2: 1 of `clients` cannot end: none of them runs',
    ],
    ['  - start: { clients: 0 }', '1: 0 is too small'],
    [
      '  - fork: { idle: { into: clients, processes: 1 } }',
      '1: no process of `idle` runs that could fork',
    ],
    ['  - fork: { clients: { into: nobody, processes: 1 } }', '1: no group is called `nobody`'],
    [
      '  - touch: { clients: { sga: { first: 5 GB } } }',
      '1: `5 GB` reaches past the mapping: 1310720 pages of 1048576',
    ],
    ['  - touch: { idle: { sga: all } }', '1: group `idle` does not map `sga`'],
    [
      '  - unmap: { clients: { sga: { offset: 3 GB, length: 2 GB } } }',
      '1: this range ends past its mapping',
    ],
    [
      '  - dontneed: { clients: { sga: { offset: 1 KB } } }',
      '1: not a multiple of the page size, 4 KiB',
    ],
    [
      '  - unlink: sga\n  - attach: sga',
      '2: `sga` was unlinked: no process can attach it any more',
    ],
    ['  - unlink: sga\n  - unlink: sga', '2: `sga` was unlinked before'],
    ['  - create: sga\n  - create: sga', '2: `sga` exists already'],
    ['  - close: sga', '1: `sga` is not shared through mshare'],
    ['  - pool: { 3 MiB: 4 }', '1: x86-64 has no huge pages of 3 MiB'],
    [
      '  - set: { groups.client.private: 1 MB }',
      '1: `groups` has no `client` (did you mean `groups.clients.private`?)',
    ],
    ['  - set: { host.memory: 64 }', '1: sizes need a unit'],
    [
      '  - set: { "groups.clients.maps[1].touched": 40% }',
      '1: `groups.clients.maps` has 1 item (to add one, set `groups.clients.maps[1]` to all of it: `{ region: … }`)',
    ],
    ['  - set: { host.layout: x86-64-5level }', '1: a step cannot set `host.layout`'],
    ['  - set: { host.kernel: "6.1" }', '1: a step cannot set `host.kernel`'],
    ['  - set: { host.pti: true }', '1: a step cannot set `host.pti`'],
    ['  - set: { host.hugepageSizes: [2 MiB] }', '1: a step cannot set `host.hugepageSizes`'],
    ['  - set: { mshare.revision: rfc-2022 }', '1: a step cannot set `mshare`'],
    ['  - set: { gates.risk: safe }', '1: a step cannot set `gates`'],
    ['  - set: { name: x }', '1: a step cannot set `name`'],
    ['  - set: { host: { memory: 1 GB } }', '1: a step cannot set `host`'],
    [
      '  - set: { regions.sga.backing: memfd }',
      '1: `backing` of `sga` cannot change while it exists',
    ],
    ['  - { name: nothing }', '1: this step does nothing'],
    ['  - begin: { clients: 1 }', '1: unknown key `begin`'],
  ])('%s', (steps, issue) => {
    const found = issuesOf(`${steps}\n`)
    expect(found.map((one) => one.slice(0, issue.length))).toEqual([issue])
  })
})

test('a value that is set holds for the steps behind it', () => {
  expect(
    issuesOf(`  - set: { regions.sga.size: 8 GB, groups.clients.processes: 9 }
  - { touch: { clients: { sga: { first: 5 GB } } }, stop: { clients: 9 } }
`),
  ).toEqual([])
})

test('names from outside are only names', () => {
  expect(issuesOf('  - start: { __proto__: 1, constructor: 2 }\n')).toEqual([
    '1: no group is called `__proto__`',
    '1: no group is called `constructor`',
  ])
})

test('a step that does nothing is told all that a step can do', () => {
  const expectedOf = (step: string): string => {
    const reading = readScenario(`${head}  - { ${step} }\n`, 't.yaml')
    return reading.ok ? '' : (reading.issues[0]?.expected ?? '')
  }
  const keysIn = (text: string): readonly string[] =>
    [...text.matchAll(/`(\w+)`/g)].map(([, key = '']) => key).toSorted()
  const known = keysIn(expectedOf('begin: 1')).filter((key) => key !== 'name')
  expect(known).toContain('close')
  expect(keysIn(expectedOf('name: nothing'))).toEqual(known)
})

test('a region that lost its name may be made of something else', () => {
  const steps = ['unlink: sga', 'set: { regions.sga.backing: memfd }', 'create: sga']
  expect(issuesOf(steps.map((one) => `  - { ${one} }\n`).join(''))).toEqual([])
})

test.each([
  'host.memory: 8 GB',
  'host.swap: 1 GB',
  'host.cgroups: { a: { limit: 1 GB } }',
  'regions.sga.locked: true',
  'groups.clients.oomScoreAdj: 4',
])('a running machine can change %s', (set) => {
  expect(issuesOf(`  - set: { ${set} }\n`)).toEqual([])
})
