import type { Workload } from '../workload/workload.ts'
import { linkTables } from './linked-tables.ts'
import { ordinarySpaces, pagesAsDescribed } from './ordinary.ts'
import type { Arranged } from './strategy.ts'

/**
 * Each group becomes one process whose threads share one set of tables: what its processes drew at
 * random, each for itself, is united.
 */
export function threads(workload: Workload): Arranged {
  const spaces = ordinarySpaces(
    workload,
    // Of a group without processes there is none, and nothing to unite.
    ({ processes }) => ({ processes: Math.min(processes, 1), draws: Math.max(processes, 1) }),
    pagesAsDescribed(workload.host.layout),
  )
  return {
    workload,
    arrangement: linkTables(workload.host.layout, spaces, []),
    windows: [],
    obstacles: [],
    applies: true,
  }
}
