import { describe, expect, test } from 'vitest'
import { timeline } from '../../../src/plan/timeline/timeline.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { Workload } from '../../../src/workload/workload.ts'
import { gib, kib, mib } from '../../build.ts'

const none = { touched: 'none' }

/** Groups without tables or memory of their own: what is left is that of the regions, and a PGD each. */
const idle = { baseTables: '0 B', kernelMemory: '0 B' }

interface Parts {
  readonly kernel?: string
  readonly regions: object
  readonly groups: Readonly<Record<string, object>>
  readonly timeline: readonly object[]
  readonly host?: object
  readonly mshare?: object
}

function workloadOf({ kernel = '6.18', host = {}, groups, ...parts }: Parts): Workload {
  const scenario = {
    version: 1,
    host: { memory: '1 TiB', kernel, ...host },
    groups: Object.fromEntries(
      Object.entries(groups).map(([name, group]) => [name, { ...idle, ...group }]),
    ),
    ...parts,
  }
  const reading = readScenario(JSON.stringify(scenario), 'test.json')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return reading.workload
}

/** Tables of the regions after each step, in KiB: without the PGD of each process. */
function tablesOf(parts: Parts): readonly number[] {
  const { steps, strategies } = timeline(workloadOf(parts), { name: 'test' }, ['as-described'])
  return (strategies[0]?.steps ?? []).map(
    ({ pageTables }, step) =>
      (pageTables?.bytes ?? Number.NaN) / kib - 4 * (steps[step]?.processes ?? 0),
  )
}

function consequencesOf(parts: Parts): readonly (readonly string[])[] {
  const { steps } = timeline(workloadOf(parts), { name: 'test' }, ['as-described'])
  return steps.map(({ consequences }) => consequences.map(({ kind }) => kind))
}

/** A whole GiB: 512 pte tables, one pmd and one pud. */
const ofGib = 514 * 4

describe('fork', () => {
  const parts = {
    regions: {
      shared: { size: '1 GiB' },
      own: { size: '1 GiB', backing: 'anonymous' },
    },
    groups: {
      parent: { processes: 1, maps: [{ region: 'shared' }, { region: 'own' }] },
      children: { processes: 0, maps: [{ region: 'shared' }, { region: 'own' }] },
    },
  }
  const both = ofGib + 513 * 4

  test('copies the tables of private memory, and shared memory faults again', () => {
    const timeline = [
      { fork: { parent: { into: 'children', processes: 2 } } },
      { touch: { children: { shared: { first: '512 MiB' } } } },
    ]
    // A child has the tables of its own GiB; then 256 pte tables and a pmd more.
    expect(tablesOf({ ...parts, timeline })).toEqual([
      both,
      both + 2 * ofGib,
      both + 2 * (ofGib + 257 * 4),
    ])
  })

  test('copies empty tables too', () => {
    const timeline = [
      { dontneed: { parent: { own: 'all' } } },
      { fork: { parent: { into: 'children', processes: 1 } } },
    ]
    // On 6.1 all tables stay and are copied; on 6.18 only the pmd and the pud stay.
    expect(tablesOf({ ...parts, kernel: '6.1', timeline })).toEqual([both, both, both + ofGib])
    expect(tablesOf({ ...parts, timeline })).toEqual([both, both - 2048, both - 2048 + 8])
  })

  test('copies nothing of private memory that was only read', () => {
    const maps = [{ region: 'own', access: 'ro' }]
    const groups = { parent: { processes: 1, maps }, children: { processes: 0, maps } }
    const timeline = [{ fork: { parent: { into: 'children', processes: 1 } } }]
    expect(tablesOf({ ...parts, groups, timeline })).toEqual([ofGib, ofGib])
  })

  test('copies shared hugetlb up to Linux 5.19', () => {
    const regions = { pool: { size: '512 MiB', backing: 'memfd', pageSize: '2 MiB' } }
    const maps = [{ region: 'pool' }]
    const groups = { parent: { processes: 1, maps }, children: { processes: 0, maps } }
    const timeline = [{ fork: { parent: { into: 'children', processes: 1 } } }]
    const host = { hugepages: { '2 MiB': 256 } }
    expect(tablesOf({ regions, groups, timeline, host, kernel: '5.19' })).toEqual([8, 16])
    expect(tablesOf({ regions, groups, timeline, host, kernel: '6.0' })).toEqual([8, 8])
  })
})

