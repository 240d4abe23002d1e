import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { planOf, vmPteOf, workloadOf } from '../expected.ts'
import type { Kernel } from '../machine/kernel.ts'
import { advisedShmem, change, moreHugePages } from '../machine/settings.ts'
import { hugetlbPool } from './menus.ts'

/** Measures a scenario file on this kernel, with the huge pages that it asks for. */
export async function replay(kernel: Kernel, path: string): Promise<void> {
  const workload = workloadOf(readFileSync(path, 'utf8'))
  const sizes = new Set(workload.regions.map(({ pageBytes }) => pageBytes / 2 ** 10))
  const changed = await change(
    ...(workload.regions.some(({ thp }) => thp) ? [advisedShmem] : []),
    ...(sizes.has(2 ** 11) ? [moreHugePages(2 ** 11, hugetlbPool)] : []),
    ...(sizes.has(2 ** 20) ? [moreHugePages(2 ** 20, 1)] : []),
  )
  if (!changed.ok) throw new Error(changed.reason)
  try {
    expect(await kernel.measure(workload), 'KB').toEqual(vmPteOf(planOf(workload)))
  } finally {
    changed.restore()
  }
}
