import type { Change } from '../../plan/result/advice-result.ts'
import { parsePath } from '../../scenario/yaml/parse-path.ts'
import type { PlainData, PlainObject } from '../../scenario/yaml/plain-data.ts'
import { decodeName, encodeName } from '../../scenario/yaml/plain-data.ts'

/**
 * A scenario with other values; the data given stays as it is. What the scenario says of a value that
 * is replaced, that it was assumed or where it was measured, goes with it.
 */
export function changedData(data: PlainData, changes: readonly Change[]): PlainData {
  const changed = changes.reduce(
    (whole, change) => withValue(whole, stepsOf(change.path), change.value),
    data,
  )
  return withoutNotesOn(
    changed,
    changes.map(({ path }) => path),
  )
}

/** The value at a path, as it is written; `undefined` where there is none. */
export function valueAt(data: PlainData, path: string): PlainData {
  return stepsOf(path).reduce<PlainData>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined
    if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
    const key = encodeName(String(step))
    return Object.hasOwn(value, key) ? value[key] : undefined
  }, data)
}

type Steps = readonly (string | number)[]

function stepsOf(path: string): Steps {
  const steps = parsePath(path)
  if (steps === undefined) throw new RangeError(`no path: ${path}`)
  return steps.map(({ step }) => step)
}

function withValue(data: PlainData, [step, ...rest]: Steps, value: Change['value']): PlainData {
  if (step === undefined) return value
  if (typeof step === 'number') {
    const list = Array.isArray(data) ? [...data] : []
    list[step] = withValue(list[step], rest, value)
    return list
  }
  const object: PlainObject = Object.create(null)
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) Object.assign(object, data)
  const key = encodeName(step)
  if (rest.length === 0 && value === null) delete object[key]
  else object[key] = withValue(object[key], rest, value)
  return object
}

/** Without what is said of values at these paths, or below them: that they were assumed, or measured. */
export function withoutNotesOn(data: PlainData, paths: readonly string[]): PlainData {
  const replaced = paths.map(stepsOf)
  const isKept = (written: string): boolean => {
    const steps = parsePath(written)?.map(({ step }) => step) ?? []
    return !replaced.some((one) => isWithin(one, steps) || isWithin(steps, one))
  }
  const assumed = filtered(valueAt(data, 'assumed'), isKept)
  const sources = filtered(valueAt(data, 'measured.sources'), isKept)
  const put = (whole: PlainData, path: string, value: PlainObject | undefined): PlainData =>
    value === undefined ? whole : replacedAt(whole, stepsOf(path), value)
  return put(put(data, 'assumed', assumed), 'measured.sources', sources)
}

/** True where the first is a way to what is at the second, or above it. */
function isWithin(above: Steps, below: Steps): boolean {
  return above.length <= below.length && above.every((step, index) => step === below[index])
}

/** The notes that are kept; `undefined` where there is nothing to take away. */
function filtered(notes: PlainData, isKept: (path: string) => boolean): PlainObject | undefined {
  if (typeof notes !== 'object' || notes === null || Array.isArray(notes)) return undefined
  const entries = Object.entries(notes)
  const kept = entries.filter(([key]) => isKept(decodeName(key)))
  return kept.length === entries.length
    ? undefined
    : Object.assign(Object.create(null), Object.fromEntries(kept))
}

function replacedAt(data: PlainData, [step, ...rest]: Steps, value: PlainData): PlainData {
  if (step === undefined) return value
  const object: PlainObject = Object.assign(Object.create(null), data)
  const key = encodeName(String(step))
  object[key] = replacedAt(object[key], rest, value)
  return object
}
