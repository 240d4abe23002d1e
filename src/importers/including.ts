import type { Spot } from '../scenario/yaml-tree.ts'
import type { ImportFlaw } from './imported.ts'
import type { Library } from './library.ts'

/** As my_default.cc has it for MySQL; Oracle documents none. */
const mostDepth = 10
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
  if (by !== undefined && (depth > mostDepth || reading.files > mostFiles)) {
    if (reading.files > mostFiles + 1) return undefined
    const message = `files include each other more than ${mostDepth} levels deep, or too many of them`
    reading.flaws.push({ message, expected: 'a file that does not lead back here', spot: by })
    return undefined
  }
  const file = reading.library.read(path)
  if (file.ok) return file.text
  const spot = by ?? { source: { file: path, text: '' }, offset: 0 }
  reading.flaws.push({ message: `cannot read ${path}: ${file.why}`, spot, unread: true })
  return undefined
}
