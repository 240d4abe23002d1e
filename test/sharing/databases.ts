import { count } from '../../src/units/quantity.ts'
import type { Workload } from '../../src/workload/workload.ts'
import { gib, kib, mib, workload } from '../build.ts'

/** 20 databases with 10 processes each, that map 1 GiB of their own. */
export function databases(pool: number, pageBytes: number, limit = 64 * gib): Workload {
  const one = workload({
    host: {
      memory: 64 * gib,
      hugepages: [{ pageBytes: 2 * mib, count: pool }],
      cgroups: { pod: limit },
    },
    regions: { sga: { size: gib, backing: 'sysv-shm', pageBytes, fallback: 'base-pages' } },
    groups: {
      db: { processes: 10, cgroup: 'pod', baseTables: 160 * kib, maps: [{ region: 'sga' }] },
    },
    strategies: ['as-described', 'mshare'],
  })
  const copies = count(20)
  return {
    ...one,
    regions: one.regions.map((region) => ({ ...region, copies })),
    groups: one.groups.map((group) => ({
      ...group,
      copies,
      processes: count(group.processes * 20),
    })),
  }
}
