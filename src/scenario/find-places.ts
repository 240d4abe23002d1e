import { pathText } from '../units/path.ts'
import { parseSource } from './read-scenario.ts'
import type { Complaint } from './yaml/issue.ts'
import type { Override } from './yaml/overrides.ts'
import { applyOverrides } from './yaml/overrides.ts'
import type { Source, YamlNode } from './yaml/yaml-tree.ts'
import { locate, nodeAt, toIssue } from './yaml/yaml-tree.ts'

/** Steps to a key; one with `where` is the item of a list whose key has one of the values. */
export type PathTo = readonly (
  | string
  | number
  | { readonly where: string; readonly is: readonly string[] }
)[]

/** Where a key is written. */
export interface KeyPlace {
  /** The path as far as the scenario has it, `regions.sga`. */
  readonly path: string
  /** Of the file, from 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** One past the end of the key or value on that line. */
  readonly endColumn: number
  /** The file, if it is not that of the scenario but one that this extends. */
  readonly file?: string
  /** The option that says it: then the other figures are where the scenario begins. */
  readonly option?: string
}

/**
 * Finds where a scenario that was read says something. What it does not say is at the nearest key
 * above, so that each has a place.
 * @param overrides values of the command line, as they were put in.
 * @param paths steps from the root of the scenario.
 */
export function findPlaces(
  source: Source,
  overrides: readonly Override[],
  paths: readonly PathTo[],
): readonly (KeyPlace | undefined)[] {
  const parsed = parseSource(source)
  if (!parsed.ok) return paths.map(() => undefined)
  const { root, sources } = applyOverrides(parsed.root, overrides)
  return paths.map((path) => placeOf(root, source, sources, path))
}

function placeOf(
  root: YamlNode,
  source: Source,
  options: readonly Source[],
  path: PathTo,
): KeyPlace {
  const found = existing(root, path)
  const { spot } = locate(root, asked(found))
  if (options.includes(spot.source)) {
    return { path: pathText(found), ...at(source, root.spot.offset), option: spot.source.file }
  }
  const { file } = spot.source
  const other = spot.source === source ? {} : { file }
  return { path: pathText(found), ...at(spot.source, spot.offset), ...other }
}

function asked(path: readonly (string | number)[]): Complaint {
  return { path, at: 'key', message: '' }
}

/** As many of the steps as there are nodes for. */
function existing(root: YamlNode, path: PathTo): readonly (string | number)[] {
  const steps: (string | number)[] = []
  for (const step of path) {
    const next = typeof step === 'object' ? itemWhere(nodeAt(root, steps), step) : step
    if (next === undefined || nodeAt(root, [...steps, next]) === undefined) break
    steps.push(next)
  }
  return steps
}

function itemWhere(
  node: YamlNode | undefined,
  { where, is }: Exclude<PathTo[number], string | number>,
): number | undefined {
  if (node?.kind !== 'list') return undefined
  const index = node.items.findIndex((item) => {
    const value = item.kind === 'map' ? item.entries.get(where)?.node : undefined
    return value?.kind === 'scalar' && is.includes(value.text)
  })
  return index < 0 ? undefined : index
}

function at(source: Source, offset: number): Pick<KeyPlace, 'line' | 'column' | 'endColumn'> {
  const { line, column } = toIssue({ spot: { source, offset }, message: '' })
  word.lastIndex = offset
  const [text = ''] = word.exec(source.text) ?? []
  return { line, column, endColumn: column + Math.max(1, text.length) }
}

/** A key or value, in quotes or not. */
const word = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^\s:,[\]{}]+/y
