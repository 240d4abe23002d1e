import type { Flaw, Path } from './issue.ts'
import { pathText } from './issue.ts'
import { readYaml } from './read-yaml.ts'
import { nearest } from './suggest.ts'
import type { LocatedFlaw, Source, Spot, YamlEntry, YamlNode } from './yaml-tree.ts'

/** A value of the command line: `groups.clients.processes` and `2000`. */
export interface Override {
  /** Keys with dots between them, `[0]` for items of lists, `["a.b"]` for other names. */
  readonly path: string
  /** YAML. */
  readonly value: string
}

/** What overrides are called in issues. */
const fileName = '--set'

/**
 * Puts values into a scenario, one after another; mappings on the way that are not there are made.
 * @returns the changed tree; an override that cannot be applied is a flaw and changes nothing.
 */
export function applyOverrides(
  root: YamlNode,
  overrides: readonly Override[],
): {
  readonly root: YamlNode
  readonly flaws: readonly LocatedFlaw[]
  readonly sources: readonly Source[]
} {
  const flaws: LocatedFlaw[] = []
  const sources: Source[] = []
  let changed = root
  for (const override of overrides) {
    const source = { file: fileName, text: `${override.path}=${override.value}` }
    sources.push(source)
    const applied = applyOne(changed, override, source)
    if ('node' in applied) changed = applied.node
    else flaws.push(...applied.flaws)
  }
  return { root: changed, flaws, sources }
}

type Applied = { readonly node: YamlNode } | { readonly flaws: readonly LocatedFlaw[] }

function applyOne(root: YamlNode, { path, value }: Override, source: Source): Applied {
  const spot = { source, offset: 0 }
  const steps = parsePath(path)
  if (steps === undefined) {
    const message = path === '' ? 'no path to a key' : `\`${path}\` is not a path to a key`
    return { flaws: [{ message, expected: pathForm, spot }] }
  }
  const start = path.length + 1
  const reading = /\S/.test(value)
    ? readYaml(source, start)
    : { root: emptyAt({ source, offset: start }), flaws: [] }
  if (reading.root === undefined) return { flaws: reading.flaws }
  const flawOrNode = put(root, steps, 0, reading.root, spot)
  return 'message' in flawOrNode ? { flaws: [{ ...flawOrNode, spot }] } : { node: flawOrNode }
}

const pathForm = 'keys with dots between them, such as `groups.clients.maps[0].touched`'
const step = /(?:^|\.)([^.[\]]+)|\[(\d{1,6})\]|\[("(?:[^"\\]|\\.)*")\]/y

/** The steps of `a.b[0]["c.d"]`; `undefined` where it is no such text. */
function parsePath(text: string): Path | undefined {
  const steps: (string | number)[] = []
  step.lastIndex = 0
  while (step.lastIndex < text.length) {
    const match = step.exec(text)
    if (match === null) return undefined
    const [, key, index, quoted] = match
    const name = quoted === undefined ? key : unquoted(quoted)
    if (name === undefined && index === undefined) return undefined
    steps.push(name ?? Number(index))
  }
  return steps.length === 0 ? undefined : steps
}

function unquoted(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}

/** The node with the value at the rest of the path, or why it cannot be there. */
function put(
  node: YamlNode,
  path: Path,
  depth: number,
  value: YamlNode,
  spot: Spot,
): YamlNode | Flaw {
  const here = path[depth]
  if (here === undefined) return value
  if (node.kind === 'scalar' && node.value !== null) {
    return {
      message: `\`${pathText(path.slice(0, depth))}\` is a single value`,
      expected: pathForm,
    }
  }
  if (typeof here === 'number') return putItem(node, here, path, depth, value, spot)
  if (node.kind === 'list') {
    const message = `\`${pathText(path.slice(0, depth))}\` is a list`
    return { message, expected: `a position, such as \`${pathText(path.slice(0, depth))}[0]\`` }
  }
  const entries: ReadonlyMap<string, YamlEntry> = node.kind === 'map' ? node.entries : new Map()
  const entry = entries.get(here)
  const misspelt = entry === undefined ? misspeltName(path, depth, [...entries.keys()]) : undefined
  if (misspelt !== undefined) return misspelt
  const child = put(entry?.node ?? emptyAt(spot), path, depth + 1, value, spot)
  if ('message' in child) return child
  const isLast = depth === path.length - 1
  const changed = { key: entry === undefined || isLast ? spot : entry.key, node: child }
  return { kind: 'map', spot: node.spot, entries: new Map([...entries, [here, changed]]) }
}

function putItem(
  node: YamlNode,
  index: number,
  path: Path,
  depth: number,
  value: YamlNode,
  spot: Spot,
): YamlNode | Flaw {
  const name = pathText(path.slice(0, depth))
  if (node.kind === 'map') return { message: `\`${name}\` is not a list`, expected: 'a key of it' }
  const items = node.kind === 'list' ? node.items : []
  if (index > items.length) {
    return {
      message: `\`${name}\` has ${items.length === 1 ? '1 item' : `${items.length} items`}`,
      expected: `a position from 0 to ${items.length}, where the last one appends`,
    }
  }
  const child = put(items[index] ?? emptyAt(spot), path, depth + 1, value, spot)
  if ('message' in child) return child
  const changed = items.length === index ? [...items, child] : items.with(index, child)
  return { kind: 'list', spot: node.spot, items: changed }
}

/** Where a value goes into a region or group that is not there but almost: no new one is meant. */
function misspeltName(path: Path, depth: number, names: readonly string[]): Flaw | undefined {
  const goesInside = depth === 1 && path.length > 2
  if (!goesInside || (path[0] !== 'groups' && path[0] !== 'regions')) return undefined
  const near = nearest(String(path[1]), names)
  if (near === undefined) return undefined
  return {
    message: `\`${path[0]}\` has no \`${path[1]}\``,
    expected: `one of ${names.map((name) => `\`${name}\``).join(', ')}`,
    suggestion: `did you mean \`${pathText([path[0], near, ...path.slice(2)])}\`?`,
  }
}

function emptyAt(spot: Spot): YamlNode {
  return { kind: 'scalar', spot, value: null, text: '' }
}
