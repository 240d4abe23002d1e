import { parseSource } from './read-scenario.ts'
import { extendsKey } from './yaml/merge-trees.ts'
import type { Spot } from './yaml/yaml-tree.ts'
import { nodeAt } from './yaml/yaml-tree.ts'

/** The scenario that another one extends, as it is named there. */
export interface Extended {
  readonly path: string
  /** Where it is named. */
  readonly spot: Spot
}

/** What a text extends; `undefined` where it extends nothing, or what is wrong with it is found later. */
export function extendedBy(source: Spot['source']): Extended | undefined {
  const parsed = parseSource(source)
  const node = parsed.ok ? nodeAt(parsed.root, [extendsKey]) : undefined
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '')
    return undefined
  return { path: node.value, spot: node.spot }
}
