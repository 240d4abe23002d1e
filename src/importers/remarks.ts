import type { Note } from '../scenario/write-scenario.ts'
import type { Spot } from '../scenario/yaml/yaml-tree.ts'
import { lineAt } from '../scenario/yaml/yaml-tree.ts'
import { pathText } from '../units/path.ts'

/** Where the values of a scenario come from: a note behind each, and those that are assumed. */
export interface Remarks {
  readonly notes: Note[]
  /** Path of the value → why it was assumed. */
  readonly assumed: Record<string, string>
  /** Path of the value → the place that decides it. */
  readonly origins: Record<string, Spot>
}

export function noRemarks(): Remarks {
  return { notes: [], assumed: {}, origins: {} }
}

/** A value that stands in a file, or follows from what does. */
export function given(remarks: Remarks, path: Note['path'], text: string): void {
  remarks.notes.push({ path, text })
}

/** A value that no file says: every plan lists it as an assumption. */
export function assumed(remarks: Remarks, path: Note['path'], why: string): void {
  remarks.assumed[pathText(path)] = why
}

/** Whoever finds fault with the value looks at the first of these places that there is. */
export function decidedBy(
  remarks: Remarks,
  path: Note['path'],
  ...places: readonly (Spot | undefined)[]
): void {
  const place = places.find((one) => one !== undefined)
  if (place !== undefined) remarks.origins[pathText(path)] = place
}

/** A value of the command line: `--connections:1:1`. */
export function ofOption(option: string, value: string | number | undefined): Spot | undefined {
  if (value === undefined) return undefined
  return { source: { file: option, text: String(value) }, offset: 0 }
}

/** `postgresql.conf:12`. */
export function placeOf({ source, offset }: Spot): string {
  return `${source.file}:${lineAt(source, offset)}`
}
