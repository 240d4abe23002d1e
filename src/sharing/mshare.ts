import type { Workload } from '../workload/workload.ts'
import { shareRegions } from './mshare-regions.ts'
import type { Arranged } from './strategy.ts'

/** Every region that can be shared through mshare, marked or not. Proposed: in no released kernel. */
export function mshare(workload: Workload): Arranged {
  const shared = shareRegions(workload, () => true)
  const { applies, obstacles } = shared
  if (applies) return shared
  // What is refused for no other reason is mapped by groups without a process.
  const refused = new Set(obstacles.map(({ region }) => region))
  const idle = workload.regions.filter(({ name }) => !refused.has(name))
  return {
    ...shared,
    obstacles: [
      ...obstacles,
      ...idle.map(({ name }) => ({ kind: 'not-mapped', region: name }) as const),
    ],
  }
}
