/** A word of the tables or of the screen, explained. */
export interface Term {
  /** As it is printed. */
  readonly name: string
  /** Other words for it. Case, plural, blanks, `-` and `_` make no difference anyway. */
  readonly also?: readonly string[]
  /** One to four sentences. */
  readonly meaning: string
  readonly unit?: string
  /** How it is computed, in words or symbols. */
  readonly formula?: string
  /** When it is so. */
  readonly condition?: string
  /** Where it comes from: a key of the scenario, a file of the kernel. */
  readonly source?: string
  /** Selects its numbers: `explain FILE` and this text. */
  readonly numbers?: string
  /** The page of docs/guide that tells more. */
  readonly page: GuidePage
}

/** Pages of docs/guide, by what they are about. */
export type GuidePage =
  | 'fleet'
  | 'gates'
  | 'limits'
  | 'oom'
  | 'scenario'
  | 'screen'
  | 'timeline'
  | 'verify'
  | 'what-if'

/** Terms that are read together, in the order of a list. */
export interface TermGroup {
  readonly title: string
  readonly terms: readonly Term[]
}
