import { yamlText } from '../../../report/scenario/yaml-text.ts'
import { readData } from '../../../scenario/read-data.ts'
import type { Source } from '../../../scenario/yaml/yaml-tree.ts'
import type { Override } from '../../arguments/gate-options.ts'
import { shownPath } from '../../output/refusal.ts'
import type { ReadScenario } from '../scenario-file.ts'

/** A scenario and all that it extends, with the values of the command line, as one that extends nothing. */
export function wholeScenario(
  { text, about: { file }, base }: ReadScenario,
  overrides: readonly Override[],
): string {
  const data = readData(text, file, overrides, base)
  const files = [file, ...basesOf(base)].map(shownPath).join(', which extends ')
  // The address of the schema is relative to the file that has it.
  const whole = Object.assign(Object.create(null), data, { $schema: undefined })
  return `# Made of ${files}.\n${yamlText(whole)}`
}

function basesOf(base: Source | undefined): readonly string[] {
  return base === undefined ? [] : [base.file, ...basesOf(base.base)]
}
