import type { Result } from '../../plan/result/result.ts'
import type { Places } from '../../render/formats/all-results.ts'
import { findPlaces } from '../../scenario/find-places.ts'
import type { Override } from '../arguments/gate-options.ts'
import { causeOfFinding, causeOfGate } from './causes.ts'
import type { ReadScenario } from './scenario-file.ts'

/** Where the scenario says what its findings and gates rest on. The text is read again for that. */
export function placesOf(
  { findings, gates }: Pick<Result, 'findings' | 'gates'>,
  { text, about, base }: Pick<ReadScenario, 'text' | 'about' | 'base'>,
  overrides: readonly Override[],
): Places {
  const { file, line = 1 } = about
  const among = { linesBefore: line - 1, ...(base === undefined ? {} : { base }) }
  const source = { file, text: text.replace(/^\uFEFF/, ''), ...among }
  const paths = [...findings.map(causeOfFinding), ...gates.map(causeOfGate)]
  const places = findPlaces(source, overrides, paths)
  return { findings: places.slice(0, findings.length), gates: places.slice(findings.length) }
}
