import { stringify } from 'yaml'
import type { ScenarioText } from '../../../../src/scenario/schema/scenario-text.ts'

/** A scenario as a file that the program reads, opening with what there is to say about it. */
export function scenarioFile(scenario: ScenarioText, remarks: readonly string[]): string {
  const opening = remarks.map((remark) => `# ${remark}\n`).join('')
  return opening + stringify(scenario, { aliasDuplicateObjects: false, lineWidth: 0 })
}
