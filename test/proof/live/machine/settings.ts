import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { lockLimit } from '../limits.ts'
import { lockSettings } from './lock.ts'

/** Settings of the running kernel that were changed, or why they could not be. */
export type Change =
  | { readonly ok: true; readonly restore: () => void }
  | { readonly ok: false; readonly reason: string }

/** A setting to change; `set` only while no other run changes any. */
export interface Setting {
  readonly path: string
  /** Why the kernel has no such setting, where it has none. */
  readonly absent: string
  readonly set: () => Change
}

const hugepages = '/sys/kernel/mm/hugepages'
const transparent = '/sys/kernel/mm/transparent_hugepage'
const noThp = 'this kernel has no transparent huge pages'
const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const

/**
 * Changes all the settings or none, if any, and keeps others from changing any until `restore`, which
 * comes at the latest when the process ends. Who has come first, in this run or another, is waited for.
 */
export async function change(...settings: readonly Setting[]): Promise<Change> {
  const reason = settings.map(refusal).find((one) => one !== undefined)
  if (reason !== undefined) return { ok: false, reason }
  const lock = await lockSettings(lockLimit)
  if (!lock.ok) return lock
  const undone = [lock.release]
  const restore = atEnd(() => undoAll(undone))
  for (const setting of settings) {
    const one = setting.set()
    if (!one.ok) {
      restore()
      return one
    }
    undone.push(one.restore)
  }
  return { ok: true, restore }
}

/** So many more huge pages of a size in the pool than there are; as many are taken out again. */
export function moreHugePages(kib: number, more: number): Setting {
  return poolOf(kib, () => more)
}

/**
 * A pool of which exactly so many pages are free and promised to nobody, also where it has more:
 * a run that was killed has left them, or the machine keeps some.
 */
export function freeHugePages(kib: number, count: number): Setting {
  return poolOf(kib, ({ free, reserved }) => count - (free - reserved))
}

interface Pool {
  readonly pages: number
  readonly free: number
  readonly reserved: number
}

function poolOf(kib: number, moreOf: (pool: Pool) => number): Setting {
  const folder = `${hugepages}/hugepages-${kib}kB`
  const path = `${folder}/nr_hugepages`
  const count = (name: string): number => Number(read(`${folder}/${name}_hugepages`))
  const look = (): Pool => ({ pages: count('nr'), free: count('free'), reserved: count('resv') })
  const set = (): Change => {
    const before = look()
    const more = moreOf(before)
    // Someone may take part of the pool for other things meanwhile: only what came is given back.
    let got = 0
    const changed = setTo(path, String(before.pages + more), () => String(count('nr') - got))
    if (!changed.ok) return changed
    const now = look()
    got = now.pages - before.pages
    if (now.free - now.reserved >= before.free - before.reserved + more) return changed
    changed.restore()
    return { ok: false, reason: `${got} of ${more} huge pages of ${kib} KiB could be had` }
  }
  return { path, absent: `this kernel has no pages of ${kib} KiB`, set }
}

/** A choice, or a number, of the kernel. */
export function setting(path: string, value: string): Setting {
  const set = (): Change => {
    const before = chosen(read(path))
    return setTo(path, value, () => before)
  }
  return { path, absent: `this kernel has no ${path}`, set }
}

const shmemEnabled = `${transparent}/shmem_enabled`

/** Lets madvise() ask for transparent huge pages in shared memory. */
export const advisedShmem: Setting = { ...setting(shmemEnabled, 'advise'), absent: noThp }

/** Nothing needs setting where madvise() can ask for transparent huge pages in private memory. */
export async function checkAnonymousThp(): Promise<Change> {
  const path = `${transparent}/enabled`
  if (!existsSync(path)) return { ok: false, reason: noThp }
  if (chosen(read(path)) === 'never') return { ok: false, reason: `${path} is never` }
  return change()
}

/** Found out before any waiting. */
function refusal({ path, absent }: Setting): string | undefined {
  if (!existsSync(path)) return absent
  try {
    accessSync(path, constants.W_OK)
    return undefined
  } catch (error) {
    return `${path} cannot be set: ${(error as Error).message}`
  }
}

function setTo(path: string, value: string, after: () => string): Change {
  try {
    writeFileSync(path, value)
  } catch (error) {
    return { ok: false, reason: `${path} cannot be set: ${(error as Error).message}` }
  }
  return { ok: true, restore: () => writeFileSync(path, after()) }
}

/** Last first; what comes after one that fails is undone too. */
function undoAll(undone: (() => void)[]): void {
  const undo = undone.pop()
  if (undo === undefined) return
  try {
    undo()
  } finally {
    undoAll(undone)
  }
}

/** Calls it once: when called, when the process ends, or when a signal ends it. */
function atEnd(undo: () => void): () => void {
  const once = (): void => {
    process.off('exit', once)
    for (const signal of signals) process.off(signal, onSignal)
    undo()
  }
  const onSignal = (signal: NodeJS.Signals): void => {
    once()
    process.kill(process.pid, signal)
  }
  process.on('exit', once)
  for (const signal of signals) process.on(signal, onSignal)
  return once
}

function read(path: string): string {
  return readFileSync(path, 'latin1').trim()
}

/** The word in brackets of a choice, or all of it. */
function chosen(text: string): string {
  return /\[(.+?)\]/.exec(text)?.[1] ?? text
}