describe('unmapping', () => {
  const groups = {
    servers: {
      processes: 1,
      maps: [
        { region: 'large', at: '0x400000000000' },
        { region: 'small', at: '0x400040000000', ...none },
      ],
    },
  }
  const regions = { large: { size: '1 GiB' }, small: { size: '4 KiB' } }

  test('frees what no neighbour reaches; a neighbour keeps tables that it never touched', () => {
    const timeline = [
      { unmap: { servers: { large: { offset: '512 MiB' } } } },
      { unmap: { servers: { large: 'all' } } },
      { unmap: { servers: { small: 'all' } } },
    ]
    // 256 pte tables go; then all but the pud, which `small` is in; then that.
    expect(tablesOf({ regions, groups, timeline })).toEqual([ofGib, ofGib - 1024, 4, 0])
  })

  test('leaves an empty table where half of its span is still mapped', () => {
    const timeline = [
      { unmap: { servers: { large: { offset: '1 MiB' } } } },
      { dontneed: { servers: { large: 'all' } } },
    ]
    expect(tablesOf({ regions, groups, timeline })).toEqual([ofGib, 12, 12])
  })

  test('and mapping again starts from nothing', () => {
    const timeline = [{ unmap: { servers: { large: 'all', small: 'all' } } }, { attach: 'large' }]
    expect(tablesOf({ regions, groups, timeline })).toEqual([ofGib, 0, ofGib])
  })
})

describe('shared memory', () => {
  const parts = {
    regions: { sga: { size: '1 GiB' } },
    groups: { clients: { processes: 4, maps: [{ region: 'sga' }] } },
  }

  test('stays when the processes that touched it have ended, until it has no name', () => {
    const steps = [{ stop: { clients: 4 } }, { unlink: 'sga' }]
    const { strategies } = timeline(workloadOf({ ...parts, timeline: steps }), { name: 'test' }, [
      'as-described',
    ])
    const demands = strategies[0]?.steps.map(({ demandBytes }) => demandBytes)
    expect(demands).toEqual([gib + 4 * (ofGib + 4) * kib, gib, 0])
  })

  test('that is unlinked lives as long as a process maps it', () => {
    const steps = [{ unlink: 'sga' }, { stop: { clients: 3 } }, { stop: { clients: 1 } }]
    expect(tablesOf({ ...parts, timeline: steps })).toEqual([4 * ofGib, 4 * ofGib, ofGib, 0])
    expect(consequencesOf({ ...parts, timeline: steps })).toEqual([
      [],
      ['region-kept'],
      [],
      ['region-gone'],
    ])
  })

  test('that is unlinked is not mapped by a process that starts then', () => {
    const steps = [{ unlink: 'sga' }, { start: { clients: 2 } }]
    expect(tablesOf({ ...parts, timeline: steps })).toEqual([4 * ofGib, 4 * ofGib, 4 * ofGib])
    expect(consequencesOf({ ...parts, timeline: steps }).at(-1)).toEqual(['without-region'])
  })

  test('that is created anew is other memory', () => {
    const steps = [
      { unlink: 'sga' },
      { create: 'sga' },
      { attach: 'sga' },
      { stop: { clients: 4 } },
    ]
    expect(tablesOf({ ...parts, timeline: steps })).toEqual([
      ...[4 * ofGib, 4 * ofGib, 4 * ofGib],
      4 * (ofGib + 513 * 4),
      0,
    ])
  })

  test('does not exist before it is created, and running processes do not have it then', () => {
    const steps = [{ create: 'sga' }, { start: { clients: 1 } }, { attach: 'sga' }]
    expect(tablesOf({ ...parts, timeline: steps })).toEqual([0, 0, ofGib, 5 * ofGib])
  })
})

