import type { LimitPoint } from '../limits-result.ts'

/** How full memory is: 1 where all of it is needed. */
export function fullness({ usedBytes, ofBytes }: LimitPoint): number {
  return usedBytes / ofBytes
}

/**
 * How full memory is at a value between two plans, as pictures draw it: straight in bytes, or in shares where
 * one plan is about a cgroup and the other is not.
 */
export function fullnessBetween(left: LimitPoint, right: LimitPoint, value: number): number {
  const part = (value - left.value) / (right.value - left.value)
  const at = (from: number, to: number): number => from + (to - from) * part
  if (left.cgroup !== right.cgroup) return at(fullness(left), fullness(right))
  return at(left.usedBytes, right.usedBytes) / at(left.ofBytes, right.ofBytes)
}
