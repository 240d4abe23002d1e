import type { About } from '../../plan/plan.ts'
import type { Result } from '../../plan/result/result.ts'
import type { PlainData } from '../../scenario/yaml/plain-data.ts'

/** What a page knows of one scenario, in its file. Plain data. */
export type ReportEntry = PlannedEntry | SavedEntry

/** A scenario that the page plans itself. */
export interface PlannedEntry {
  readonly kind: 'scenario'
  /** As the user named it; `-` for standard input; absent for the example of the playground. */
  readonly file?: string
  /** Line of the file that its document begins in; absent: the first. */
  readonly line?: number
  readonly name: string
  /** The name is that of the file: the scenario has none. */
  readonly isNamedByFile: boolean
  /** The scenario as it was checked, with the values of the command line; names are encoded. */
  readonly data: PlainData
  /** The values of the command line that are in the data. */
  readonly settings: readonly Setting[]
  /** What it is judged by, in addition to its own gates. */
  readonly context: Pick<About, 'numaNodes' | 'today' | 'earlier'>
}

/** A result that was saved without its scenario: nothing can be changed. */
export interface SavedEntry {
  readonly kind: 'saved'
  readonly result: Result
}

/** A value of the command line. */
export interface Setting {
  /** Path of the value in the scenario. */
  readonly path: string
  /** As it was typed. */
  readonly value: string
  /** The option, if it is not `--set`. */
  readonly option?: string
}
