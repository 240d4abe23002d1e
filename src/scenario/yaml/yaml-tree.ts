import { firstHolding } from '../../units/first-holding.ts'
import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import type { Complaint, Flaw, Issue } from './issue.ts'

/** A text that was read, and what to call it. */
export interface Source extends WithinFile {
  readonly file: string
  readonly text: string
}

/** Where in its file a text is, if the file holds several documents. */
export interface WithinFile {
  /** Lines of the file before the text; absent: none. */
  readonly linesBefore?: number
  /** Which document of the file it is, from 1; absent: the only one. */
  readonly document?: number
  /** The scenario that the text extends, without a byte-order mark; absent: none is known. */
  readonly base?: Source
}

/** A place in a source. */
export interface Spot {
  readonly source: Source
  /** UTF-16 units from the start of the text. */
  readonly offset: number
}

/** A flaw whose place is known. */
export interface LocatedFlaw extends Flaw {
  readonly spot: Spot
  readonly path?: Path
}

/** What a YAML or JSON text says, each part with its place; keys in file order. */
export type YamlNode = YamlMap | YamlList | YamlScalar

export interface YamlMap {
  readonly kind: 'map'
  readonly spot: Spot
  readonly entries: ReadonlyMap<string, YamlEntry>
}

export interface YamlEntry {
  readonly key: Spot
  readonly node: YamlNode
}

export interface YamlList {
  readonly kind: 'list'
  readonly spot: Spot
  readonly items: readonly YamlNode[]
}

export interface YamlScalar {
  readonly kind: 'scalar'
  readonly spot: Spot
  readonly value: string | number | boolean | null
  /** As written, without quotes: `6.10` where the value is 6.1. */
  readonly text: string
}

/** The node at a path, or `undefined`. */
export function nodeAt(root: YamlNode, path: Path): YamlNode | undefined {
  let node: YamlNode | undefined = root
  for (const step of path) node = node === undefined ? undefined : childOf(node, step)
  return node
}

/** Finds where the complaint points: at what is missing, its nearest parent's key. */
export function locate(root: YamlNode, complaint: Complaint): LocatedFlaw {
  const { at, ...flaw } = complaint
  return { ...flaw, spot: spotAt(root, complaint.path, at) }
}

/** The line of the file that holds an offset, from 1. */
export function lineAt(source: Source, offset: number): number {
  return (source.linesBefore ?? 0) + lineInText(source, offset)
}

function lineInText(source: Source, offset: number): number {
  const starts = lineStartsOf(source)
  return firstHolding(1, starts.length, (line) => (starts[line] ?? 0) > offset)
}

/** Counts lines and columns. */
export function toIssue(flaw: LocatedFlaw): Issue {
  const { source } = flaw.spot
  const { text, file, document } = source
  const offset = Math.min(flaw.spot.offset, text.length)
  const lineStart = lineStartsOf(source)[lineInText(source, offset) - 1] ?? 0
  const newline = text.indexOf('\n', offset)
  const lineEnd = newline === -1 ? text.length : newline
  return {
    file,
    ...(document === undefined ? {} : { document }),
    line: lineAt(source, offset),
    column: offset - lineStart + 1,
    message: flaw.message,
    ...(flaw.expected === undefined ? {} : { expected: flaw.expected }),
    ...(flaw.suggestion === undefined ? {} : { suggestion: flaw.suggestion }),
    ...sourceLineOf(text, lineStart, lineEnd, offset),
    ...(flaw.path === undefined || flaw.path.length === 0 ? {} : { path: pathText(flaw.path) }),
  }
}

/** The line, up to some way past the place; none where that is too far along for anyone to read. */
function sourceLineOf(
  text: string,
  start: number,
  end: number,
  offset: number,
): { readonly sourceLine?: string } {
  if (offset - start > farthestColumn) return {}
  const cut = Math.max(start + longestLine, offset + longestLine)
  return { sourceLine: text.slice(start, Math.min(end, cut)).replace(/\r$/, '') }
}

/** More of a line than anyone reads. */
const longestLine = 200
const farthestColumn = 10_000

function spotAt(root: YamlNode, path: Path, at: 'key' | 'value'): Spot {
  let node: YamlNode = root
  let spot = root.spot
  let key: Spot | undefined
  for (const step of path) {
    const child = childOf(node, step)
    if (child === undefined) return key ?? spot
    key = node.kind === 'map' ? node.entries.get(String(step))?.key : undefined
    node = child
    spot = child.spot
  }
  const empty = node.kind === 'scalar' && node.text === '' && node.value === null
  return at === 'key' || empty ? (key ?? spot) : spot
}

function childOf(node: YamlNode, step: string | number): YamlNode | undefined {
  if (node.kind === 'map') return node.entries.get(String(step))?.node
  return node.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined
}

const lineStarts = new WeakMap<Source, readonly number[]>()

function lineStartsOf(source: Source): readonly number[] {
  const known = lineStarts.get(source)
  if (known !== undefined) return known
  const starts = [0]
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) {
    starts.push(at + 1)
  }
  lineStarts.set(source, starts)
  return starts
}
