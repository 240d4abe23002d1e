import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import type { ScenarioText } from '../schema/scenario-text.ts'
import { parsePath } from '../yaml/overrides.ts'
import { nearest } from '../yaml/suggest.ts'
import type { YamlNode, YamlScalar } from '../yaml/yaml-tree.ts'
import { nodeAt } from '../yaml/yaml-tree.ts'
import type { Desk, Draft } from './desk.ts'
import { complain, entriesOf } from './desk.ts'

/**
 * Puts down as assumptions the values of the scenario that nobody knew when it was written. One that
 * the command line has replaced is a choice by now, and dropped.
 */
export function resolveAssumed(desk: Desk, { assumed }: Draft<ScenarioText>): void {
  if (assumed === undefined) return
  const known = pathsBelow(desk.root, []).slice(0, mostPaths)
  let wrong = 0
  // An empty name is a complaint already.
  const named = entriesOf(desk, assumed, ['assumed']).filter(([name]) => name !== '')
  for (const [name, why] of named) {
    const value = valueAt(desk.root, name)
    if (value === undefined) {
      wrong += 1
      complain(desk, ['assumed', name], flawOf(name, wrong > mostSuggested ? [] : known), 'key')
    } else if (why !== undefined && value.spot.source === desk.root.spot.source) {
      const path = pathText(stepsOf(name) ?? [])
      desk.assumptions.push({ path, value: value.text, source: why, stated: true })
    }
  }
}

function valueAt(root: YamlNode, name: string): YamlScalar | undefined {
  const path = stepsOf(name)
  const node = path === undefined || path[0] === 'assumed' ? undefined : nodeAt(root, path)
  return node?.kind === 'scalar' ? node : undefined
}

/** Comparing every name with every path takes long where there are very many of both. */
const mostSuggested = 20
const mostPaths = 1000

function flawOf(name: string, known: readonly string[]) {
  const near = nearest(name, known)
  return {
    message: `no value stands at \`${name}\``,
    expected: 'the path of a value of this scenario, such as `groups.clients.processes`',
    ...(near === undefined ? {} : { suggestion: `did you mean \`${near}\`?` }),
  }
}

/** Paths of all values, those that say what is assumed excepted. */
function pathsBelow(node: YamlNode, path: Path): readonly string[] {
  if (node.kind === 'scalar') return [pathText(path)]
  const children: readonly (readonly [string | number, YamlNode])[] =
    node.kind === 'list'
      ? [...node.items.entries()]
      : [...node.entries].map(([key, entry]) => [key, entry.node] as const)
  return children
    .filter(([key]) => path.length > 0 || key !== 'assumed')
    .flatMap(([key, child]) => pathsBelow(child, [...path, key]))
}

function stepsOf(name: string): Path | undefined {
  return parsePath(name)?.map(({ step }) => step)
}
