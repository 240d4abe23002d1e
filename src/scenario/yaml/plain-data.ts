import type { Path } from '../../units/path.ts'
import type { Complaint } from './issue.ts'
import { parsePath } from './parse-path.ts'
import type { YamlNode, YamlScalar } from './yaml-tree.ts'

/** Plain data for the schema. Objects have no prototype; see {@link encodeName} for their keys. */
export type PlainData = string | number | boolean | null | undefined | PlainData[] | PlainObject
export interface PlainObject {
  [key: string]: PlainData
}

/** The text of a single value in the file, which its value does not always tell: `0x10`. */
export type TextAt = (path: Path, value: PlainData) => string

/**
 * The key that holds a name in plain data. zod ignores the key `__proto__` without a word, and an
 * object orders keys such as `7` before all others: such names get a prefix. Reversible.
 */
export function encodeName(name: string): string {
  return /^\0*(?:__proto__|\d+)$/.test(name) ? `\0${name}` : name
}

/** Undoes {@link encodeName}. */
export function decodeName(key: string): string {
  return /^\0+(?:__proto__|\d+)$/.test(key) ? key.slice(1) : key
}

/** An object or list of a program as plain data: names encoded, and no key where a value is `undefined`. */
export function encode(value: unknown): PlainData {
  if (Array.isArray(value)) return value.map(encode)
  if (typeof value !== 'object' || value === null) return value as PlainData
  const object: PlainObject = Object.create(null)
  for (const [name, inner] of Object.entries(value)) {
    if (inner !== undefined) object[encodeName(name)] = encode(inner)
  }
  return object
}

/**
 * The place at a path, if there is one. Its value is `undefined` where it was wrong and taken away,
 * or is inside one that was.
 */
export function placeAt(data: PlainData, path: Path): { readonly value: PlainData } | undefined {
  let value = data
  for (const step of path) {
    if (value === undefined) break
    const key = Array.isArray(value) ? step : encodeName(String(step))
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Array.isArray(value) ? value[Number(key)] : value[key]
  }
  return { value }
}

/**
 * The tree as data. Names, releases, addresses and modes are read from the source text, so that
 * `6.10` stays apart from 6.1 and `0660` from 660; other numbers with a leading zero are complaints, as
 * YAML readers disagree whether they are octal.
 */
export function toData(root: YamlNode): {
  readonly data: PlainData
  readonly complaints: readonly Complaint[]
} {
  const complaints: Complaint[] = []
  return { data: convert(root, [], complaints), complaints }
}

/**
 * Replaces whatever was complained about by `undefined`: the rest has the shape of the schema. The
 * value of a wrong key was not checked, so it goes as well.
 */
export function prune(data: PlainData, complaints: readonly Complaint[]): PlainData {
  for (const { path } of complaints) {
    if (path.length === 0) return undefined
    blank(data, path)
  }
  return data
}

function convert(node: YamlNode, path: Path, complaints: Complaint[]): PlainData {
  if (node.kind === 'scalar') return scalarData(node, path, complaints)
  if (node.kind === 'list') {
    return node.items.map((item, index) => convert(item, [...path, index], complaints))
  }
  const object: PlainObject = Object.create(null)
  for (const [key, entry] of node.entries) {
    object[encodeName(key)] = convert(entry.node, [...path, key], complaints)
  }
  return object
}

function scalarData(node: YamlScalar, path: Path, complaints: Complaint[]): PlainData {
  if (typeof node.value !== 'number') return node.value
  if (isWrittenAsText(path) || isAdded(node.text, path)) return node.text
  if (/^[-+]?0\d/.test(node.text)) complaints.push(leadingZero(node, path))
  return node.value
}

function leadingZero(node: YamlScalar, path: Path): Complaint {
  const plain = node.text.replace(/^([-+]?)0+(?=\d)/, '$1')
  return {
    path,
    at: 'value',
    message: `\`${node.text}\` begins with a zero: some YAML readers take it for octal`,
    expected: 'a number without leading zeros',
    suggestion: `write \`${plain}\``,
  }
}

/** Last key → number of steps of the paths whose values are text even where YAML sees a number. */
const textual: ReadonlyMap<string, readonly [root: string, steps: number]> = new Map([
  ['name', ['name', 1]],
  ['kernel', ['host', 2]],
  ['mode', ['regions', 4]],
  ['owner', ['regions', 4]],
  ['after', ['regions', 3]],
  ['cgroup', ['groups', 3]],
  ['region', ['groups', 5]],
  ['at', ['groups', 5]],
  ['pages', ['groups', 6]],
])

/** `+40`, which YAML takes for 40. */
function isAdded(text: string, path: Path): boolean {
  return path[0] === 'cases' && path.length === 3 && text.startsWith('+')
}

function isWrittenAsText(path: Path): boolean {
  if (path[0] === 'cases') return isTextInCase(path)
  const rule = textual.get(String(path.at(-1)))
  if (path[0] === 'timeline') return isTextInStep(path)
  return rule !== undefined && path[0] === rule[0] && path.length === rule[1]
}

/** A value, or a part of one, that is text at the path which the case names. */
function isTextInCase([, , written, ...below]: Path): boolean {
  const path = parsePath(String(written ?? ''))?.map(({ step }) => step) ?? []
  return path[0] !== 'cases' && isWrittenAsText([...path, ...below])
}

/** The name of a step, and a list of pages that it touches. */
function isTextInStep(path: Path): boolean {
  const [, , key] = path
  return path.length === 3
    ? key === 'name'
    : key === 'touch' && path.length === 6 && path[5] === 'pages'
}

function blank(data: PlainData, path: Path): void {
  const parent = placeAt(data, path.slice(0, -1))?.value
  const last = path.at(-1)
  if (Array.isArray(parent) && typeof last === 'number' && last in parent) parent[last] = undefined
  else if (isObject(parent) && typeof last === 'string' && encodeName(last) in parent) {
    parent[encodeName(last)] = undefined
  }
}

function isObject(data: PlainData): data is PlainObject {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}
