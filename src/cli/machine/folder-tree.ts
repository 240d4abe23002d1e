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
  const { absent, isFile, list } = pathGuard(at, live)
  const buffer = new Uint8Array(chunkBytes)

  const opened = <T>(path: string, use: (descriptor: number) => T | TreeRefusal) => {
    const refusal = absent(path)
    if (refusal !== undefined) return refusal
    return attempt(path, () => {
      const descriptor = openSync(at(path), O_RDONLY + O_NOFOLLOW + O_NONBLOCK)
      try {
        if (!isFile(path) && !fstatSync(descriptor).isFile()) return special(path)
        return use(descriptor)
      } finally {
        closeSync(descriptor)
      }
    })
  }

  const stream = (path: string, sink: Sink): TreeRefusal | undefined => {
    const outcome = opened(path, (descriptor) => {
      readInto(descriptor, buffer, sink)
      return true
    })
    if (typeof outcome === 'object') return outcome
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
    link: (path) => absent(path) ?? attempt(path, () => readlinkSync(at(path))),
    readAt: (path, position, target) =>
      opened(path, (descriptor) => readSync(descriptor, target, 0, target.length, position)),
  }
}

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

  const absent = (path: string): TreeRefusal | undefined => {
    const refusal = obstacle(parentOf(path))
    if (refusal !== undefined || last.folder !== parentOf(path)) return refusal
    const name = path.slice(last.folder.length + 1)
    if (last.entries === undefined || last.entries.has(name)) return undefined
    return { ok: false, path, reason: 'missing' }
  }

  /** Where the folder says it: no link is followed, so that the file that is opened is the same. */
  const isFile = (path: string): boolean =>
    last.folder === parentOf(path) &&
    last.entries?.get(path.slice(last.folder.length + 1)) === 'file'

  const list = (folder: string): readonly string[] | TreeRefusal => {
    const refusal = obstacle(folder)
    if (refusal !== undefined) return refusal
    if (live) return attempt(folder, () => readdirSync(at(folder)))
    const found = attempt(folder, () => readdirSync(at(folder), { withFileTypes: true }))
    if (!Array.isArray(found)) return found
    listed = entriesOf(found, `${folder}/`)
    return found.map(({ name }) => name)
  }
  return { absent, isFile, list }
}

/** What each name of a folder is. */
type Entries = ReadonlyMap<string, 'file' | 'folder' | 'other'>

function entriesOf(found: readonly Dirent[], before = ''): Entries {
  const kind = (one: Dirent) => {
    if (one.isFile()) return 'file'
    return one.isDirectory() ? 'folder' : 'other'
  }
  return new Map(found.map((one) => [`${before}${one.name}`, kind(one)]))
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
    const code = codeOf(error)
    if (code === undefined) throw error
    const reason = reasons.get(code)
    return reason === undefined
      ? { ok: false, path, reason: 'failed', detail: code }
      : { ok: false, path, reason }
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
