import { bytes, count } from '../../units/quantity.ts'
import { copiesOf } from '../../workload/copies.ts'
import { canonicalJson } from '../../workload/identity.ts'
import type { Workload } from '../../workload/workload.ts'

/** A workload at a value of the one number in which two others differ. */
export type Between = (value: number) => Workload

/**
 * What lies between two readings of a scenario that differ in one number only. The number is the
 * one that was written: processes of a group, or memory of the host. Nothing else is derived from it,
 * and the reader refuses neither end, so it refuses nothing between them.
 * @returns `undefined` where they differ in anything else: then each value is read.
 */
export function between(
  low: Workload,
  high: Workload,
  from: number,
  to: number,
): Between | undefined {
  if (low.host.memory !== high.host.memory) {
    const at = (value: number): Workload => withMemory(low, value)
    return isLine(low, high, from, to, at) ? at : undefined
  }
  const index = low.groups.findIndex(({ processes }, g) => processes !== high.groups[g]?.processes)
  const group = low.groups[index]
  if (group === undefined || copiesOf(group) !== 1) return undefined
  const at = (value: number): Workload => ({
    ...low,
    groups: low.groups.with(index, { ...group, processes: count(value) }),
  })
  return isLine(low, high, from, to, at) ? at : undefined
}

function withMemory(workload: Workload, value: number): Workload {
  return { ...workload, host: { ...workload.host, memory: bytes(value) } }
}

function isLine(
  low: Workload,
  high: Workload,
  from: number,
  to: number,
  at: (value: number) => Workload,
): boolean {
  return isSame(at(from), low) && isSame(at(to), high)
}

function isSame(one: Workload, other: Workload): boolean {
  return canonicalJson(one) === canonicalJson(other)
}
