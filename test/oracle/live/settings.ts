import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** A setting of the running kernel that was changed, or why it could not be. */
export type Change =
  | { readonly ok: true; readonly restore: () => void }
  | { readonly ok: false; readonly reason: string }

const hugepages = '/sys/kernel/mm/hugepages'

/** Puts so many more huge pages of a size into the pool than there are. */
export function addHugePages(kib: number, more: number): Change {
  const folder = `${hugepages}/hugepages-${kib}kB`
  if (!existsSync(folder)) return { ok: false, reason: `this kernel has no pages of ${kib} KiB` }
  const path = `${folder}/nr_hugepages`
  const before = Number(read(path))
  const change = setTo(path, String(before + more))
  if (!change.ok) return change
  const free = Number(read(`${folder}/free_hugepages`))
  if (free >= more) return change
  change.restore()
  return { ok: false, reason: `${free} of ${more} huge pages of ${kib} KiB could be had` }
}

/** Lets madvise() ask for transparent huge pages in shared memory. */
export function adviseShmem(): Change {
  const path = '/sys/kernel/mm/transparent_hugepage/shmem_enabled'
  if (!existsSync(path)) return { ok: false, reason: 'this kernel has no transparent huge pages' }
  return setTo(path, 'advise')
}

/** Nothing needs setting where madvise() can ask for transparent huge pages in private memory. */
export function checkAnonymousThp(): Change {
  const path = '/sys/kernel/mm/transparent_hugepage/enabled'
  if (!existsSync(path)) return { ok: false, reason: 'this kernel has no transparent huge pages' }
  if (chosen(read(path)) === 'never') return { ok: false, reason: `${path} is never` }
  return { ok: true, restore: () => undefined }
}

/** Writes a setting; what it was comes back with `restore`, at the latest when the test ends. */
function setTo(path: string, value: string): Change {
  const before = chosen(read(path))
  try {
    writeFileSync(path, value)
  } catch (error) {
    return { ok: false, reason: `${path} cannot be set: ${(error as Error).message}` }
  }
  const restore = (): void => {
    process.off('exit', restore)
    writeFileSync(path, before)
  }
  process.once('exit', restore)
  return { ok: true, restore }
}

function read(path: string): string {
  return readFileSync(path, 'latin1').trim()
}

/** The word in brackets of a choice, or all of it. */
function chosen(text: string): string {
  return /\[(.+?)\]/.exec(text)?.[1] ?? text
}
