import type { Dirent, Stats } from 'node:fs'
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { printable } from '../../units/printable.ts'
import { refusalOf } from './node-failure.ts'
import type { FileKind, Listing, Reading, Refusal } from './world.ts'

const { O_RDONLY, O_NONBLOCK } = constants

/** What is at a path, links followed. */
export function kindOf(path: string): FileKind {
  try {
    return kindIn(statSync(path))
  } catch (error) {
    return refusalOf(path, error)
  }
}

/** The real path, or the absolute one of a file that is missing; as it is where the working directory is gone. */
export function realPath(path: string): string {
  for (const inFull of [realpathSync, resolve]) {
    try {
      return inFull(path)
    } catch {}
  }
  return path
}

/**
 * A regular file, whole. A device or a pipe could stall or never end, so it is not even opened; some
 * files of /proc would stall too, such as kmsg.
 */
export function readFile(path: string, most: number): Reading {
  const kind = kindOf(path)
  if (kind === 'folder' || kind === 'special') return refuse(path, kind)
  if (kind !== 'file') return withTarget(kind)
  try {
    const descriptor = openSync(path, O_RDONLY + O_NONBLOCK)
    try {
      return readDescriptor(path, descriptor, most)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    return refusalOf(path, error)
  }
}

/** Of a link to nowhere, as one of a copy to a path of its own machine, where it leads to. */
function withTarget(refusal: Refusal): Refusal {
  if (refusal.reason !== 'missing') return refusal
  try {
    return { ...refusal, detail: `a link to ${printable(readlinkSync(refusal.path))}` }
  } catch {
    return refusal
  }
}

/** Names of the regular files in a folder: no links, no folders. */
export function listFolder(path: string): Listing {
  try {
    const entries = readdirSync(path, { withFileTypes: true })
    return { ok: true, names: entries.filter((entry) => entry.isFile()).map(({ name }) => name) }
  } catch (error) {
    return refusalOf(path, error)
  }
}

/** Names of all files and folders in a folder. */
export function listNames(path: string): Listing {
  try {
    return { ok: true, names: readdirSync(path) }
  } catch (error) {
    const kind = kindOf(path)
    if (kind === 'file' || kind === 'special') return refuse(path, 'not-a-folder')
    return refusalOf(path, error)
  }
}

/**
 * Regular files that match a glob pattern. `**` follows no link to a folder: it may lead round in a
 * circle, or to all of /proc.
 */
export async function findFiles(pattern: string): Promise<readonly string[]> {
  const { default: picomatch } = await import('picomatch')
  const { base, glob, negated } = picomatch.scan(pattern)
  if (negated) return []
  const matches = picomatch(glob)
  const root = base.replaceAll(/\\(.)/g, '$1')
  const below = pathsBelow(root, '', {
    depth: glob.includes('**') ? Number.POSITIVE_INFINITY : glob.split('/').length,
    hidden: /(?:^|[/{,])[.]/.test(glob),
  })
  const found = [...below].filter((path) => matches(path)).map((path) => join(root, path))
  return found.filter((path) => kindOf(path) === 'file').sort()
}

/** All but folders: `depth` folders deep, without links to folders where that has no end. */
function* pathsBelow(
  root: string,
  folder: string,
  search: { readonly depth: number; readonly hidden: boolean },
): Generator<string, void> {
  const { depth, hidden } = search
  const entries = entriesOf(join(root || '.', folder))
  for (const entry of entries.filter(({ name }) => hidden || !name.startsWith('.'))) {
    const path = join(folder, entry.name)
    const isFolder =
      depth === Number.POSITIVE_INFINITY
        ? entry.isDirectory()
        : kindOf(join(root, path)) === 'folder'
    if (!isFolder) yield path
    else if (depth > 1) yield* pathsBelow(root, path, { hidden, depth: depth - 1 })
  }
}

/** Of a folder that can be read; a pattern finds nothing in others. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** The size is only a hint: files of /proc say 0, and a file can grow while it is read. */
function readDescriptor(path: string, descriptor: number, most: number): Reading {
  if (fstatSync(descriptor).size > most) return refuse(path, 'too-large')
  const parts: Buffer[] = []
  let total = 0
  for (;;) {
    const part = Buffer.allocUnsafe(64 * 1024)
    const length = readSync(descriptor, part)
    if (length === 0) return { ok: true, content: Buffer.concat(parts) }
    total += length
    if (total > most) return refuse(path, 'too-large')
    parts.push(part.subarray(0, length))
  }
}

function kindIn(stats: Stats): FileKind {
  if (stats.isFile()) return 'file'
  return stats.isDirectory() ? 'folder' : 'special'
}

function refuse(path: string, reason: Refusal['reason']): Refusal {
  return { ok: false, path, reason }
}
