import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import type { Flaw } from './issue.ts'
import { flawOfItem, parsePath } from './parse-path.ts'
import { readYaml } from './read-yaml.ts'
import { nearest } from './suggest.ts'
import type { LocatedFlaw, Source, Spot, YamlEntry, YamlNode } from './yaml-tree.ts'

/** A value of the command line: `groups.clients.processes` and `2000`. */
export interface Override {
  /** Keys with dots between them, `[0]` for items of lists, `["a.b"]` for other names. */
  readonly path: string
  /** YAML. */
  readonly value: string
  /** The option that says so, where it is not `--set`: `--min-headroom`. */
  readonly option?: string
  /** The path was typed too, as behind `--vary`. */
  readonly isWhole?: true
}

/** What overrides are called in issues where they have no option of their own. */
const usualOption = '--set'

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
    const source = sourceOf(override)
    sources.push(source)
    const applied = applyOne(changed, override, source)
    if ('node' in applied) changed = applied.node
    else flaws.push(...applied.flaws)
  }
  return { root: changed, flaws, sources }
}

/** What was typed. */
function sourceOf({ path, value, option, isWhole }: Override): Source {
  return option === undefined || isWhole
    ? { file: option ?? usualOption, text: `${path}=${value}` }
    : { file: option, text: value }
}

type Applied = { readonly node: YamlNode } | { readonly flaws: readonly LocatedFlaw[] }

function applyOne(root: YamlNode, { path, value }: Override, source: Source): Applied {
  const written = parsePath(path)
  if (written === undefined) {
    const message =
      path === '' ? 'the path to a key is missing' : `\`${path}\` is not a path to a key`
    return { flaws: [{ message, expected: pathForm, spot: { source, offset: 0 } }] }
  }
  const start = source.text.length - value.length
  const steps = written.map(({ step }) => step)
  if (steps[0] === 'growth' && steps.length > 2) {
    const meant = pathText(['growth', pathText(steps.slice(1))])
    const message = `\`${path}\` is not one key of \`growth\``
    const suggestion = `did you mean \`${meant}\`?`
    const spot = { source, offset: 0 }
    return { flaws: [{ message, expected: 'the path that grows in quotes', suggestion, spot }] }
  }
  const spots = written.map(({ offset }) => ({ source, offset: Math.min(offset, start) }))
  const reading = /\S/.test(value)
    ? readYaml(source, start)
    : { root: emptyAt({ source, offset: start }), flaws: [] }
  if (reading.root === undefined) return { flaws: reading.flaws }
  const flawOrNode = put(root, { path: steps, spots, value: reading.root }, 0)
  return 'message' in flawOrNode ? { flaws: [flawOrNode] } : { node: flawOrNode }
}

const pathForm = 'keys with dots between them, such as `groups.clients.maps[0].touched`'
/** A value, the path to its place, and where each step of the path is written. */
interface Placing {
  readonly path: Path
  readonly spots: readonly Spot[]
  readonly value: YamlNode
}

/** The node with the value at the rest of the path, or why it cannot be there. */
function put(node: YamlNode, placing: Placing, depth: number): YamlNode | LocatedFlaw {
  const { path, value } = placing
  const here = path[depth]
  if (here === undefined) return value
  const spot = spotAt(placing, depth)
  const name = pathText(path.slice(0, depth))
  if (node.kind === 'scalar' && node.value !== null) {
    return {
      message: `\`${name}\` is a single value`,
      expected: `a path that ends at \`${name}\``,
      spot,
    }
  }
  if (typeof here === 'number') return putItem(node, here, placing, depth)
  if (node.kind === 'list') {
    const expected = `a position, such as \`${name}[0]\``
    return { message: `\`${name}\` is a list`, expected, spot }
  }
  const entries: ReadonlyMap<string, YamlEntry> = node.kind === 'map' ? node.entries : new Map()
  const entry = entries.get(here)
  const misspelt = entry === undefined ? misspeltName(path, depth, [...entries.keys()]) : undefined
  if (misspelt !== undefined) return { ...misspelt, spot }
  const child = put(entry?.node ?? emptyAt(spot), placing, depth + 1)
  if ('message' in child) return child
  const isLast = depth === path.length - 1
  const changed = { key: entry === undefined || isLast ? spot : entry.key, node: child }
  return { kind: 'map', spot: node.spot, entries: new Map([...entries, [here, changed]]) }
}

function putItem(
  node: YamlNode,
  index: number,
  placing: Placing,
  depth: number,
): YamlNode | LocatedFlaw {
  const spot = spotAt(placing, depth)
  const name = pathText(placing.path.slice(0, depth))
  if (node.kind === 'map') {
    return { message: `\`${name}\` is not a list`, expected: 'a key, not a position', spot }
  }
  const items = node.kind === 'list' ? node.items : []
  const missing = flawOfItem(placing.path, depth, items.length)
  if (missing !== undefined) return { ...missing, spot }
  const child = put(items[index] ?? emptyAt(spot), placing, depth + 1)
  if ('message' in child) return child
  const changed = items.length === index ? [...items, child] : items.with(index, child)
  return { kind: 'list', spot: node.spot, items: changed }
}

function spotAt({ spots, value }: Placing, depth: number): Spot {
  return spots[depth] ?? value.spot
}

/** Where a value goes into a region or group that is not there: a new one is written whole. */
function misspeltName(path: Path, depth: number, names: readonly string[]): Flaw | undefined {
  const goesInside = depth === 1 && path.length > 2
  if (!goesInside || (path[0] !== 'groups' && path[0] !== 'regions')) return undefined
  const near = nameWithDots(path, names) ?? nameOfOneStep(path, names)
  const known = names.map((name) => `\`${name}\``).join(', ')
  return {
    message: `\`${path[0]}\` has no \`${path[1]}\``,
    expected: names.length === 0 ? `an existing name; \`${path[0]}\` is empty` : `one of ${known}`,
    suggestion:
      near === undefined
        ? `to add one, set \`${pathText(path.slice(0, 2))}\` to all of it: \`{ … }\``
        : `did you mean \`${pathText([path[0], near.name, ...path.slice(1 + near.steps)])}\`?`,
  }
}

/** A name that was most likely meant, and how many steps of the path it takes. */
interface Near {
  readonly name: string
  readonly steps: number
}

/** A name with dots that was written without quotes: `python3.11`. */
function nameWithDots(path: Path, names: readonly string[]): Near | undefined {
  const lengths = new Set(names.map((name) => name.split('.').length))
  for (const steps of [...lengths].filter((length) => length > 1).toSorted((a, b) => b - a)) {
    const alike = names.filter((name) => name.split('.').length === steps)
    const written = path.slice(1, 1 + steps).join('.')
    const name = alike.includes(written) ? written : nearest(written, alike)
    if (name !== undefined) return { name, steps }
  }
  return undefined
}

function nameOfOneStep(path: Path, names: readonly string[]): Near | undefined {
  const name = nearest(String(path[1]), names)
  return name === undefined ? undefined : { name, steps: 1 }
}

function emptyAt(spot: Spot): YamlNode {
  return { kind: 'scalar', spot, value: null, text: '' }
}
