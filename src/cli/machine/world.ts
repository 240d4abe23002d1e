import type { Tree } from '../../capture/files/tree.ts'

/** All that the program sees of the machine: handed in, so that a test can hand in another. */
export interface World {
  readonly env: Environment
  /** The date in UTC, as `2027-01-31`. */
  readonly today: () => string
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  /** What is at a path, links followed. */
  readonly kindOf: (path: string) => FileKind
  /** The same text for every way of naming one file. */
  readonly realPath: (path: string) => string
  /** A regular file, whole, or the reason why not; never more than `most` bytes are read. */
  readonly readFile: (path: string, most: number) => Reading
  /** The path of the page on a finding, which ships with the program. */
  readonly pageOf: (id: string) => string
  /** The path of the JSON Schema of results, which ships with the program. */
  readonly resultSchema: string
  /** The path of a part of the program, which a report takes along: `model`. */
  readonly bundleOf: (name: string) => string
  /**
   * A regular file, or standard input by the name `-`, to be read part by part.
   * @param mayBePipe also a named pipe, such as that of `<(git show HEAD:server.yaml)`.
   */
  readonly openInput: (path: string, mayBePipe?: true) => Input | Refusal
  /** Room for more text than should be in memory. */
  readonly openScratch: () => Scratch | Refusal
  /** Watches for the user to interrupt the work; until then an interruption ends the program. */
  readonly watchInterrupts: () => Watch
  /** Threads that run this program too; absent where it has no threads. */
  readonly workers?: Workers
  /** A dialogue with the person at the terminal; `undefined` where there is no terminal to ask on. */
  readonly openDialogue: () => Dialogue | undefined
  /** Names of the regular files in a folder: no links, no folders. */
  readonly listFolder: (path: string) => Listing
  /** Names of all files and folders in a folder. */
  readonly listNames: (path: string) => Listing
  /** Regular files that match a glob pattern, sorted. */
  readonly findFiles: (pattern: string) => Promise<readonly string[]>
  /** The running machine or, at a path, a copy of one: a folder or an archive. */
  readonly openTree: (root: string | undefined) => Tree | Refusal
  /** Why a file could not be created or replaced; `undefined` where it can. Leaves nothing behind. */
  readonly whyNotReplace: (path: string) => Refusal | undefined
  /** Writes a file whole, or leaves it as it was. */
  readonly replaceFile: (file: OutputFile) => Refusal | undefined
}

/** The environment variables that are looked at, and no others. */
export interface Environment {
  readonly NO_COLOR?: string | undefined
  readonly FORCE_COLOR?: string | undefined
  readonly TERM?: string | undefined
  readonly COLUMNS?: string | undefined
  readonly LC_ALL?: string | undefined
  readonly LC_CTYPE?: string | undefined
  readonly LANG?: string | undefined
  /** `true` in a job of GitHub Actions. */
  readonly GITHUB_ACTIONS?: string | undefined
  /** Completion finds files by `~/`. */
  readonly HOME?: string | undefined
}

/** Questions and answers on a terminal. */
export interface Dialogue {
  /** The line that was typed; `undefined` if the person ended the input instead. */
  readonly ask: (question: string) => Promise<string | undefined>
  readonly close: () => void
}

/** A stream that text goes out on. */
export interface OutputStream {
  readonly isTerminal: boolean
  /** Width of the terminal; absent for files and pipes. */
  readonly columns?: number | undefined
  /** Its reader has gone away, as that of `| head`: what is still written is dropped. */
  readonly isClosed?: boolean
  /** Settles when the text has left the program. A reader that has gone away is no refusal. */
  readonly write: (text: string) => Promise<Refusal | undefined>
}

export type FileKind = 'file' | 'folder' | 'special' | Refusal

export type Reading = { readonly ok: true; readonly content: Uint8Array } | Refusal

/** A text that is read part by part, because it may be longer than memory. */
export interface Input {
  readonly ok: true
  /** The next bytes; `undefined` at the end. */
  readonly next: () => Promise<Uint8Array | Refusal | undefined>
  /** Reads no more: an endless writer is told to stop. */
  readonly close: () => void
}

/** Text on a disk, without a name: gone with the program, however that ends. */
export interface Scratch {
  readonly ok: true
  /** Appends bytes. */
  readonly append: (bytes: Uint8Array) => Refusal | undefined
  readonly read: (offset: number, length: number) => Uint8Array
  readonly close: () => void
}

export interface Watch {
  /** What is awaited or, if the user interrupts the work before it is there, `interrupted`. */
  readonly before: <T>(awaited: Promise<T>) => Promise<T | 'interrupted'>
  /** Interruptions have their usual effect again; one that came before has it now. */
  readonly end: () => void
}

export interface Workers {
  /** Processors that this program may use. */
  readonly processors: number
  /** Starts a thread of this program that {@link Worker.send} gives work to. @param task plain data. */
  readonly start: (task: unknown) => Worker
}

/** A thread of this program. */
export interface Worker {
  /** What the thread answers; rejects if it ended instead. Both are plain data. */
  readonly send: (work: unknown) => Promise<unknown>
  readonly close: () => void
}

export type Listing = { readonly ok: true; readonly names: readonly string[] } | Refusal

/** A file to write. */
export interface OutputFile {
  readonly path: string
  readonly text: Text
}

/** Text, or the parts that it consists of, where they are too many to be in memory at once. */
export type Text = string | Iterable<string>

/** Why the machine did not do what was asked. */
export interface Refusal {
  readonly ok: false
  readonly path: string
  readonly reason: RefusalReason
  /** What the system called it, where `reason` is `failed`: EIO, ENOSPC; else what was found, printable. */
  readonly detail?: string
}

export type RefusalReason =
  | 'missing'
  | 'denied'
  | 'too-large'
  | 'special'
  | 'folder'
  | 'no-folder'
  | 'folder-denied'
  | 'not-a-folder'
  | 'no-archive'
  | 'packed'
  | 'packed-file'
  | 'archive'
  | 'damaged'
  | 'no-root'
  | 'proc-itself'
  | 'several-machines'
  | 'failed'
