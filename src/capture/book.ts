import type { Note } from '../scenario/write-scenario.ts'
import type { Path } from '../units/path.ts'
import { pathText } from '../units/path.ts'

/** What is said about a draft while it is made. */
export interface Book {
  readonly notes: Note[]
  readonly sources: Map<string, string>
  readonly remarks: string[]
}

/** Where a value was read: in a comment beside it, and in the result. */
export function note({ notes, sources }: Book, path: Path, source: string): void {
  notes.push({ path, text: source })
  sources.set(pathText(path), source)
}
