import type { Path } from '../../units/path.ts'
import { findingIds } from '../../workload/finding-ids.ts'
import { strategyIds } from '../schema/strategy-ids.ts'
import { parsePath } from '../yaml/parse-path.ts'
import type { YamlNode } from '../yaml/yaml-tree.ts'
import { nodeAt } from '../yaml/yaml-tree.ts'
import { isAt, quotedName } from './path-candidates.ts'
import type { SchemaNode } from './schema-at.ts'
import { schemaAt } from './schema-at.ts'

/**
 * The values that a path of `--set` may take, as YAML: words of the schema, and names of the
 * scenario where one of its parts is meant. None where any number, size or text is right.
 * @param root the scenario; absent: only the schema is asked.
 * @param strategies ids of the strategies that the scenario has; absent: all that there are.
 */
export function valueCandidates(
  typedPath: string,
  schema: SchemaNode,
  root: YamlNode | undefined,
  strategies: readonly string[] = strategyIds,
): readonly string[] {
  const path = parsePath(typedPath)?.map(({ step }) => step)
  if (path === undefined) return []
  const named = references.find(({ at }) => at.some((pattern) => isAt(path, pattern)))
  if (named !== undefined) return namesOf(named.names, root, strategies)
  return [...new Set(schemaAt(schema, path).flatMap(wordsOf))]
}

type Names = 'strategies' | 'findings' | Path

/** Where a value is the name of something. */
const references: readonly {
  readonly at: readonly (readonly string[])[]
  readonly names: Names
}[] = [
  {
    at: [
      ['groups', '*', 'maps', '#', 'region'],
      ['regions', '*', 'after'],
    ],
    names: ['regions'],
  },
  { at: [['groups', '*', 'cgroup']], names: ['host', 'cgroups'] },
  { at: [['regions', '*', 'mshare', 'owner']], names: ['groups'] },
  {
    at: [
      ['strategies', '#'],
      ['gates', 'strategy'],
    ],
    names: 'strategies',
  },
  { at: [['allow', '#', 'finding']], names: 'findings' },
]

function namesOf(
  names: Names,
  root: YamlNode | undefined,
  strategies: readonly string[],
): readonly string[] {
  if (names === 'strategies') return strategies
  if (names === 'findings') return Object.values(findingIds)
  const node = root === undefined ? undefined : nodeAt(root, names)
  return node?.kind === 'map' ? [...node.entries.keys()].map(yamlText) : []
}

/** Plain where YAML reads the same text from it. */
function yamlText(name: string): string {
  const isPlain = /^[a-z_][\w.-]*$/i.test(name) && !/^(?:true|false|null)$/i.test(name)
  return isPlain ? name : quotedName(name)
}

function wordsOf(form: SchemaNode): readonly string[] {
  if (form.type === 'boolean') return ['true', 'false']
  return (form.enum ?? form.examples ?? []).map(String)
}
