import { bytes } from '../../../units/quantity.ts'
import { writeSize } from '../../../units/size.ts'
import type { ByRelease, Existence } from './existence.ts'
import { bytesOfUnit } from './guc-number.ts'
import type { NumberName } from './number-parameters.ts'
import { numberParameters } from './number-parameters.ts'
import type { ParameterName } from './parameters.ts'
import { isNumberName, isWordName } from './parameters.ts'
import type { WordName } from './word-parameters.ts'
import { wordParameters } from './word-parameters.ts'

/** Releases that have the parameter; absent: all of them. */
export interface Lifetime {
  readonly since?: number
  /** The first without it. */
  readonly until?: number
}

export function lifetimeOf(name: string): Lifetime {
  if (!isNumberName(name) && !isWordName(name)) return {}
  const { defaults, until } = isNumberName(name) ? numberParameters[name] : wordParameters[name]
  const [since] = defaults[0] ?? [0]
  return { ...(since === 0 ? {} : { since }), ...(until === undefined ? {} : { until }) }
}

/** Whether a release has the parameter. */
export function isIn(name: string, release: number): boolean {
  const { since = 0, until = Number.POSITIVE_INFINITY } = lifetimeOf(name)
  return release >= since && release < until
}

/** The value in a release if no file sets the parameter, or the release has no such parameter. */
export function defaultNumber(name: NumberName, release: number): number {
  return valueIn(numberParameters[name], name, release)
}

export function defaultWord(name: WordName, release: number): string {
  return valueIn(wordParameters[name], name, release)
}

function valueIn<Value>(existence: Existence<Value>, name: string, release: number): Value {
  const { defaults, without } = existence
  if (isIn(name, release) || without === undefined) return newest(defaults, release)
  return Array.isArray(without) ? newest(without, release) : (without as Value)
}

/** The last that counts; the first where none does yet. */
function newest<Value>(values: ByRelease<Value>, release: number): Value {
  const [first] = values
  const [, value] = values.findLast(([from]) => from <= release) ?? first ?? []
  return value as Value
}

/** The default of a parameter as a person writes it: `128 MiB`, `on`; nothing for text. */
export function defaultText(name: ParameterName, release: number): string {
  if (isWordName(name)) return defaultWord(name, release)
  if (!isNumberName(name)) return ''
  const { unit } = numberParameters[name]
  const value = defaultNumber(name, release)
  return unit === undefined || value < 0
    ? String(value)
    : writeSize(bytes(value * bytesOfUnit[unit]))
}
