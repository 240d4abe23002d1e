import { expect, test } from 'vitest'
import { minimal, read } from './reading.ts'

const ranges = (...pairs: readonly (readonly [number, number])[]) => ({
  kind: 'ranges',
  ranges: pairs.map(([first, length]) => ({ first, length })),
})

test('the shortest scenario is complete: everything else has a default', () => {
  const { name, workload } = read(minimal)
  expect(name).toBe('Oracle SGA of 300 GB, 1500 dedicated connections')
  expect(workload.host).toMatchObject({
    memory: 549_755_813_888,
    layout: { id: 'x86-64' },
    kernel: { major: 6, minor: 18 },
    pti: false,
    swap: 0,
    reserves: [],
    hugepages: [],
    overcommit: { mode: 'heuristic', ratio: 50 },
    thp: { anonymous: 'madvise', shmem: 'never' },
    cgroups: [],
  })
  expect(workload.host).not.toHaveProperty('minFree')
  expect(workload.regions).toEqual([
    {
      name: 'sga',
      size: 322_122_547_200,
      pages: 78_643_200,
      backing: 'posix-shm',
      pageBytes: 4096,
      thp: false,
      locked: false,
      fallback: 'fail',
      program: 'other',
      objects: 1,
    },
  ])
  expect(workload.groups).toEqual([
    {
      name: 'clients',
      processes: 1500,
      threads: 1,
      private: 6_291_456,
      lockedPrivate: 0,
      // 160 KiB, and 3 pte tables of 6 MiB of private memory.
      baseTables: 176_128,
      assumedTables: 163_840,
      kernelMemory: 49_152,
      uid: 0,
      gid: 0,
      oomScoreAdj: 0,
      shortLived: false,
      maps: [
        {
          region: 'sga',
          offset: 0,
          length: 78_643_200,
          touched: ranges([0, 78_643_200]),
          access: 'rw',
          private: false,
        },
      ],
    },
  ])
  expect(workload.mshareRevision).toBe('v3-2025')
  expect(workload.gates).toEqual({ strategy: 'as-described' })
  expect(workload).not.toHaveProperty('strategies')
})

test('every default that is used is an assumption with its path, as it would be written', () => {
  const { assumptions } = read(minimal)
  expect(assumptions.map(({ path, value }) => `${path}: ${value}`)).toEqual([
    'host.layout: x86-64',
    'host.kernel: 6.18',
    'host.pti: false',
    'host.swap: 0 B',
    'host.reserve: 0 B',
    'host.hugepages: {}',
    'host.hugepageSizes: [2 MiB, 1 GiB]',
    'host.overcommit.mode: heuristic',
    'host.overcommit.ratio: 50',
    'host.thp.anonymous: madvise',
    'host.thp.shmem: never',
    'host.cgroups: none',
    'regions.sga.pageSize: 4 KiB',
    'regions.sga.thp: false',
    'regions.sga.locked: false',
    'regions.sga.fallback: fail',
    'regions.sga.program: other',
    'regions.sga.resident: { atLeast: 0 B }',
    'regions.sga.objects: 1',
    'regions.sga.copies: 1',
    'regions.sga.mshare: false',
    'groups.clients.copies: 1',
    'groups.clients.threads: 1',
    'groups.clients.lockedPrivate: 0 B',
    'groups.clients.baseTables: 172 KiB',
    'groups.clients.kernelMemory: 48 KiB',
    'groups.clients.uid: 0',
    'groups.clients.gid: 0',
    'groups.clients.cgroup: none',
    'groups.clients.oomScoreAdj: 0',
    'groups.clients.shortLived: false',
    'groups.clients.maps[0].at: auto',
    'groups.clients.maps[0].offset: 0 B',
    'groups.clients.maps[0].length: 300 GiB',
    'groups.clients.maps[0].touched: all',
    'groups.clients.maps[0].access: rw',
    'groups.clients.maps[0].private: false',
    'mshare.revision: v3-2025',
    'strategies: all',
    'gates: none',
  ])
  for (const { source } of assumptions) expect(source).not.toBe('')
})

test('JSON says the same as YAML', () => {
  const json = JSON.stringify(
    {
      version: 1,
      name: 'Oracle SGA of 300 GB, 1500 dedicated connections',
      host: { memory: '512 GB' },
      regions: { sga: { size: '300 GB', backing: 'posix-shm' } },
      groups: { clients: { processes: 1500, private: '6 MB', maps: [{ region: 'sga' }] } },
    },
    null,
    '\t',
  )
  expect(JSON.stringify(read(json))).toBe(JSON.stringify(read(minimal)))
  expect(JSON.stringify(read(`\uFEFF${minimal.replace(/\n/g, '\r\n')}`))).toBe(
    JSON.stringify(read(minimal)),
  )
})

test('strategies keep their order; those of another layout are for the plan to refuse', () => {
  const { workload } = read(`${minimal}strategies: [mshare, hugetlb-512m, thp-32m, base-pages]\n`)
  expect(workload.strategies).toEqual(['mshare', 'hugetlb-512m', 'thp-32m', 'base-pages'])
})
