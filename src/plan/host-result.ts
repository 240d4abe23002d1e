import { writeKernel } from '../units/kernel-version.ts'
import type { Host } from '../workload/workload.ts'
import type { HostResult } from './result.ts'

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
