import type { Path } from '../../units/path.ts'

/** Something wrong in a scenario, and where. */
export interface Issue {
  /** As the user named it; `--set` for a value of the command line. */
  readonly file: string
  /** Which document of the file, from 1, where the file holds several. */
  readonly document?: number
  /** Of the file, from 1. */
  readonly line: number
  /** From 1, in UTF-16 units: `sourceLine.slice(0, column − 1)` is the text before it. */
  readonly column: number
  readonly message: string
  readonly expected?: string
  readonly suggestion?: string
  /** The line in the file, shortened where it is very long. */
  readonly sourceLine?: string
  /** Where in the scenario, as `groups.clients.maps[0].region`. */
  readonly path?: string
}

/** What is wrong with a value, before the place of the value is known. */
export interface Flaw {
  readonly message: string
  readonly expected?: string
  readonly suggestion?: string
}

/** A flaw and the path to what has it: the value there or, where `at` says so, its key. */
export interface Complaint extends Flaw {
  readonly path: Path
  readonly at: 'key' | 'value'
}
