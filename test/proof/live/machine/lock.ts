import { readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A lock that is held, or why it is not. */
export type Lock =
  | { readonly ok: true; readonly release: () => void }
  | { readonly ok: false; readonly reason: string }

const path = join(tmpdir(), 'mshare-plan-oracle.lock')
const pollMs = 100

/** Keeps the settings of the kernel from all other runs on this machine; waits for `limit` ms. */
export async function lockSettings(limit: number): Promise<Lock> {
  const end = performance.now() + limit
  try {
    while (!create(path)) {
      if (performance.now() > end) {
        const reason = `process ${holder()} has kept ${path} for ${limit / 1000} s`
        return { ok: false, reason }
      }
      if (!removeDead()) await sleep(pollMs)
    }
  } catch (error) {
    return { ok: false, reason: `${path} cannot be had: ${(error as Error).message}` }
  }
  return { ok: true, release }
}

function release(): void {
  if (holder() === String(process.pid)) unlinkSync(path)
}

/** Whether the file was not there before. */
function create(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Whether the lock of a process that has ended is gone. Of all that see it only one removes it, and
 * looks again first: otherwise a second one would remove the lock that the first has made since.
 */
function removeDead(): boolean {
  const dead = holder()
  if (!isDead(dead)) return false
  const turn = `${path}.${dead}`
  if (!create(turn)) return false
  try {
    if (holder() === dead) unlinkSync(path)
    return true
  } finally {
    unlinkSync(turn)
  }
}

/** Empty where there is no lock, or where it is being made. */
function holder(): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  }
}

function isDead(pid: string): boolean {
  if (!/^[1-9]\d*$/.test(pid)) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return codeOf(error) === 'ESRCH'
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
