import type { LimitAxis } from '../../plan/result/limits-result.ts'
import { partOf } from '../../render/limits/limit-curves.ts'

/** Where the picture of the sessions has its axes, in units of its own. */
export interface Frame {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly axis: LimitAxis
  /** How full memory is at the upper edge. */
  readonly most: number
}

export function frameOf(axis: LimitAxis, most: number): Frame {
  return { width: 900, height: 340, left: 78, top: 30, right: 878, bottom: 284, axis, most }
}

/** What is before the axis, as none is on a logarithmic one, is at its left end. */
export function xOf(value: number, { axis, left, right }: Frame): number {
  return rounded(left + Math.max(partOf(value, axis), 0) * (right - left))
}

export function yOf(full: number, { most, top, bottom }: Frame): number {
  return rounded(bottom - (full / most) * (bottom - top))
}

/** The value at a part of the way along the axis. */
export function valueAcross(part: number, { scale, from, to }: LimitAxis): number {
  return scale === 'log' ? from * (to / from) ** part : from + (to - from) * part
}

/** One decimal: the same text from every machine. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
