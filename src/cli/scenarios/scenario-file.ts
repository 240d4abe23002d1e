import type { ScenarioIdentity } from '../../plan/result/result.ts'
import { isSaved } from '../../saved/saved-mark.ts'
import { readScenario } from '../../scenario/read-scenario.ts'
import type { Source } from '../../scenario/yaml/yaml-tree.ts'
import { identityOf } from '../../workload/identity.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import type { Override } from '../arguments/gate-options.ts'
import type { Request } from '../arguments/request.ts'
import { largestScenario, shownPath } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'
import type { Document, DocumentPlace } from './document.ts'
import type { SavedFile } from './saved/saved-files.ts'
import { savedFileOf } from './saved/saved-files.ts'
import { tooLarge } from './too-large.ts'

/** A scenario that was read and understood. */
export interface ReadScenario {
  readonly about: ScenarioIdentity
  readonly workload: Workload
  readonly assumptions: readonly Assumption[]
  /** As it was read, without the values of the command line. */
  readonly text: string
  /** The scenario that the text extends; absent: none. */
  readonly base?: Source
}

/** Reads the scenario of a document, with the overrides put in. */
export async function readScenarioDocument(
  document: Document,
  { overrides, command }: Pick<Request, 'overrides' | 'command'>,
): Promise<ReadScenario | Failure> {
  if (isSaved(document.text)) return noScenario(document, command)
  return scenarioIn(document, overrides, command === 'verify' ? 'verify' : 'plan')
}

/** Reads the scenario of a document, or the results that were saved in its place. */
export async function readScenarioOrSaved(
  document: Document,
  overrides: readonly Override[],
): Promise<ReadScenario | SavedFile | Failure> {
  if (isSaved(document.text)) return savedFileOf(document)
  if (document.text.length <= largestScenario) return scenarioIn(document, overrides)
  return tooLarge(document, 'line')
}

/** The scenario in a text, with the overrides put in. */
export async function scenarioIn(
  { path, text, lineEnd = '', ...among }: Document,
  overrides: readonly Override[],
  purpose: 'plan' | 'verify' = 'plan',
): Promise<ReadScenario | Failure> {
  const read = readScenario(text, path, overrides, purpose, among)
  if (!read.ok) return { status: status.invalid, issues: read.issues }
  const { workload, assumptions } = read
  return {
    about: identityOf(workload, read),
    workload,
    assumptions,
    text: text + lineEnd,
    ...(among.base === undefined ? {} : { base: among.base }),
  }
}

/** A saved result where a scenario is needed. */
export function noScenario(
  { path, linesBefore }: DocumentPlace,
  command?: Request['command'],
): Failure {
  const place =
    linesBefore === undefined ? shownPath(path) : `${shownPath(path)}:${linesBefore + 1}`
  const others =
    command === 'report'
      ? 'name the scenario that it was planned from, which a page is made of'
      : 'judge it with check, or compare with it by --baseline'
  const text = `${place} is a saved result, not a scenario; ${others}`
  return { status: status.invalid, text }
}
