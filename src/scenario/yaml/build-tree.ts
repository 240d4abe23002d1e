import type { Alias, ParsedNode, Scalar, YAMLMap } from 'yaml'
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml'
import type { Flaw } from './issue.ts'
import type { LocatedFlaw, Spot, YamlEntry, YamlNode, YamlScalar } from './yaml-tree.ts'
import { lineAt } from './yaml-tree.ts'

/** What aliases may expand to: more is an alias bomb. */
const mostNodes = 300_000
const deepest = 100

interface Builder {
  readonly text: string
  readonly place: (offset: number) => Spot
  readonly flaws: LocatedFlaw[]
  /** Anchors met so far, as YAML has them: a later one of the same name replaces it. */
  readonly anchors: Map<string, ParsedNode>
  /** Nodes whose children are being built: an alias to one of them would never end. */
  readonly open: Set<unknown>
  nodes: number
  /** The alias in the text, where one is being expanded. */
  expanding?: Spot
  /** No alias is expanded any more. */
  exploded: boolean
}

/**
 * The library's nodes as a plain tree: aliases expanded, merge keys merged.
 * Repeated keys, tags, keys that are not text and aliases without end are flaws.
 */
export function buildTree(
  contents: ParsedNode,
  text: string,
  place: (offset: number) => Spot,
): { readonly root?: YamlNode; readonly flaws: readonly LocatedFlaw[] } {
  const builder: Builder = {
    text,
    place,
    flaws: [],
    anchors: new Map(),
    open: new Set(),
    nodes: 0,
    exploded: false,
  }
  const root = build(builder, contents, 0)
  return builder.flaws.length > 0 ? { flaws: builder.flaws } : { root, flaws: [] }
}

function build(builder: Builder, node: unknown, near: number): YamlNode {
  if (isAlias(node)) return buildAlias(builder, node, near)
  builder.nodes += 1
  const offset = offsetOf(node) ?? near
  const spot = builder.place(offset)
  if (isMap(node) || isSeq(node) || isScalar(node))
    noteProperties(builder, node as ParsedNode, spot)
  if (isScalar(node)) return buildScalar(node, spot)
  if (builder.open.size > deepest) {
    builder.flaws.push({ message: 'nested too deeply for a scenario', spot })
    return emptyAt(spot)
  }
  builder.open.add(node)
  const built = isSeq(node)
    ? { kind: 'list' as const, spot, items: node.items.map((item) => build(builder, item, offset)) }
    : { kind: 'map' as const, spot, entries: buildEntries(builder, node, offset) }
  builder.open.delete(node)
  return built
}

function buildAlias(builder: Builder, alias: Alias, near: number): YamlNode {
  const spot = builder.place(offsetOf(alias) ?? near)
  if (builder.exploded) return emptyAt(spot)
  const target = builder.anchors.get(alias.source)
  const flaw = aliasFlaw(builder, alias.source, target)
  if (flaw !== undefined) {
    builder.flaws.push({ ...flaw, spot: builder.expanding ?? spot })
    return emptyAt(spot)
  }
  const outermost = builder.expanding === undefined
  if (outermost) builder.expanding = spot
  const built = build(builder, target, near)
  if (outermost) delete builder.expanding
  return built
}

function aliasFlaw(builder: Builder, name: string, target: unknown): Flaw | undefined {
  if (target === undefined) {
    return { message: `the alias \`*${name}\` has no anchor \`&${name}\` before it` }
  }
  if (builder.open.has(target)) return { message: `the alias \`*${name}\` contains itself` }
  builder.exploded = builder.nodes > mostNodes
  return builder.exploded ? { message: 'the aliases expand to too many values' } : undefined
}

/** Anchor and tag. */
function noteProperties(builder: Builder, node: ParsedNode, spot: Spot): void {
  if (isAlias(node)) return
  if (node.anchor !== undefined) builder.anchors.set(node.anchor, node)
  if (node.tag === undefined) return
  builder.flaws.push({
    message: `tags have no meaning in a scenario: \`${node.tag.replace('tag:yaml.org,2002:', '!!')}\``,
    expected: 'a plain value; text in quotes is always text',
    spot,
  })
}

function buildScalar(node: Scalar, spot: Spot): YamlScalar {
  const value = node.value as YamlScalar['value']
  return { kind: 'scalar', spot, value, text: node.source ?? '' }
}

function buildEntries(
  builder: Builder,
  node: unknown,
  near: number,
): ReadonlyMap<string, YamlEntry> {
  const entries = new Map<string, YamlEntry>()
  const merged: YamlNode[] = []
  for (const pair of isMap(node) ? (node as YAMLMap).items : []) {
    if (!isPair(pair)) continue
    const at = offsetOf(pair.key) ?? near
    const key = build(builder, pair.key, at)
    const value = build(builder, pair.value, at)
    if (isMergeKey(pair.key)) merged.push(value)
    else addEntry(builder, entries, key, value)
  }
  for (const value of merged) mergeInto(builder, entries, value)
  return entries
}

function addEntry(
  builder: Builder,
  entries: Map<string, YamlEntry>,
  key: YamlNode,
  node: YamlNode,
): void {
  if (key.kind !== 'scalar') {
    builder.flaws.push({ message: 'a key must be text', spot: key.spot })
    return
  }
  const earlier = entries.get(key.text)
  if (earlier === undefined) {
    entries.set(key.text, { key: key.spot, node })
    return
  }
  builder.flaws.push({
    message: `\`${key.text}\` is given twice: first in line ${lineAt(earlier.key.source, earlier.key.offset)}`,
    expected: 'each key once',
    spot: key.spot,
  })
}

/** `<<: *defaults`: keys that the mapping does not have itself. */
function mergeInto(builder: Builder, entries: Map<string, YamlEntry>, value: YamlNode): void {
  if (value.kind === 'list') {
    for (const item of value.items) mergeInto(builder, entries, item)
    return
  }
  if (value.kind !== 'map') {
    builder.flaws.push({ message: '`<<` merges mappings only', spot: value.spot })
    return
  }
  for (const [key, entry] of value.entries) if (!entries.has(key)) entries.set(key, entry)
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && (key.type === undefined || key.type === 'PLAIN')
}

function emptyAt(spot: Spot): YamlScalar {
  return { kind: 'scalar', spot, value: null, text: '' }
}

function offsetOf(node: unknown): number | undefined {
  const range = (node as { readonly range?: readonly number[] | null } | null)?.range
  return range?.[0]
}
