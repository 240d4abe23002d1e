import type { Stats } from 'node:fs'
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { resolve } from 'node:path'
import { printable } from '../../units/printable.ts'
import { refusalOf } from './node-failure.ts'
import type { Listing, Reading, Refusal, Standing } from './world.ts'

/** What stands at a path, links followed. */
export function examine(path: string): Standing {
  try {
    return standingOf(statSync(path))
  } catch (error) {
    return refusalOf(path, error)
  }
}

/** The real path, or the absolute one where nothing stands. */
export function identify(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}

/** A regular file, whole. A device or a pipe could stall or never end, so it is not even opened. */
export function readFile(path: string, most: number): Reading {
  const standing = examine(path)
  if (standing === 'folder' || standing === 'special') return refuse(path, standing)
  if (standing !== 'file') return withTarget(standing)
  try {
    const descriptor = openSync(path, 'r')
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

/** Names of all that stands in a folder. */
export function listNames(path: string): Listing {
  try {
    return { ok: true, names: readdirSync(path) }
  } catch (error) {
    const standing = examine(path)
    if (standing === 'file' || standing === 'special') return refuse(path, 'not-a-folder')
    return refusalOf(path, error)
  }
}

/** Regular files that match a glob pattern. */
export async function findFiles(pattern: string): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby')
  const found = await glob(pattern, { onlyFiles: true, expandDirectories: false })
  return found.sort()
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

function standingOf(stats: Stats): Standing {
  if (stats.isFile()) return 'file'
  return stats.isDirectory() ? 'folder' : 'special'
}

function refuse(path: string, reason: Refusal['reason']): Refusal {
  return { ok: false, path, reason }
}
