import { formatBytes } from '../../units/format.ts'
import { kib } from '../files/memory-text.ts'
import type { Observation } from '../machine/observation.ts'

/** More swap than /proc/meminfo says there is, and why. */
export interface SwapInUse {
  readonly kib: number
  readonly why: string
}

/**
 * The swap that the captured processes use, where that is more than SwapTotal: the machine must have at
 * least as much. Pages that several processes have swapped out since fork() count in each, here as
 * in their private memory.
 */
export function swapBeyondTotal({ files, processes }: Observation): SwapInUse | undefined {
  const total = kib(files.get('proc/meminfo') ?? '', 'SwapTotal') ?? 0
  const used = processes.reduce(
    (sum, { status, space }) => sum + (status.swap ?? space?.privateSwap ?? 0),
    0,
  )
  if (used <= total) return undefined
  const [there, shown] = [used, total].map((kibytes) => formatBytes(kibytes * 1024))
  return { kib: used, why: `the captured processes have ${there} in swap; SwapTotal is ${shown}` }
}
