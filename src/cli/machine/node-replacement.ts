import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  mkdtempSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { holdingSignals } from './held-signals.ts'
import { codeOf, refusalOf } from './node-failure.ts'
import { kindOf } from './node-files.ts'
import type { OutputFile, Refusal, Text } from './world.ts'

/** Why a file could not be created or replaced; `undefined` where it can. Leaves nothing behind. */
export function whyNotReplace(path: string): Refusal | undefined {
  try {
    const target = behindLinks(path)
    const stats = statSync(target, { throwIfNoEntry: false })
    if (stats?.isDirectory()) return { ok: false, path, reason: 'folder' }
    if (stats && !stats.isFile()) return { ok: false, path, reason: 'special' }
    if (stats) accessSync(target, constants.W_OK)
    holdingSignals(() => rmdirSync(folderNextTo(target)))
    return undefined
  } catch (error) {
    return writeRefusal(path, error)
  }
}

/** Writes a file whole, or leaves it as it was. */
export function replaceFile({ path, text }: OutputFile): Refusal | undefined {
  try {
    const target = behindLinks(path)
    holdingSignals(() => {
      const folder = folderNextTo(target)
      try {
        rename(join(folder, 'new'), target, text)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })
    return undefined
  } catch (error) {
    return writeRefusal(path, error)
  }
}

/**
 * Writes a file whole, then renames it over the one it replaces.
 * @param target the path behind every link, so that a link stays a link.
 */
function rename(replacement: string, target: string, text: Text): void {
  writeDurably(replacement, text)
  const stats = statSync(target, { throwIfNoEntry: false })
  if (stats !== undefined) {
    keepOwner(replacement, stats.uid, stats.gid)
    chmodSync(replacement, stats.mode % 0o10000)
  }
  renameSync(replacement, target)
}

function writeDurably(path: string, text: Text): void {
  const descriptor = openSync(path, 'wx')
  try {
    for (const part of typeof text === 'string' ? [text] : text) writeFileSync(descriptor, part)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Only root may give a file away; for all others the new file is their own. */
function keepOwner(path: string, uid: number, gid: number): void {
  try {
    chownSync(path, uid, gid)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error
  }
}

/** The path that would be written: of a link, even one that dangles, what it points to. */
function behindLinks(path: string, links = 40): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || links === 0) throw error
  }
  const next = linkTarget(path)
  if (next !== undefined) return behindLinks(resolve(realpathSync(dirname(path)), next), links - 1)
  return join(realpathSync(dirname(path)), basename(path))
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

/**
 * A new folder on the file system of the target. mkdtemp(3) chooses a name that no earlier run left;
 * the name is short, because that of the target may be as long as names can be.
 */
function folderNextTo(target: string): string {
  return mkdtempSync(join(dirname(target), '.mshare-plan-'))
}

/** A missing file can be made; what is missing, or may not be written, is its folder. */
function writeRefusal(path: string, error: unknown): Refusal {
  const refusal = refusalOf(path, error)
  const { reason } = refusal
  if (reason === 'missing' && kindOf(dirname(path)) !== 'folder') {
    return { ok: false, path, reason: 'no-folder' }
  }
  return reason === 'denied' && isWritable(path) ? { ...refusal, reason: 'folder-denied' } : refusal
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
