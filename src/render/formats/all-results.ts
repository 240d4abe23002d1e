import type { Unanswered } from '../words/failure-words.ts'

/** All results of a run, in the order in which they are printed. */
export interface AllResults<Of> extends Unanswered {
  /** May be gone through several times; each time they are read anew, so that they need no memory. */
  readonly results: () => Iterable<PlacedResult<Of>>
}

/** A result, and where the scenario says what it rests on. */
export interface PlacedResult<Of> {
  readonly result: Of
  /** Absent where no format of the run shows places, and of saved results. */
  readonly places?: Places
}

/** Where the causes of findings and gates are written; in the order of both. */
export interface Places {
  readonly findings: readonly (Place | undefined)[]
  readonly gates: readonly (Place | undefined)[]
}

/** A place in the file of the scenario, or an option of the command line. */
export interface Place {
  /** In the scenario, as `regions.sga`. */
  readonly path: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  /** One past the last unit of the key or value; absent where it is not on the same line. */
  readonly endColumn?: number
  /** The file, if it is one that the scenario extends. */
  readonly file?: string
  /** Said on the command line: then line and column are where the scenario begins. */
  readonly option?: string
}
