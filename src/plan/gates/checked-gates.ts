import { bytes } from '../../units/quantity.ts'
import type { Gates } from '../../workload/gates.ts'

/** Compared with an earlier result, page tables may not grow, unless a gate says by how much. */
export function comparedGates(gates: Gates, isCompared: boolean): Gates {
  return isCompared && gates.growth === undefined ? { ...gates, growth: [nothing] } : gates
}

/** What `check` judges by: a server that has to swap fails, unless a gate says how much memory is enough. */
export function checkedGates(gates: Gates): Gates {
  return saysEnough(gates) ? gates : { risk: 'tight', ...gates }
}

const nothing = { kind: 'bytes', bytes: bytes(0) } as const

/** Findings and growth do not say that the memory is enough. */
function saysEnough({ risk, headroom, pageTables }: Gates): boolean {
  return risk !== undefined || headroom !== undefined || pageTables !== undefined
}
