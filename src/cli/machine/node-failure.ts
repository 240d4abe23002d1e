import type { Refusal, RefusalReason } from './world.ts'

const reasons: ReadonlyMap<string, RefusalReason> = new Map([
  ['ENOENT', 'missing'],
  ['ENOTDIR', 'missing'],
  ['EACCES', 'denied'],
  ['EPERM', 'denied'],
  ['EISDIR', 'folder'],
])

/** A failed system call as data. What is no system error is our own mistake and thrown again. */
export function refusalOf(path: string, error: unknown): Refusal {
  const code = codeOf(error)
  if (code === undefined) {
    // An embedded NUL: Node refuses the path before the system sees it, and no file has that name.
    if (path.includes('\0')) return { ok: false, path, reason: 'missing' }
    throw error
  }
  const reason = reasons.get(code)
  return reason === undefined
    ? { ok: false, path, reason: 'failed', detail: code }
    : { ok: false, path, reason }
}

/** What the system called the failure, as `EPIPE`; `undefined` for any other error. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
