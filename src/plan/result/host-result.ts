import { writeKernel } from '../../units/kernel-version.ts'
import type { Host } from '../../workload/host.ts'

/** The machine, as far as the numbers depend on it. */
export interface HostResult {
  /** Page-table layout, `x86-64`. */
  readonly layout: string
  /** The release that is planned. */
  readonly kernel: string
  /** MemTotal. */
  readonly memoryBytes: number
  /** Swap space. */
  readonly swapBytes: number
  /** True where the PGD takes two pages. */
  readonly pti: boolean
  /** Base page. */
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
