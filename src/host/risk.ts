import type { RiskLevel } from '../workload/gates.ts'
import { riskLevels } from '../workload/gates.ts'

/** What a level is judged by; all in bytes, `of` being the memory or the limit. */
export interface MemoryNeed {
  readonly of: number
  readonly capacityBytes: number
  readonly demandBytes: number
  /** Page tables, kernel memory and locked memory: neither swapped nor reclaimed. */
  readonly unswappableBytes: number
  readonly swapBytes: number
}

/**
 * `safe`: at least a tenth of memory is left. `tight`: something is left. `swapping`: what is
 * missing fits in swap, and what cannot be swapped fits in memory. `oom`: otherwise.
 */
export function riskOf(need: MemoryNeed): RiskLevel {
  const { of, capacityBytes, demandBytes, unswappableBytes, swapBytes } = need
  const headroom = capacityBytes - demandBytes
  if (headroom >= 0) return headroom * 10 >= of ? 'safe' : 'tight'
  return -headroom <= swapBytes && unswappableBytes <= capacityBytes ? 'swapping' : 'oom'
}

/** The worst of some levels. */
export function worstOf(levels: readonly RiskLevel[]): RiskLevel {
  return riskLevels[Math.max(0, ...levels.map((level) => riskLevels.indexOf(level)))] ?? 'safe'
}
