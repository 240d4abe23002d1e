import type { Dirent, Stats } from 'node:fs'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import type { FolderTree, Sink, TreeReason, TreeRefusal } from '../../capture/files/tree.ts'
import { codeOf } from './node-failure.ts'

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
/** Of st_blocks: stat(2). */
const blockBytes = 512
/** Bytes read at a time: most files of a process are smaller. */
const chunkBytes = 1024 * 1024

/**
 * The files below a folder. Only the folder itself may be reached through links: below it none is
 * followed, so that nothing outside can be read.
 * @param live whether the kernel answers, as it does for `/`.
 */
export function folderTree(root: string, live: boolean): FolderTree {
  const at = pathsBelow(root)
  const { look, list } = pathGuard(at, live)
  const buffer = new Uint8Array(chunkBytes)

  /** @returns what `use` does, which gets the file open. */
  const opened = <T>(path: string, use: (descriptor: number) => T): T | TreeRefusal => {
    const found = look(path)
    if (typeof found === 'object') return found
    let descriptor = closed
    try {
      descriptor = openSync(at(path), O_RDONLY + O_NOFOLLOW + O_NONBLOCK)
      // No link is followed: what the folder says is a file is what was opened.
      const isFile = found === 'file' || fstatSync(descriptor).isFile()
      return isFile ? use(descriptor) : special(path)
    } catch (error) {
      return refusalOf(path, error)
    } finally {
      if (descriptor !== closed) closeSync(descriptor)
    }
  }

  const stream = (path: string, sink: Sink): TreeRefusal | undefined => {
    const refusal = opened(path, (descriptor) => readInto(descriptor, buffer, sink))
    if (refusal !== undefined) return refusal
    sink.end()
    return undefined
  }

  /** Links of map_files lead to what is mapped, not along a path: proc_map_files_get_link(), fs/proc/base.c. */
  const stored = (path: string): number | TreeRefusal =>
    attempt(path, () => statSync(at(path)).blocks * blockBytes)

  return {
    kind: 'folder',
    live,
    isSame: (one, other) => Buffer.compare(one, other) === 0,
    ...(live ? { self: process.pid, stored } : {}),
    list,
    stream,
    link: (path) => {
      const found = look(path)
      return typeof found === 'object' ? found : attempt(path, () => readlinkSync(at(path)))
    },
    readAt: (path, position, target) =>
      opened(path, (descriptor) => readSync(descriptor, target, 0, target.length, position)),
  }
}

/** In place of the descriptor of a file that could not be opened. */
const closed = -1

/** Says why a folder cannot be entered, or a file cannot be there, without opening it. */
function pathGuard(at: (path: string) => string, live: boolean) {
  const plain = new Set<string>([''])
  /** Of the folder that was listed last. */
  let listed: Entries = new Map()
  let last: { readonly folder: string; readonly entries: Entries | undefined } = {
    folder: '',
    entries: undefined,
  }

  /** Why a folder cannot be entered: each part of the way there must be a folder, not a link. */
  const obstacle = (folder: string): TreeRefusal | undefined =>
    plain.has(folder) || last.folder === folder
      ? undefined
      : (obstacle(parentOf(folder)) ?? enter(folder))

  const enter = (folder: string): TreeRefusal | undefined => {
    const refusal =
      listed.get(folder) === 'folder'
        ? undefined
        : attempt(folder, () => whyNotEntered(folder, lstatSync(at(folder))))
    if (refusal !== undefined) return refusal
    // Of processes only the last is kept: they come and go, and are looked at one after another.
    if (!/^proc\/\d/.test(folder)) plain.add(folder)
    else last = { folder, entries: live ? undefined : entriesIn(folder) }
    return undefined
  }

  /** What is not there need not be opened: a failed call costs more than reading a small file. */
  const entriesIn = (folder: string): Entries | undefined => {
    const found = attempt(folder, () => readdirSync(at(folder), { withFileTypes: true }))
    return Array.isArray(found) ? entriesOf(found) : undefined
  }

  /** Why something is not there; or what it is, where its folder has said so. */
  const look = (path: string): TreeRefusal | Kind | undefined => {
    const folder = parentOf(path)
    const refusal = obstacle(folder)
    if (refusal !== undefined || last.folder !== folder || last.entries === undefined) {
      return refusal
    }
    const kind = last.entries.get(path.slice(folder.length + 1))
    return kind ?? { ok: false, path, reason: 'missing' }
  }

  const list = (folder: string): readonly string[] | TreeRefusal => {
    const refusal = obstacle(folder)
    if (refusal !== undefined) return refusal
    if (live) return attempt(folder, () => readdirSync(at(folder)))
    const found = attempt(folder, () => readdirSync(at(folder), { withFileTypes: true }))
    if (!Array.isArray(found)) return found
    listed = entriesOf(found, `${folder}/`)
    return found.map(({ name }) => name)
  }
  return { look, list }
}

/** What each name of a folder is. */
type Entries = ReadonlyMap<string, Kind>
type Kind = 'file' | 'folder' | 'other'

function entriesOf(found: readonly Dirent[], before = ''): Entries {
  const entries = new Map<string, Kind>()
  for (const one of found) entries.set(`${before}${one.name}`, kindOf(one))
  return entries
}

function kindOf(one: Dirent): Kind {
  if (one.isFile()) return 'file'
  return one.isDirectory() ? 'folder' : 'other'
}

/** Paths of the model are plain: to take them apart each time would cost more than to open them. */
function pathsBelow(root: string): (path: string) => string {
  const before = join(root, '/')
  return (path) => (path.includes('..') ? join(root, path) : before + path)
}

function special(path: string): TreeRefusal {
  return { ok: false, path, reason: 'special' }
}

function whyNotEntered(path: string, stats: Stats): TreeRefusal | undefined {
  if (stats.isSymbolicLink()) return { ok: false, path, reason: 'link' }
  return stats.isDirectory() ? undefined : { ok: false, path, reason: 'missing' }
}

/** The kernel returns a page at a time; pieces are as large as the buffer, except the last. */
function readInto(descriptor: number, buffer: Uint8Array, sink: Sink): void {
  for (;;) {
    let filled = 0
    for (;;) {
      const length = readSync(descriptor, buffer, filled, buffer.length - filled, null)
      filled += length
      if (length === 0 || filled === buffer.length) break
    }
    if (filled > 0 && sink.take(buffer.subarray(0, filled))) return
    if (filled < buffer.length) return
  }
}

const reasons: ReadonlyMap<string, TreeReason> = new Map([
  ['ENOENT', 'missing'],
  ['ENOTDIR', 'missing'],
  ['EACCES', 'denied'],
  ['EPERM', 'denied'],
  ['ELOOP', 'link'],
  ['EINVAL', 'missing'],
  ['ESRCH', 'gone'],
])

function attempt<T>(path: string, work: () => T): T | TreeRefusal {
  try {
    return work()
  } catch (error) {
    return refusalOf(path, error)
  }
}

function refusalOf(path: string, error: unknown): TreeRefusal {
  const code = codeOf(error)
  if (code === undefined) throw error
  const reason = reasons.get(code)
  return reason === undefined
    ? { ok: false, path, reason: 'failed', detail: code }
    : { ok: false, path, reason }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
