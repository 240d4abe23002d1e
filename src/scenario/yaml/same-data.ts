import { pathText } from '../../units/path.ts'
import type { PlainData } from './plain-data.ts'
import { toData } from './plain-data.ts'
import type { YamlNode } from './yaml-tree.ts'

/**
 * Whether two texts say the same. The order of keys counts where they are names, because mappings
 * are placed and pools are filled in that order; elsewhere it does not.
 */
export function isSameData(one: YamlNode, other: YamlNode): boolean {
  return canonical(toData(one).data, []) === canonical(toData(other).data, [])
}

const named: ReadonlySet<string> = new Set([
  'regions',
  'groups',
  'host.reserve',
  'host.hugepages',
  'host.cgroups',
  'assumed',
  'measured.groups',
  'measured.sources',
])

function canonical(data: PlainData, path: readonly (string | number)[]): string {
  if (typeof data === 'number') return Object.is(data, -0) ? '-0' : String(data)
  if (typeof data !== 'object' || data === null) return JSON.stringify(data) ?? 'undefined'
  if (Array.isArray(data)) {
    return `[${data.map((item, index) => canonical(item, [...path, index])).join()}]`
  }
  const keys = Object.keys(data)
  const ordered = named.has(pathText(path)) ? keys : keys.toSorted()
  const entries = ordered.map(
    (key) => `${JSON.stringify(key)}:${canonical(data[key], [...path, key])}`,
  )
  return `{${entries.join()}}`
}
