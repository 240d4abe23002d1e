import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** A setting of the running kernel that was changed, or why it could not be. */
export type Change =
  | { readonly ok: true; readonly restore: () => void }
  | { readonly ok: false; readonly reason: string }

const hugepages = '/sys/kernel/mm/hugepages'

/** For what the kernel allows as it is. */
export function nothingToSet(): Change {
  return { ok: true, restore: () => undefined }
}

/** Puts so many more huge pages of a size into the pool than there are; and takes as many out again. */
export function addHugePages(kib: number, more: number): Change {
  const folder = `${hugepages}/hugepages-${kib}kB`
  if (!existsSync(folder)) return { ok: false, reason: `this kernel has no pages of ${kib} KiB` }
  const path = `${folder}/nr_hugepages`
  const count = (): number => Number(read(path))
  const before = count()
  // Another run may take part of the pool for itself meanwhile: only what came is given back.
  let got = 0
  const change = setTo(path, String(before + more), () => String(count() - got))
  if (!change.ok) return change
  got = count() - before
  const free = Number(read(`${folder}/free_hugepages`))
  if (free >= more) return change
  change.restore()
  return { ok: false, reason: `${free} of ${more} huge pages of ${kib} KiB could be had` }
}

/** Lets madvise() ask for transparent huge pages in shared memory. */
export function adviseShmem(): Change {
  const path = '/sys/kernel/mm/transparent_hugepage/shmem_enabled'
  if (!existsSync(path)) return { ok: false, reason: 'this kernel has no transparent huge pages' }
  const before = chosen(read(path))
  return setTo(path, 'advise', () => before)
}

/** Nothing needs setting where madvise() can ask for transparent huge pages in private memory. */
export function checkAnonymousThp(): Change {
  const path = '/sys/kernel/mm/transparent_hugepage/enabled'
  if (!existsSync(path)) return { ok: false, reason: 'this kernel has no transparent huge pages' }
  if (chosen(read(path)) === 'never') return { ok: false, reason: `${path} is never` }
  return nothingToSet()
}

/** Writes a setting; `restore` writes another, at the latest when the test ends. */
function setTo(path: string, value: string, after: () => string): Change {
  try {
    writeFileSync(path, value)
  } catch (error) {
    return { ok: false, reason: `${path} cannot be set: ${(error as Error).message}` }
  }
  const restore = (): void => {
    process.off('exit', restore)
    writeFileSync(path, after())
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
