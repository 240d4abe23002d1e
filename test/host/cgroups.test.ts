import { expect, test } from 'vitest'
import { gib, mib, planned, strategy } from '../build.ts'

test('pmd tables that hugetlb links are charged to the cgroup of the first that fills them', () => {
  const pageBytes = 2 * mib
  const result = planned({
    host: { hugepages: [{ pageBytes, count: 1024 }], cgroups: { a: gib, b: gib } },
    regions: { sga: { size: 2 * gib, backing: 'memfd', pageBytes } },
    groups: {
      first: { processes: 5, cgroup: 'a', maps: [{ region: 'sga' }] },
      second: { processes: 5, cgroup: 'b', maps: [{ region: 'sga' }] },
    },
  })
  const { cgroups } = strategy(result, 'as-described').risk
  // A pud table and a pgd for each process; two pmd tables once.
  expect(cgroups.map(({ demandBytes }) => demandBytes)).toEqual([(5 * 2 + 2) * 4096, 5 * 2 * 4096])
})
