/** Where importers get files from: handed in, so that they know no machine. */
export interface Library {
  /** The text of a regular file. */
  readonly read: (path: string) => FileReading
  /** Names of the files in a folder, without its folders. */
  readonly list: (folder: string) => FolderReading
  /** Where to look for what a file names. */
  readonly find: (written: string, folder: string) => Found
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

/** The place of a file on this machine; `elsewhere`: it is on the server, and no copy of it is known. */
export type Found = 'elsewhere' | Place

export interface Place {
  readonly path: string
  /** The folder with the copy that it must be in; a copy need not have all files. */
  readonly copy?: string
  /** It is named relative to a file of a copy, which may be the only one that was copied. */
  readonly isLone?: true
}

/** The folder a file lies in, as a prefix for names in it: `/etc/db/`, or nothing. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}
