import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { codeOf, refusalOf } from './node-failure.ts'
import type { Draft, Refusal } from './world.ts'

/** A file on its way: written beside its target, then renamed over it. */
interface Passage {
  readonly path: string
  /** The path behind every link, so that a link stays a link. */
  readonly target: string
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
    const probe = besides(target, 'probe')
    closeSync(openSync(probe, 'wx'))
    rmSync(probe)
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
    for (const { draft, former } of passages) {
      rmSync(draft, { force: true })
      if (former !== undefined) rmSync(former, { force: true })
    }
  }
}

function prepared(path: string, text: string): Passage {
  const target = behindLinks(path)
  const draft = besides(target, 'draft')
  try {
    writeDurably(draft, text)
    const stats = statSync(target, { throwIfNoEntry: false })
    if (stats === undefined) return { path, target, draft }
    chmodSync(draft, stats.mode % 0o10000)
    return { path, target, draft, former: keepFormer(target) }
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
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
function keepFormer(target: string): string {
  const former = besides(target, 'former')
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

function behindLinks(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return path
    throw error
  }
}

function besides(target: string, purpose: string): string {
  return `${target}.${process.pid}.${purpose}`
}

function writeRefusal(path: string, error: unknown): Refusal {
  const refusal = refusalOf(path, error)
  if (refusal.reason !== 'missing') return refusal
  const folder = statSync(dirname(path), { throwIfNoEntry: false })
  return folder?.isDirectory() ? refusal : { ok: false, path, reason: 'no-folder' }
}
