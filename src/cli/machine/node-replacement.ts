import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
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
import { codeOf, refusalOf } from './node-failure.ts'
import type { Draft, Refusal } from './world.ts'

/** A file on its way: written in a folder of its own next to its target, then renamed over it. */
interface Passage {
  readonly path: string
  /** The path behind every link, so that a link stays a link. */
  readonly target: string
  /** Its name is drawn by mkdtemp(3): nothing that an earlier run left can be in the way. */
  readonly folder: string
  readonly draft: string
  /** A second name of the file that is replaced, to bring it back; absent where there was none. */
  readonly former?: string
}

/** Why a file could not be created or replaced; `undefined` where it can. Leaves nothing behind. */
export function whyNotReplace(path: string): Refusal | undefined {
  try {
    const target = behindLinks(path)
    const stats = statSync(target, { throwIfNoEntry: false })
    if (stats?.isDirectory()) return { ok: false, path, reason: 'folder' }
    if (stats && !stats.isFile()) return { ok: false, path, reason: 'special' }
    if (stats) accessSync(target, constants.W_OK)
    rmdirSync(folderNextTo(target))
    return undefined
  } catch (error) {
    return writeRefusal(path, error)
  }
}

/** Writes every file whole, or, where one fails, leaves all of them as they were. */
export function replaceFiles(drafts: readonly Draft[]): Refusal | undefined {
  const passages: Passage[] = []
  const done: Passage[] = []
  let current = ''
  try {
    for (const { path, text } of drafts) {
      current = path
      passages.push(prepared(path, text))
    }
    for (const passage of passages) {
      current = passage.path
      renameSync(passage.draft, passage.target)
      done.push(passage)
    }
    return undefined
  } catch (error) {
    for (const passage of done) bringBack(passage)
    return writeRefusal(current, error)
  } finally {
    for (const { folder } of passages) rmSync(folder, { recursive: true, force: true })
  }
}

function prepared(path: string, text: string): Passage {
  const target = behindLinks(path)
  const folder = folderNextTo(target)
  const draft = join(folder, 'new')
  try {
    writeDurably(draft, text)
    const stats = statSync(target, { throwIfNoEntry: false })
    if (stats === undefined) return { path, target, folder, draft }
    keepOwner(draft, stats.uid, stats.gid)
    chmodSync(draft, stats.mode % 0o10000)
    return { path, target, folder, draft, former: keepFormer(target, folder) }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Only root may give a file away; for all others the new file is their own. */
function keepOwner(draft: string, uid: number, gid: number): void {
  try {
    chownSync(draft, uid, gid)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error
  }
}

function writeDurably(draft: string, text: string): void {
  const descriptor = openSync(draft, 'wx')
  try {
    writeFileSync(descriptor, text)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** A second name of the file, or, where the file system has no hard links, a copy. */
function keepFormer(target: string, folder: string): string {
  const former = join(folder, 'former')
  try {
    linkSync(target, former)
  } catch {
    copyFileSync(target, former)
  }
  return former
}

function bringBack({ target, former }: Passage): void {
  if (former === undefined) rmSync(target, { force: true })
  else renameSync(former, target)
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

/** On the same file system as the target, and short: the target's own name may be as long as names can be. */
function folderNextTo(target: string): string {
  return mkdtempSync(join(dirname(target), '.mshare-plan-'))
}

function writeRefusal(path: string, error: unknown): Refusal {
  const refusal = refusalOf(path, error)
  if (refusal.reason !== 'missing') return refusal
  const folder = statSync(dirname(path), { throwIfNoEntry: false })
  return folder?.isDirectory() ? refusal : { ok: false, path, reason: 'no-folder' }
}
