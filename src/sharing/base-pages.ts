import type { Workload } from '../workload/workload.ts'
import { asDescribed, onBasePages, ordinarySpaces } from './ordinary.ts'
import type { Arranged } from './strategy.ts'

/** Everything on base pages, every process its own tables: savings are measured by it. */
export function basePages(described: Workload): Arranged {
  const { pageBytes } = described.host.layout
  const regions = described.regions.map((region) => ({ ...region, pageBytes, thp: false }))
  const workload = { ...described, regions }
  const spaces = ordinarySpaces(workload, asDescribed, onBasePages)
  return {
    workload,
    arrangement: { spaces, shared: [] },
    windows: [],
    obstacles: [],
    applies: true,
  }
}
