import type { ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { Path } from '../../units/path.ts'

/** A node as it is written, with its place in the text. */
export type Written = ParsedNode

export type Collection = YAMLMap.Parsed | YAMLSeq.Parsed

/** How far a path leads in the text itself: an alias is where it ends, what `<<` merges is not there. */
export interface Reach {
  /** The last node on the way. */
  readonly node: Written
  /** Steps to it: all of the path, if what it names is written. */
  readonly depth: number
  /** The key of the node, if a mapping holds it. */
  readonly key?: Scalar.Parsed
  /** The mappings and lists on the way, outermost first, and the node. */
  readonly way: readonly Written[]
}

/** Follows a path through a text. */
export function reachOf(contents: Written, path: Path): Reach {
  let reach: Reach = { node: contents, depth: 0, way: [contents] }
  for (const step of path) {
    const next = childOf(reach, step)
    if (next === undefined) return reach
    reach = next
  }
  return reach
}

function childOf({ node, depth, way }: Reach, step: string | number): Reach | undefined {
  if (isSeq(node)) {
    const item = typeof step === 'number' ? node.items[step] : undefined
    return isWritten(item) ? { node: item, depth: depth + 1, way: [...way, item] } : undefined
  }
  if (!isMap(node)) return undefined
  const pair = node.items.find(({ key }) => isScalar(key) && key.source === String(step))
  if (pair === undefined || !isScalar(pair.key) || !isWritten(pair.value)) return undefined
  return { node: pair.value, depth: depth + 1, key: pair.key, way: [...way, pair.value] }
}

/** Whether the library knows where it is written. */
export function isWritten(node: unknown): node is Written {
  return (
    (isMap(node) || isSeq(node) || isScalar(node) || isAlias(node)) && Array.isArray(node.range)
  )
}

export function isCollection(node: Written): node is Collection {
  return isMap(node) || isSeq(node)
}

/** A mapping or list that is written over several lines, without brackets. */
export function isBlock(node: Written): node is Collection {
  return isCollection(node) && node.flow !== true
}

/** Where the node begins, behind anchor and tag. */
export function startOf(node: Written): number {
  return node.range[0]
}

/** Where the last sign of the node ends; comments and line ends behind it excluded. */
export function endOf(node: Written, text: string): number {
  if (isBlock(node)) return endOfLast(node, text)
  const [start, end] = node.range
  return start + text.slice(start, end).trimEnd().length
}

/** The same of its last entry. */
export function endOfLast(node: Collection, text: string): number {
  if (isSeq(node)) {
    const item = node.items.at(-1)
    return item === undefined ? startOf(node) : endOf(item, text)
  }
  const pair = node.items.at(-1)
  return pair === undefined ? startOf(node) : endOf(pair.value ?? pair.key, text)
}
