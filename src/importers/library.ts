/** Where importers get files from: handed in, so that they know no machine. */
export interface Library {
  /** The text of a regular file. */
  readonly read: (path: string) => FileReading
  /** Names of what stands in a folder, folders left out. */
  readonly list: (folder: string) => FolderReading
}

export type FileReading = { readonly ok: true; readonly text: string } | Unread

export type FolderReading = { readonly ok: true; readonly names: readonly string[] } | Unread

/** Why nothing could be read. */
export interface Unread {
  readonly ok: false
  readonly missing: boolean
  /** In words, as `permission denied`. */
  readonly why: string
}

/** The folder a file lies in, as a prefix for names beside it: `/etc/db/`, or nothing. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** A path as written in a file, seen from the folder of that file. */
export function pathFrom(folder: string, written: string): string {
  return written.startsWith('/') ? written : `${folder}${written}`
}
