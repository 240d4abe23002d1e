import { isSaved } from '../../saved/saved-mark.ts'
import { readYaml } from '../../scenario/yaml/read-yaml.ts'
import type { YamlNode } from '../../scenario/yaml/yaml-tree.ts'
import type { World } from '../machine/world.ts'
import { largestScenario } from '../output/refusal.ts'
import { expandHome } from './file-candidates.ts'

/** The scenario that a command line names: none, one that cannot be read, or what it says. */
export type ScenarioOnLine = { readonly isReadable: boolean; readonly root?: YamlNode }

/**
 * The first file of the command line. Standard input is never read, nor is a directory, a pattern or
 * a pipe: the keys are then those of the schema. Nothing is said of what is wrong with a file.
 */
export function scenarioOnLine(operands: readonly string[], world: World): ScenarioOnLine {
  const path = operands
    .filter((operand) => operand !== '-')
    .map((operand) => expandHome(operand, world))
    .find((operand) => world.kindOf(operand) === 'file')
  if (path === undefined) return { isReadable: true }
  const reading = world.readFile(path, largestScenario)
  if (!reading.ok) return { isReadable: false }
  const root = treeOf(reading.content)
  return root === undefined ? { isReadable: false } : { isReadable: true, root }
}

function treeOf(content: Uint8Array): YamlNode | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
    return isSaved(text) ? undefined : readYaml({ file: '', text }).root
  } catch {
    return undefined
  }
}
