/** A scenario without a result: where it is, and why. There is one for each thing that is wrong in it. */
export interface FailedScenario {
  /** As named; `-` is standard input. */
  readonly file: string
  /** From 1; absent where the file could not be read. */
  readonly line?: number
  /** From 1, in UTF-16 units; absent where `line` is. */
  readonly column?: number
  readonly message: string
}
