/** A value that a case changes. */
export interface CaseValue {
  /** As for `--set`. */
  readonly path: string
  /** As it would be written there; absent where the case takes the value away. */
  readonly value?: string
  /** What the case says of it, where that is no value: `x2`, `+40`. */
  readonly change?: string
}
