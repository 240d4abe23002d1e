import { nearest } from './suggest.ts'
import type { LocatedFlaw, YamlNode } from './yaml-tree.ts'
import { nodeAt } from './yaml-tree.ts'

/** A flaw at a place that has one. */
type Misspelt = LocatedFlaw & { readonly path: readonly string[] }

/** What a new group or region has of its own. */
const needed = { groups: ['processes', 'maps'], regions: ['size'] } as const

/**
 * Groups and regions that a scenario adds to the one which it extends, though they are called nearly like
 * one of it and are not whole: the name was most likely meant. `worker2` beside `worker1` is meant.
 */
export function misspeltNames(base: YamlNode, own: YamlNode): readonly Misspelt[] {
  return (['groups', 'regions'] as const).flatMap((place) => {
    const [before, after] = [base, own].map((root) => nodeAt(root, [place]))
    if (before?.kind !== 'map' || after?.kind !== 'map') return []
    return [...after.entries].flatMap(([name, { key, node }]): readonly Misspelt[] => {
      if (node.kind !== 'map' || before.entries.has(name)) return []
      const alike = [...before.entries.keys()].filter((one) => stem(one) !== stem(name))
      const near = nearest(name, alike)
      const meant = near === undefined ? undefined : before.entries.get(near)?.node
      const missing = needed[place].filter(
        // Where the other one maps nothing, this may map nothing too.
        (one) => !node.entries.has(one) && (one !== 'maps' || hasKey(meant, one)),
      )
      if (near === undefined || missing.length === 0) return []
      return [flawOf(place, name, near, missing, key)]
    })
  })
}

/** Without a number at the end. */
function stem(name: string): string {
  return name.replace(/\d+$/, '')
}

function hasKey(node: YamlNode | undefined, key: string): boolean {
  return node?.kind === 'map' && node.entries.has(key)
}

function flawOf(
  place: keyof typeof needed,
  name: string,
  near: string,
  missing: readonly string[],
  spot: LocatedFlaw['spot'],
): Misspelt {
  const keys = missing.map((key) => `\`${key}\``).join(' and ')
  const none = missing.includes('maps') ? ' (`maps: []` if it maps nothing)' : ''
  return {
    path: [place, name],
    spot,
    message: `\`${place}\` has no \`${name}\`, and a new one needs ${keys}`,
    expected: `a name of the scenario that this extends, or ${keys}${none}`,
    suggestion: `did you mean \`${near}\`?`,
  }
}
