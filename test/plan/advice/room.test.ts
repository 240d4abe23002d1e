import { describe, expect, test } from 'vitest'
import { gib, lkmlServer, mib, planned, strategy } from '../../build.ts'
import { advised, idsOf, linesOf, reasonFor } from './advised.ts'

describe('what is safe only with more room', () => {
  test('a cgroup gets the least limit of which a tenth is left: ⌈10/9 of its demand⌉', () => {
    const result = planned({
      host: { memory: 64 * gib, cgroups: { small: 4 * gib } },
      groups: { workers: { processes: 10, private: 450 * mib, cgroup: 'small' } },
    })
    const { cgroups } = advised(result, 'cgroup-limit')
    const [{ safeBytes = 0 } = {}] = cgroups
    const at = (limit: number) =>
      strategy(
        planned({
          host: { memory: 64 * gib, cgroups: { small: limit } },
          groups: { workers: { processes: 10, private: 450 * mib, cgroup: 'small' } },
        }),
        'as-described',
      ).risk.level
    expect([at(safeBytes), at(safeBytes - 2 * 4096)]).toEqual(['safe', 'tight'])
    expect(safeBytes / gib).toBeCloseTo((4500 / 1024 / 9) * 10, 4)
  })

  test('huge pages that help without being enough come first, and the rest is built on them', () => {
    // 150 MiB each make 220 GiB: with the SGA and no page tables still more than is safe.
    const parts = lkmlServer(1500, {}, { program: 'oracle', backing: 'sysv-shm' })
    const groups = { clients: { ...parts.groups?.['clients'], private: 150 * mib } }
    const result = planned({ ...parts, groups })
    const pooler = advised(result, 'pooler')
    expect(idsOf(result)).toEqual(['pooler', 'memory'])
    expect(reasonFor(result, 'hugetlb-2m')).toBe('not-enough')
    expect(pooler.onHugePages?.regions).toMatchObject([{ name: 'sga', pages: 153_600 }])
    expect(pooler.safeProcesses).toBeGreaterThan(270)
    expect(linesOf(pooler, 'pool')).toEqual(['vm.nr_hugepages = 153600'])
    expect(advised(result, 'memory').safeBytes).toBeLessThan(640 * gib)
  })
})
