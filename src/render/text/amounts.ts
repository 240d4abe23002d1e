import type { ByteUnit } from '../../units/format.ts'
import { exactBytes, exactUnit, formatBytes, formatCount } from '../../units/format.ts'

/** Amounts for one sentence, each in its own unit; unequal ones that would read alike, exactly and in one. */
export function amounts<const T extends readonly number[]>(
  ...values: T
): { readonly [Index in keyof T]: string } {
  const said = values.map((value) => {
    const unit = unitOfAlike(value, values)
    return unit === undefined ? formatBytes(value) : exactBytes(value, unit)
  })
  return said as { readonly [Index in keyof T]: string }
}

/** The unit in which an amount is written exactly beside others; `undefined` where none reads like it. */
export function unitOfAlike(value: number, values: readonly number[]): ByteUnit | undefined {
  const alike = values.filter((other) => formatBytes(other) === formatBytes(value))
  return alike.every((other) => other === value) ? undefined : exactUnit(alike)
}

/** `1 process`, `1,500 processes`. */
export function processCount(processes: number): string {
  return `${formatCount(processes)} ${processes === 1 ? 'process' : 'processes'}`
}
