import type { YamlEntry, YamlMap, YamlNode } from './yaml-tree.ts'

/** The key that names the scenario which another one extends. */
export const extendsKey = 'extends'

/**
 * A scenario put on the one that it extends: maps are merged, any other value, a range among them, replaces that of
 * the base, and a key without a value removes it. Keys of the base come first, then new ones. Each node
 * keeps its place, so what is wrong is found in the file that says it.
 */
export function mergeTrees(base: YamlNode, own: YamlNode): YamlNode {
  // What is no map is no scenario: the reader says so, where it is.
  if (base.kind !== 'map') return base
  if (own.kind !== 'map') return own
  const merged = withEntries(base, own)
  const entries = new Map([...merged.entries].filter(([key]) => key !== extendsKey))
  return { ...merged, entries }
}

function withEntries(base: YamlMap, own: YamlMap): YamlMap {
  const entries = new Map<string, YamlEntry>(base.entries)
  for (const [key, entry] of own.entries) {
    const below = base.entries.get(key)?.node
    if (below !== undefined && isNothing(entry.node)) entries.delete(key)
    else if (
      below?.kind === 'map' &&
      entry.node.kind === 'map' &&
      !isEitherRange(below, entry.node)
    ) {
      entries.set(key, { ...entry, node: withEntries(below, entry.node) })
    } else entries.set(key, entry)
  }
  return { ...own, entries }
}

/** Ends of two ranges are not one range. */
function isEitherRange(...nodes: readonly YamlMap[]): boolean {
  return nodes.some(isWholeRange)
}

/** `{ from: 100, to: 3000 }` or `{ p50: 100, p95: 3000 }`: one value, wherever a value may be a range. */
function isWholeRange({ entries }: YamlMap): boolean {
  const ends = entries.has('from') ? ['from', 'to'] : ['p50', 'p95']
  return entries.size === 2 && ends.every((key) => entries.get(key)?.node.kind === 'scalar')
}

function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null
}
