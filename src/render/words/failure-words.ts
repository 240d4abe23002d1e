import type { FailedScenario } from '../../plan/result/failed-scenario.ts'
import { formatCount } from '../../units/format.ts'
import { listed } from '../text/amounts.ts'

/** Scenarios without a result. */
export interface Unanswered {
  readonly unanswered: number
  /** What is wrong with them. */
  readonly failures: readonly FailedScenario[]
}

type Naming = (text: string) => string

/** Why a scenario has no result, behind its place: `web.yaml:3:9: must be text`. */
export function failureText({ file, line, column, message }: FailedScenario, name: Naming): string {
  // Without a line the file could not be read, and the message names it.
  return line === undefined
    ? name(message)
    : `${name(`${file}:${line}:${column}`)}: ${name(message)}`
}

/** Files that are named before the others are only counted. */
const most = 5

/** Behind a count of scenarios: `1 without a result (broken.yaml)`. */
export function withoutResult({ unanswered, failures }: Unanswered, name: Naming): string {
  const files = [...new Set(failures.map(({ file }) => file))]
  const rest = files.length - most
  const shown = listed([
    ...files.slice(0, most).map(name),
    ...(rest > 0 ? [`${formatCount(rest)} more`] : []),
  ])
  return `${formatCount(unanswered)} without a result${shown === '' ? '' : ` (${shown})`}`
}
