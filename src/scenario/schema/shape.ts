import type { Flaw } from '../yaml/issue.ts'

/**
 * What a place of a scenario may hold: the one description of the format. `accepts` checks by it in no
 * time, and {@link ../zod/zod-of.ts} makes a schema of zod of it, which has a complaint for whatever is wrong,
 * and the JSON Schema for editors.
 * @typeParam T what such a place holds.
 */
export type Shape<T = unknown> = (Field | Keys | Names | List | Either | Exactly) & Meaning<T>

/** A key that may be missing. */
export interface Optional<T = unknown> extends Meaning<T> {
  readonly kind: 'optional'
  readonly shape: Shape
}

/** Never there: tells the compiler what a place of this shape holds. */
interface Meaning<T> {
  readonly meaning?: T
}

/** A single value, or what is checked as one. */
interface Field {
  readonly kind: 'field'
  readonly check: Check
  /** It may be a range of such values too, for commands that plan ranges. */
  readonly isRanged?: true
  readonly help: Help
}

/** A mapping with these keys and no others. */
interface Keys {
  readonly kind: 'keys'
  readonly keys: Readonly<Record<string, Shape | Optional>>
  /** What else must hold, once each key is right. */
  readonly judge?: Judge
  readonly help: Help
}

/** A mapping from names to values that are alike. */
interface Names {
  readonly kind: 'names'
  readonly name: Shape<string>
  readonly values: Shape
  readonly help: Help
}

interface List {
  readonly kind: 'list'
  readonly items: Shape
  readonly help: Help
}

/** One of several; the last is the one that has keys or items. */
interface Either {
  readonly kind: 'either'
  readonly options: readonly Shape[]
  readonly help: Help
}

interface Exactly {
  readonly kind: 'exactly'
  readonly value: number
  readonly help: Help
}

/** What is wrong with a value, told with its text in the file and its key. */
export type FlawTeller = (written: string, key: string) => Flaw

/** Says what is wrong with a value; `undefined` where it is right. */
export type Check = (value: unknown) => FlawTeller | undefined

/** Says what is wrong with a mapping whose keys are right, and at which of them. */
export type Judge = (
  value: Readonly<Record<string, unknown>>,
) => { readonly tell: FlawTeller; readonly at?: string } | undefined

/** What an editor is told about a place. */
export interface Help {
  readonly description?: string
  readonly [keyword: string]: unknown
}

/** A value that is checked by a function and described to editors by hand. */
export function field<T>(check: Check, help: Help): Shape<T> {
  return { kind: 'field', check, help }
}

/** A single value in whose place a range may be written, where a command plans ranges. */
export function ranged<T>(shape: Shape<T>): Shape<T> {
  if (shape.kind !== 'field') return shape
  return { ...shape, isRanged: true, help: { ...shape.help, [rangedMark]: true } }
}

/** The keyword of such a place while its JSON Schema is made. */
export const rangedMark = 'x-range'

export function optional<T>(shape: Shape<T>): Optional<T> {
  return { kind: 'optional', shape }
}

/** A mapping with the keys of a type, and what an editor says of it. */
export function described<T>(description: string, keys: KeysOf<NoInfer<T>>): Shape<T> {
  return { ...undescribed(keys), help: { description } }
}

/** The same, where what is around it says what it is. */
export function undescribed<T>(keys: KeysOf<NoInfer<T>>, judge?: Judge, help: Help = {}): Shape<T> {
  return { kind: 'keys', keys, help, ...(judge === undefined ? {} : { judge }) }
}

type KeysOf<T> = {
  readonly [K in keyof T]-?: Pick<T, never> extends Pick<T, K>
    ? Optional<Exclude<T[K], undefined>>
    : Shape<T[K]>
}

export function names<T>(
  name: Shape<string>,
  values: Shape<T>,
): Shape<Readonly<Record<string, T>>> {
  return { kind: 'names', name, values, help: {} }
}

export function list<T>(items: Shape<T>): Shape<readonly T[]> {
  return { kind: 'list', items, help: {} }
}

export function either<T>(...options: readonly Shape<T>[]): Shape<T> {
  return { kind: 'either', options, help: {} }
}

export function exactly<const T extends number>(value: T, description: string): Shape<T> {
  return { kind: 'exactly', value, help: { description } }
}

/** Any shape, and what an editor says of it. */
export function helped<T>(description: string, shape: Shape<T>): Shape<T> {
  return { ...shape, help: { ...shape.help, description } }
}
