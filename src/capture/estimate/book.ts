import type { Note } from '../../scenario/annotated-scenario.ts'
import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'

/** What is said about a captured scenario while it is made. */
export interface Book {
  readonly notes: Note[]
  readonly sources: Map<string, string>
  /** Values that were estimated: why, which every result lists as an assumption. */
  readonly assumed: Note[]
  readonly remarks: string[]
}

/** Where a value was read: in a comment beside it, and in the result. */
export function note({ notes, sources }: Book, path: Path, source: string): void {
  notes.push({ path, text: source })
  sources.set(pathText(path), source)
}

/** As {@link note}, of a value that could not be read: the scenario lists it under `assumed`. */
export function assume(book: Book, path: Path, why: string): void {
  note(book, path, why)
  book.assumed.push({ path, text: why })
}
