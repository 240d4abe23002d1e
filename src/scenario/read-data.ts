import type { Override } from './yaml/overrides.ts'
import { applyOverrides } from './yaml/overrides.ts'
import type { PlainData } from './yaml/plain-data.ts'
import { toData } from './yaml/plain-data.ts'
import { readOrdinary } from './yaml/read-ordinary.ts'
import { readYaml } from './yaml/read-yaml.ts'
import type { Source } from './yaml/yaml-tree.ts'

/**
 * What a scenario says as plain data, with the values of the command line put in; names are encoded.
 * Only of a text that {@link readScenario} has read without an issue.
 */
export function readData(text: string, file: string, overrides: readonly Override[]): PlainData {
  const source: Source = { file, text: text.replace(/^\uFEFF/, '') }
  const root = readOrdinary(source) ?? readYaml(source).root
  if (root === undefined) throw new RangeError('the text was never read')
  return toData(applyOverrides(root, overrides).root).data
}
