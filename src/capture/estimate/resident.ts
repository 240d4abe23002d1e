import { heldKib } from '../files/memory-text.ts'
import type { Observation, SeenProcess } from '../machine/observation.ts'

/** All shmem of the machine, in KiB. */
export function shmemKib({ files }: Observation): number {
  return heldKib(files.get('proc/meminfo') ?? '', 'Shmem') ?? 0
}

/**
 * Memory of its own in KiB, without what is swapped out: of what forked processes have in common
 * each its share.
 */
export function anonymousOf({ status, space }: SeenProcess): number | undefined {
  const all = status.rssAnon ?? (space?.counted === true ? space.anonymous : undefined)
  return all === undefined ? undefined : Math.max(0, all - (space?.copied ?? 0))
}
