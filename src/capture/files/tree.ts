/** A root with proc and sys below it: a live machine, a copied tree, or an archive of one. */
export type Tree = FolderTree | ArchiveTree | TextTree

/** No copy, but texts with the outputs of commands. */
export interface TextTree {
  readonly kind: 'texts'
  readonly texts: readonly { readonly name: string; readonly text: string }[]
}

/** Files can be asked for one by one. Paths are relative to the root, and no link is followed. */
export interface FolderTree {
  readonly kind: 'folder'
  /** True where the kernel answers: processes come and go while they are read. */
  readonly live: boolean
  /** Process id of the reader, where it is one of those that are read. */
  readonly self?: number
  /** Names in a folder, in no order. */
  readonly list: (folder: string) => readonly string[] | TreeRefusal
  /** Reads a file from its start to its end, whatever size it claims, or until the sink has enough. */
  readonly stream: (path: string, sink: Sink) => TreeRefusal | undefined
  /** What a symbolic link says. */
  readonly link: (path: string) => string | TreeRefusal
  /**
   * Bytes that are stored of what a process maps there, by a name in its map_files: absent for a
   * copy, whose links lead nowhere.
   */
  readonly stored?: (path: string) => number | TreeRefusal
  /** Whether two texts are the same; absent: none is compared with another. */
  readonly isSame?: (one: Uint8Array, other: Uint8Array) => boolean
  /** The processes of which more than `status` is there; absent: all. */
  readonly chosen?: ReadonlySet<number>
  /** Bytes from a position on: as many as there were, at most as the target holds. */
  readonly readAt: (path: string, position: number, target: Uint8Array) => number | TreeRefusal
}

/** Files come in the order of the archive, each once. */
export interface ArchiveTree {
  readonly kind: 'archive'
  /** Whether two texts are the same; absent: none is compared with another. */
  readonly isSame?: (one: Uint8Array, other: Uint8Array) => boolean
  readonly each: (visit: (entry: ArchiveEntry) => Sink | undefined) => Promise<ArchiveEnd>
}

/** How reading an archive came to its end. */
export interface ArchiveEnd {
  /** Why it could not be read. */
  readonly fault?: ArchiveFault
}

/** What is wrong with an archive, in the words of its reader. They are only printed. */
export type ArchiveFault = string

export interface ArchiveEntry {
  /** Relative to the root. */
  readonly path: string
  readonly bytes: number
  /** `link`: a symbolic one. */
  readonly kind: 'file' | 'link' | 'hard-link' | 'other'
  /** What it says, where it is a symbolic link. */
  readonly link?: string
}

/** Takes the content of a file piece by piece. A piece is only valid during the call. */
export interface Sink {
  /** @returns true once nothing more is wanted: the rest is not read. */
  readonly take: (piece: Uint8Array) => boolean
  /** Called once after the last piece that was wanted. */
  readonly end: () => void
}

/** Why a file of the tree was not read. */
export interface TreeRefusal {
  readonly ok: false
  readonly path: string
  readonly reason: TreeReason
  /** What the system called it, where `reason` is `failed`. */
  readonly detail?: string
}

/** `gone`: the process has ended meanwhile. `hard-link`: archives have the content elsewhere. */
export type TreeReason =
  | 'missing'
  | 'denied'
  | 'link'
  | 'hard-link'
  | 'special'
  | 'gone'
  | 'cut-off'
  | 'failed'

/** True for a refusal, whatever else the answer could be. */
export function isRefused(answer: unknown): answer is TreeRefusal {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === false
}

/** A copy with nothing in it. */
export const emptyTree: FolderTree = {
  kind: 'folder',
  live: false,
  list: absentIn,
  stream: absentIn,
  link: absentIn,
  readAt: absentIn,
}

function absentIn(path: string): TreeRefusal {
  return { ok: false, path, reason: 'missing' }
}
