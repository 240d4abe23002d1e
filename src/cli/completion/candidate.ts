/** What the word at the cursor may become. */
export interface Completion {
  /** The part of the word that stays as it is: `--format=`, `levels,`. */
  readonly before: string
  /** What may follow that part, whole, whatever of it is typed already. */
  readonly candidates: readonly Candidate[]
  /** Files may follow too. */
  readonly files?: FileWish
}

export interface Candidate {
  readonly text: string
  /** In one line, safe to print; empty where the text says all. */
  readonly description: string
  /** More of the same word follows. */
  readonly isOpen: boolean
}

/** Folders, and files whose names end so; all files where no ends are given. */
export interface FileWish {
  readonly endings: readonly string[]
}

/** Whole words without descriptions. */
export function plainCandidates(words: readonly string[]): readonly Candidate[] {
  return words.map((text) => ({ text, description: '', isOpen: false }))
}
