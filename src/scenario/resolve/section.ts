import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import type { Bytes } from '../../units/quantity.ts'
import { parseSize } from '../../units/size.ts'
import type { Assumption } from '../../workload/workload.ts'
import { describeSizeFault } from '../schema/size-flaws.ts'
import type { Complaint, Flaw } from '../yaml/issue.ts'
import { decodeName } from '../yaml/plain-data.ts'

/** Collects what is wrong with a scenario and what is assumed while it is resolved. */
export interface Log {
  readonly complaints: Complaint[]
  readonly assumptions: Assumption[]
}

/**
 * Text of the schema's shape of which anything may be absent. A key that is there with `undefined`
 * was wrong and has been complained about.
 */
export type DeepPartial<T> = T extends readonly (infer Item)[]
  ? readonly (DeepPartial<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> | undefined }
    : T

export function complain(log: Log, path: Path, flaw: Flaw, at: 'key' | 'value' = 'value'): void {
  log.complaints.push({ path, at, ...flaw })
}

export function assume(log: Log, path: Path, value: string, source: string): void {
  log.assumptions.push({ path: pathText(path), value, source })
}

/** One mapping of the scenario and its place. */
export interface Section<T> {
  readonly log: Log
  readonly given: T | undefined
  readonly path: Path
}

/** The mapping at a key. */
export function inside<T extends object, Key extends keyof T & string>(
  { log, given, path }: Section<T>,
  key: Key,
): Section<NonNullable<T[Key]>> {
  return { log, given: given?.[key] ?? undefined, path: [...path, key] }
}

/** Names and their values, in their order. */
export function entriesOf<Value>(
  record: Readonly<Record<string, Value>> | undefined,
): readonly (readonly [name: string, value: Value | undefined])[] {
  return Object.entries(record ?? {}).map(([key, value]) => [decodeName(key), value])
}

/** The names alone. */
export function namesOf(record: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  return Object.keys(record ?? {}).map(decodeName)
}

/** The value of a key; where the key is absent, the default, which is noted as an assumption. */
export function choiceOf<T extends object, const Key extends keyof T & string, const Default>(
  section: Section<T>,
  key: Key,
  fallback: Default,
  source: string,
): Exclude<T[Key], undefined> | Default {
  const value = section.given?.[key]
  if (value !== undefined) return value as Exclude<T[Key], undefined>
  if (!isBroken(section, key)) assume(section.log, [...section.path, key], String(fallback), source)
  return fallback
}

/** The size at a key in bytes; where the key is absent, the default, noted as an assumption. */
export function sizeOf<T extends object>(
  section: Section<T>,
  key: keyof T & string,
  pageBytes: Bytes,
  fallback: string,
  source: string,
): Bytes | undefined {
  if (isBroken(section, key)) return undefined
  return resolveSize(
    section.log,
    String(choiceOf(section, key, fallback, source)),
    [...section.path, key],
    pageBytes,
  )
}

/** A size in bytes. The schema has seen to its form; with a larger page it may be too large. */
export function resolveSize(
  log: Log,
  text: string,
  path: Path,
  pageBytes: Bytes,
): Bytes | undefined {
  const reading = parseSize(text, pageBytes)
  if (reading.ok) return reading.bytes
  complain(log, path, describeSizeFault(reading.fault, text))
  return undefined
}

/** True where the key is there and wrong: what follows from it cannot be judged. */
export function isBroken<T extends object>(section: Section<T>, key: keyof T & string): boolean {
  return section.given !== undefined && key in section.given && section.given[key] === undefined
}
