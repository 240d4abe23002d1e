import type { Note } from '../scenario/write-scenario.ts'
import type { Spot } from '../scenario/yaml-tree.ts'
import { lineAt } from '../scenario/yaml-tree.ts'
import { pathText } from '../units/path.ts'

/** Where the values of a scenario come from: a note behind each, and those that are assumed. */
export interface Remarks {
  readonly notes: Note[]
  /** Path of the value → why it was assumed. */
  readonly assumed: Record<string, string>
}

export function noRemarks(): Remarks {
  return { notes: [], assumed: {} }
}

/** A value that stands in a file, or follows from what does. */
export function given(remarks: Remarks, path: Note['path'], text: string): void {
  remarks.notes.push({ path, text })
}

/** A value that no file says: every plan lists it as an assumption. */
export function assumed(remarks: Remarks, path: Note['path'], why: string): void {
  remarks.assumed[pathText(path)] = why
}

/** `postgresql.conf:12`. */
export function placeOf({ source, offset }: Spot): string {
  return `${source.file}:${lineAt(source, offset)}`
}
