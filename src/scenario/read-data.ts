import { parseScenario } from './read-scenario.ts'
import { replacedStatements, without } from './statements.ts'
import type { Override } from './yaml/overrides.ts'
import { applyOverrides } from './yaml/overrides.ts'
import type { PlainData } from './yaml/plain-data.ts'
import { toData } from './yaml/plain-data.ts'
import type { Source } from './yaml/yaml-tree.ts'

/**
 * What a scenario says as plain data, with the values of the command line put in; names are encoded.
 * What it says of a value that was replaced is removed.
 * Only of a text that {@link readScenario} has read without an issue.
 */
export function readData(
  text: string,
  file: string,
  overrides: readonly Override[],
  base?: Source,
): PlainData {
  const among = base === undefined ? {} : { base }
  const parsed = parseScenario(text, file, among)
  if (!parsed.ok) throw new RangeError('the text was never read')
  const { root } = applyOverrides(parsed.root, overrides)
  return toData(replacedStatements(root).reduce(without, root)).data
}
