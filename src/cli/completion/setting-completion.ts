import { findLayout } from '../../geometry/catalogue.ts'
import { pathCandidates } from '../../scenario/candidates/path-candidates.ts'
import { valueCandidates } from '../../scenario/candidates/value-candidates.ts'
import { defaults } from '../../scenario/schema/defaults.ts'
import { strategyIds } from '../../scenario/schema/strategy-ids.ts'
import type { YamlNode } from '../../scenario/yaml/yaml-tree.ts'
import { nodeAt } from '../../scenario/yaml/yaml-tree.ts'
import { scenarioJsonSchema } from '../../scenario/zod/json-schema.ts'
import { strategiesOf } from '../../sharing/catalogue.ts'
import { endOfPath } from '../arguments/option.ts'
import type { Completion } from './candidate.ts'
import { plainCandidates } from './candidate.ts'
import type { ScenarioOnLine } from './scenario-on-line.ts'

/** How `groups.cl` goes on, or the values behind `host.layout=`. */
export function settingCompletion(
  typed: string,
  { isReadable, root }: ScenarioOnLine,
): Omit<Completion, 'files'> {
  if (!isReadable) return { before: '', candidates: [] }
  const schema = scenarioJsonSchema()
  const equals = endOfPath(typed)
  if (equals < 0) {
    const paths = pathCandidates(typed, schema, root)
    return { before: '', candidates: paths.map((path) => ({ ...path, isOpen: true })) }
  }
  const values = valueCandidates(typed.slice(0, equals), schema, root, strategiesIn(root))
  return { before: typed.slice(0, equals + 1), candidates: plainCandidates(values) }
}

/** Ids of the strategies that the layout of a scenario has; of all layouts where none is known. */
export function strategiesIn(root: YamlNode | undefined): readonly string[] {
  if (root === undefined) return strategyIds
  const node = nodeAt(root, ['host', 'layout'])
  const layout = findLayout(node?.kind === 'scalar' ? node.text : defaults.layout)
  return layout === undefined ? strategyIds : strategiesOf(layout).map(({ id }) => id)
}