describe('mshare', () => {
  const parts = {
    regions: { sga: { size: '1 GiB', mshare: { owner: 'creator' } } },
    groups: {
      creator: { processes: 1, maps: [{ region: 'sga', ...none }] },
      clients: { processes: 2, maps: [{ region: 'sga', touched: { first: '512 MiB' } }] },
    },
  }
  // Once: 256 pte tables, a pmd, a pud and the PGD of the host address space.
  const half = 259 * 4

  test('tables exist once, and stay when those who touched them have ended', () => {
    const timeline = [{ stop: { clients: 2 } }, { start: { clients: 1 } }]
    expect(tablesOf({ ...parts, timeline })).toEqual([half, half, half])
  })

  test('v3: with its owner the region goes for all', () => {
    const timeline = [{ stop: { creator: 1 } }, { create: 'sga' }, { attach: { clients: 'sga' } }]
    expect(tablesOf({ ...parts, timeline })).toEqual([half, 0, 0, half])
    expect(consequencesOf({ ...parts, timeline })[1]).toEqual(['region-lost'])
  })

  test('v3: when its owner closes the descriptor too', () => {
    expect(tablesOf({ ...parts, timeline: [{ close: 'sga' }] })).toEqual([half, 0])
  })

  test('rfc-2022: it has no owner, and goes with its name and the last process', () => {
    const mshare = { revision: 'rfc-2022' }
    const timeline = [
      { stop: { creator: 1 } },
      { close: 'sga' },
      { unlink: 'sga' },
      { stop: { clients: 2 } },
    ]
    expect(tablesOf({ ...parts, mshare, timeline })).toEqual([half, half, half, half, 0])
  })

  test('any order of unlink and exit leaves no table', () => {
    const ends = [{ unlink: 'sga' }, { stop: { clients: 2 } }, { stop: { creator: 1 } }]
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 1, 0],
      [2, 0, 1],
    ]
    for (const revision of ['v3-2025', 'rfc-2022'] as const) {
      for (const order of orders) {
        // v3: after its owner the region has no name to unlink.
        const isGone = revision === 'v3-2025' && order.indexOf(2) < order.indexOf(0)
        const steps = order.filter((one) => !(isGone && one === 0)).map((one) => ends[one] ?? {})
        const tables = tablesOf({ ...parts, mshare: { revision }, timeline: steps })
        expect(tables.at(-1), `${revision} ${order.join()}`).toBe(0)
      }
    }
  })
})

describe('a pool', () => {
  const regions = {
    buffers: { size: '1 GiB', backing: 'memfd', pageSize: '2 MiB', fallback: 'base-pages' },
  }
  const groups = { servers: { processes: 1, maps: [{ region: 'buffers' }] } }

  test('that is raised helps a server only when it starts again', () => {
    const host = { hugepages: { '2 MiB': 100 } }
    const timeline = [
      { pool: { '2 MiB': 512 } },
      { stop: { servers: 1 } },
      { start: { servers: 1 } },
    ]
    expect(tablesOf({ regions, groups, host, timeline })).toEqual([ofGib, ofGib, 0, 8])
    expect(consequencesOf({ regions, groups, host, timeline })[1]).toEqual(['on-base-pages'])
  })

  test('keeps the pages that are in use', () => {
    const host = { hugepages: { '2 MiB': 512 } }
    const timeline = [{ pool: { '2 MiB': 0 } }]
    expect(tablesOf({ regions, groups, host, timeline })).toEqual([8, 8])
    expect(consequencesOf({ regions, groups, host, timeline })[1]).toEqual(['pool-in-use'])
  })
})

test('a value that is set changes running processes too', () => {
  const parts = {
    regions: { sga: { size: '1 GiB' } },
    groups: { clients: { processes: 2, maps: [{ region: 'sga' }] } },
  }
  const timeline = [
    { set: { 'regions.sga.size': '512 MiB' } },
    { set: { 'groups.clients.processes': 3 } },
  ]
  expect(tablesOf({ ...parts, timeline })).toEqual([2 * ofGib, 2 * 258 * 4, 3 * 258 * 4])
})

test('swapped-out or discarded private memory is no demand, and its tables are', () => {
  const regions = { heap: { size: '1 GiB', backing: 'anonymous' } }
  const groups = { java: { processes: 1, maps: [{ region: 'heap' }] } }
  const steps = [{ dontneed: { java: { heap: { length: '1 MiB' } } } }]
  const { strategies } = timeline(
    workloadOf({ regions, groups, timeline: steps }),
    { name: 'test' },
    ['as-described'],
  )
  const [before, after] = strategies[0]?.steps ?? []
  expect((before?.demandBytes ?? 0) - (after?.demandBytes ?? 0)).toBe(mib)
  expect(after?.pageTables?.bytes).toBe(before?.pageTables?.bytes)
})
