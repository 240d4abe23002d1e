import { describe, expect, test } from 'vitest'
import { findLayout } from '../../../src/geometry/catalogue.ts'
import { plan } from '../../../src/plan/plan.ts'
import { gib, kib, mib, nth, planned, workload } from '../../build.ts'
import { advised, linesOf, lkml } from './advised.ts'

describe('the machine', () => {
  test('without pages of 1 GiB is advised none, and their strategy is not possible', () => {
    const parts = lkml({ backing: 'sysv-shm' })
    const result = planned({ ...parts, host: { memory: 512 * gib, hugepageSizes: [2 * mib] } })
    expect(advised(result, 'huge-pages').largerPages).toEqual([])
    expect(result.strategies.find(({ id }) => id === 'hugetlb-1g')).toEqual({
      id: 'hugetlb-1g',
      kind: 'hugetlb',
      pageBytes: gib,
      status: 'mainline',
      applies: false,
      obstacles: [{ kind: 'page-size', region: 'sga', need: '1 GiB', found: '2 MiB' }],
    })
  })

  test('with 1 GiB pages alone takes those, from the boot line', () => {
    const parts = lkml({ backing: 'sysv-shm', program: 'oracle' })
    const result = planned({ ...parts, host: { memory: 512 * gib, hugepageSizes: [gib] } })
    const huge = advised(result, 'huge-pages')
    expect(huge).toMatchObject({ id: 'hugetlb-1g', efforts: ['reboot', 'restart'] })
    expect(linesOf(huge, 'pool-at-boot')).toEqual(['hugepagesz=1G hugepages=300'])
    expect(linesOf(huge, 'default-page-size')).toEqual(['default_hugepagesz=1G'])
    expect(huge.settings.flatMap(({ lines }) => lines).join()).not.toContain('vm.nr_hugepages')
  })

  test('where the default huge page is 512 MiB, vm.nr_hugepages is about that', () => {
    const layout = findLayout('arm64-64k-48')
    if (layout === undefined) throw new RangeError('no such layout')
    const result = planned({
      ...lkml({ backing: 'sysv-shm' }),
      host: { memory: 512 * gib, layout },
    })
    expect(linesOf(advised(result, 'huge-pages'), 'pool')).toEqual(['vm.nr_hugepages = 600'])
  })

  test('NUMA nodes share the pages, exactly, the first the odd one', () => {
    const result = plan(workload(lkml({ size: 300 * gib + 2 * mib, backing: 'memfd' })), {
      name: 'test',
      numaNodes: 2,
    })
    const huge = advised(result, 'huge-pages')
    expect(nth(huge.pools, 0).nodePages).toEqual([76_801, 76_800])
    expect(linesOf(huge, 'pool-at-boot')).toEqual(['hugepagesz=2M hugepages=0:76801,1:76800'])
    expect(linesOf(huge, 'pool-by-node')).toContain(
      'echo 76801 > /sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages',
    )
  })

  test('a container asks Kubernetes for the huge pages that its cgroup is charged for', () => {
    const parts = lkml({ backing: 'memfd' })
    const groups = { clients: { ...parts.groups?.['clients'], cgroup: 'db' } }
    const host = { memory: 512 * gib, cgroups: { db: 480 * gib } }
    const huge = advised(planned({ ...parts, groups, host }), 'huge-pages')
    expect(huge.pods).toEqual([{ cgroup: 'db', pageBytes: 2 * mib, bytes: 300 * gib }])
    expect(linesOf(huge, 'kubernetes')).toEqual(['hugepages-2Mi: 300Gi'])
  })
})

test('segments of 100 MiB + 1 KiB take whole pages each: 8 · 51, of which 7 are padding', () => {
  const result = planned({
    host: { memory: 4 * gib },
    regions: { logs: { size: 8 * (100 * mib + kib), backing: 'sysv-shm', objects: 8 } },
    groups: { readers: { processes: 500, maps: [{ region: 'logs' }] } },
  })
  const huge = advised(result, 'huge-pages')
  expect(nth(huge.pools, 0)).toMatchObject({ pages: 408, paddingPages: 7 })
})
