import type { Flaw } from '../scenario/issue.ts'
import type { Spot } from '../scenario/yaml-tree.ts'
import type { ImportFlaw } from './imported.ts'
import type { Library } from './library.ts'

/** As my_default.cc has it for MySQL and conffiles.h for PostgreSQL; Oracle documents none. */
const mostDepth = 10
/** Ten levels of files that include each other twice would be a thousand. */
const mostFiles = 500

/** Reading of files that name further ones: how many there were, and what was wrong with them. */
export interface Including {
  readonly library: Library
  readonly flaws: ImportFlaw[]
  files: number
}

/**
 * The text of a file, named by a line of another one or by the user.
 * @param by where it is named; absent for the first.
 * @returns `undefined` where it cannot be read, or files lead back to each other: a flaw then.
 */
export function textIncluded(
  reading: Including,
  path: string,
  depth: number,
  by?: Spot,
): string | undefined {
  reading.files += 1
  if (by !== undefined && isTooFar(reading, path, depth, by)) return undefined
  const file = reading.library.read(path)
  if (file.ok) return file.text
  const spot = by ?? { source: { file: path, text: '' }, offset: 0 }
  reading.flaws.push({ message: `cannot read ${path}: ${file.why}`, spot, unread: true })
  return undefined
}

/** Whether files lead back to each other, or are too many: a flaw then, and once is enough to say so. */
export function isTooFar(
  { files, flaws }: Pick<Including, 'files' | 'flaws'>,
  path: string,
  depth: number,
  by: Spot,
): boolean {
  const excess = excessOf(files, path, depth, by)
  if (excess !== undefined && files <= mostFiles + 1) flaws.push({ ...excess, spot: by })
  return excess !== undefined
}

function excessOf(files: number, path: string, depth: number, by: Spot): Flaw | undefined {
  const expected = 'a file that does not lead back here'
  if (files > mostFiles) {
    return { message: `more than ${mostFiles} files are included`, expected: 'fewer files' }
  }
  if (by.source.file === path) return { message: 'this file includes itself', expected }
  if (depth > mostDepth) {
    return { message: `files include each other more than ${mostDepth} levels deep`, expected }
  }
  return undefined
}
