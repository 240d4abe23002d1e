import type { Path } from '../units/path.ts'
import { parsePath } from './yaml/parse-path.ts'
import type { Source, YamlNode } from './yaml/yaml-tree.ts'
import { nodeAt } from './yaml/yaml-tree.ts'

/** Where the scenario keeps statements about its values, each under the path of the value. */
const statements: readonly Path[] = [['assumed'], ['measured', 'sources']]

/**
 * Whether the value at a path is that of the file which states something about it, or of one that this
 * extends: nothing else replaced it or a part of it.
 * @param place of the mapping that has the statement under the path.
 */
export function isGiven(root: YamlNode, written: string, place: Path): boolean {
  const path = parsePath(written)?.map(({ step }) => step)
  const node = path === undefined ? undefined : nodeAt(root, path)
  const stated = nodeAt(root, [...place, written])?.spot.source
  const files = withBases(root.spot.source)
  const known = stated === undefined || !files.includes(stated) ? files : withBases(stated)
  return node !== undefined && isFrom(node, known)
}

function isFrom(node: YamlNode, sources: readonly Source[]): boolean {
  if (!sources.includes(node.spot.source)) return false
  if (node.kind === 'scalar') return true
  const parts =
    node.kind === 'list' ? node.items : [...node.entries.values()].map((entry) => entry.node)
  return parts.every((part) => isFrom(part, sources))
}

function withBases(source: Source): readonly Source[] {
  return [source, ...basesOf(source)]
}

/** What was stated about values that something replaced: an override, or a scenario that extends this one. */
export function replacedStatements(changed: YamlNode): readonly Path[] {
  return statements.flatMap((place) => {
    const node = nodeAt(changed, place)
    const names = node?.kind === 'map' ? [...node.entries.keys()] : []
    return names.filter((name) => !isGiven(changed, name, place)).map((name) => [...place, name])
  })
}

/** The tree of a scenario without what the ones that it extends state about values that it replaces. */
export function withoutReplacedOf(source: Source, root: YamlNode): YamlNode {
  const isOfBase = (path: Path): boolean => nodeAt(root, path)?.spot.source !== source
  return replacedStatements(root).filter(isOfBase).reduce(without, root)
}

/** The tree without what is at a path, nor the mappings that it was alone in. */
export function without(node: YamlNode, [step, ...steps]: Path): YamlNode {
  if (node.kind !== 'map') return node
  const entries = [...node.entries].flatMap(([key, entry]) => {
    if (key !== step) return [[key, entry] as const]
    const inner = steps.length === 0 ? undefined : without(entry.node, steps)
    const isGone = inner === undefined || (inner.kind === 'map' && inner.entries.size === 0)
    return isGone ? [] : [[key, { ...entry, node: inner }] as const]
  })
  return { ...node, entries: new Map(entries) }
}

/** Of the scenarios that a text extends, the nearest first. */
export function basesOf({ base }: Source): readonly Source[] {
  return base === undefined ? [] : withBases(base)
}
