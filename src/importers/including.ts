import type { Flaw } from '../scenario/yaml/issue.ts'
import type { Spot } from '../scenario/yaml/yaml-tree.ts'
import type { ImportFlaw } from './importer.ts'
import type { Library, Place, Unread } from './library.ts'
import { folderOf } from './library.ts'
import type { NotRead } from './not-read.ts'

/** As my_default.cc has it for MySQL and conffiles.h for PostgreSQL; Oracle documents none. */
const mostDepth = 10
/** Ten levels of files that include each other twice would be a thousand. */
const mostFiles = 500

/** Reading of files that name further ones: how many there were, and what was wrong with them. */
export interface Including {
  readonly library: Library
  readonly flaws: ImportFlaw[]
  readonly notRead: NotRead[]
  /** The file that the user named: of others no line is shown that is no setting. */
  readonly main: string
  /** Other files that have a line which is no setting. */
  readonly withoutSettings: Set<string>
  files: number
}

/** Nothing is read yet. */
export function beginning(main: string, library: Library): Including {
  return { library, flaws: [], notRead: [], main, withoutSettings: new Set(), files: 0 }
}

/** A file or folder that a line of a configuration names. */
export interface Named extends Place {
  readonly written: string
  readonly by: Spot
  /** The server goes on without it. */
  readonly mayBeMissing: boolean
}

/** The place of a file that a line names; `undefined` if it is unknown, which is noted. */
export function named(
  { library, notRead }: Pick<Including, 'library' | 'notRead'>,
  written: string,
  by: Spot,
  mayBeMissing = false,
): Named | undefined {
  const found = library.find(written, folderOf(by.source.file))
  if (found !== 'elsewhere') return { ...found, written, by, mayBeMissing }
  notRead.push({ written, by })
  return undefined
}

/** The text of the configuration itself; `undefined` where it cannot be read: a flaw then. */
export function mainText(reading: Including): string | undefined {
  reading.files += 1
  const file = reading.library.read(reading.main)
  if (file.ok) return file.text
  const message = `cannot read ${reading.main}: ${file.why}`
  const spot = { source: { file: reading.main, text: '' }, offset: 0 }
  reading.flaws.push({ message, spot, unread: true })
  return undefined
}

/**
 * A line that is no setting. In a file that another one names nothing of it is shown, and the first of
 * them says enough: it may be any file.
 */
export function noteNoSetting(
  { main, flaws, withoutSettings }: Including,
  { spot, ...flaw }: ImportFlaw,
): void {
  const { file } = spot.source
  if (file === main) flaws.push({ ...flaw, spot })
  else if (!withoutSettings.has(file)) flaws.push({ ...noSetting, spot })
  if (file !== main) withoutSettings.add(file)
}

const noSetting = {
  message: 'this line of an included file is not a setting',
  expected: 'a configuration of the database',
}

/**
 * The text of a file that a line names.
 * @returns `undefined` where it cannot be read, or files lead back to each other: a flaw then; or
 * where the copy does not have it: noted then.
 */
export function textIncluded(reading: Including, file: Named, depth: number): string | undefined {
  reading.files += 1
  if (isTooFar(reading, file.path, depth, file.by)) return undefined
  const text = reading.library.read(file.path)
  if (text.ok) return text.text
  noteUnread(reading, file, text)
  return undefined
}

/** Names of the files in a folder that a line names; none where it cannot be read. */
export function namesIncluded(reading: Including, folder: Named): readonly string[] {
  const listing = reading.library.list(folder.path)
  if (listing.ok) return listing.names
  noteUnread(reading, folder, listing, 'directory')
  return []
}

/** A file of a folder that was named. */
export function fileIn(folder: Named, name: string): Named {
  const path = `${folder.path}${folder.path.endsWith('/') ? '' : '/'}${name}`
  return { ...folder, path, mayBeMissing: false }
}

function noteUnread(
  { notRead, flaws }: Including,
  { path, copy, isLone, written, by, mayBeMissing }: Named,
  { why, missing }: Unread,
  what: 'file' | 'directory' = 'file',
): void {
  const lone = isLone === undefined ? {} : { isLone }
  if (missing && copy !== undefined) notRead.push({ written, by, copy, ...lone })
  else if (!(missing && mayBeMissing)) {
    const expected = `a readable ${what}`
    flaws.push({ message: `cannot read ${path}: ${why}`, expected, spot: by, unread: true })
  }
}

/** Whether files lead back to each other, or are too many: a flaw then, and once is enough to say so. */
function isTooFar(
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
  const expected = 'a file that does not include this one'
  if (files > mostFiles) {
    return { message: `more than ${mostFiles} files are included`, expected: 'fewer files' }
  }
  if (by.source.file === path) return { message: 'this file includes itself', expected }
  if (depth > mostDepth) {
    return { message: `files include each other more than ${mostDepth} levels deep`, expected }
  }
  return undefined
}
