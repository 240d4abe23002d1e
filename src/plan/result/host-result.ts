import { writeKernel } from '../../units/kernel-version.ts'
import type { Host } from '../../workload/host.ts'

/** The machine, as far as the numbers depend on it. */
export interface HostResult {
  readonly layout: string
  readonly kernel: string
  readonly memoryBytes: number
  readonly swapBytes: number
  readonly pti: boolean
  readonly pageBytes: number
}

/** The machine as results carry it. */
export function publishHost({ layout, kernel, memory, swap, pti }: Host): HostResult {
  return {
    layout: layout.id,
    kernel: writeKernel(kernel),
    memoryBytes: memory,
    swapBytes: swap,
    pti,
    pageBytes: layout.pageBytes,
  }
}
