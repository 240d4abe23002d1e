import type { Spot, YamlMap, YamlNode } from '../../scenario/yaml/yaml-tree.ts'
import type { ImportFlaw } from '../importer.ts'
import type { GucLine } from '../postgresql/guc/guc-file.ts'

/** Parameters of PostgreSQL in YAML, each with its place. */
export interface Parameters {
  readonly lines: readonly GucLine[]
  readonly flaws: readonly ImportFlaw[]
}

/** A mapping of names to values. A list is a list of names, as `shared_preload_libraries` has. */
export function parametersIn(node: YamlNode | undefined): Parameters {
  if (node === undefined || isNothing(node)) return { lines: [], flaws: [] }
  if (node.kind !== 'map') {
    return { lines: [], flaws: [{ ...noMap, spot: node.spot }] }
  }
  const lines: GucLine[] = []
  const flaws: ImportFlaw[] = []
  for (const [name, { key, node: value }] of node.entries) {
    const text = value.kind === 'list' ? listText(value.items) : textOf(value)
    if (text === undefined) flaws.push({ ...noValue(name), spot: value.spot })
    // A key without a value is removed: Patroni resets it to the default.
    else if (!isNothing(value)) {
      lines.push({ name, nameSpot: key, value: text, valueSpot: value.spot })
    }
  }
  return { lines, flaws }
}

const noMap = {
  message: 'parameters are a mapping of names to values',
  expected: '`shared_buffers: 8GB`',
}

function noValue(name: string) {
  return { message: `\`${name}\` has no value of its own`, expected: 'a number or a text' }
}

function listText(items: readonly YamlNode[]): string | undefined {
  const texts = items.map(textOf)
  return texts.every((text) => text !== undefined) ? texts.join(',') : undefined
}

export function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null
}

/** The text of a value: as it is written, but for quotes. */
export function textOf(node: YamlNode | undefined): string | undefined {
  if (node?.kind !== 'scalar') return undefined
  return typeof node.value === 'string' ? node.value : node.text
}

/** The number of a value that is a whole number; `undefined` for all else. */
export function countOf(node: YamlNode | undefined): number | undefined {
  const text = textOf(node) ?? ''
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

/** Settings that an operator makes where the object does not. */
export function defaultLines(
  values: Readonly<Record<string, string>>,
  spot: Spot,
  whose: string,
): readonly GucLine[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    nameSpot: spot,
    value,
    valueSpot: spot,
    defaultOf: whose,
  }))
}

/** True where the object says that it is of such a kind. */
export function isKind(root: YamlMap, group: string, kind: string): boolean {
  const version = textOf(root.entries.get('apiVersion')?.node) ?? ''
  return version.startsWith(`${group}/`) && textOf(root.entries.get('kind')?.node) === kind
}
