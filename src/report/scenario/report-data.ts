import type { About } from '../../plan/plan.ts'
import type { PlainData } from '../../scenario/yaml/plain-data.ts'
import type { Markup } from '../markup/markup.ts'

/** What a page knows of one scenario, which it plans itself. Plain data. */
export interface ReportEntry {
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
  /** Absent where the scenario says nothing of what may change. */
  readonly whatIf?: WhatIf
}

/** Growth, ranges and cases of the file, as they were planned; changes in the page do not reach them. */
export interface WhatIf {
  readonly sentences: readonly string[]
  /** Memory as days pass, drawn: no change in the page redraws it. */
  readonly growth?: readonly Markup[]
  /** Cases as columns, in lines. */
  readonly cases?: string
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
