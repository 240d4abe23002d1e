import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { planOf, vmPteOf, workloadOf } from './expected.ts'
import type { Kernel } from './kernel.ts'
import { hugetlbPool } from './menus.ts'
import { addHugePages, adviseShmem } from './settings.ts'

/** Measures a scenario file on this kernel, with the huge pages that it asks for. */
export async function replay(kernel: Kernel, path: string): Promise<void> {
  const workload = workloadOf(readFileSync(path, 'utf8'))
  const sizes = new Set(workload.regions.map(({ pageBytes }) => pageBytes / 2 ** 10))
  const changes = [
    ...(workload.regions.some(({ thp }) => thp) ? [adviseShmem()] : []),
    ...(sizes.has(2 ** 11) ? [addHugePages(2 ** 11, hugetlbPool)] : []),
    ...(sizes.has(2 ** 20) ? [addHugePages(2 ** 20, 1)] : []),
  ]
  try {
    for (const change of changes) if (!change.ok) throw new Error(change.reason)
    expect(await kernel.measure(workload), 'KB').toEqual(vmPteOf(planOf(workload)))
  } finally {
    for (const change of changes) if (change.ok) change.restore()
  }
}
