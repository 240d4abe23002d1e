import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

/** Larger mappings are reserves, of which hardly anything is touched. */
const mostPages = 2 ** 22

/**
 * Bytes of the pte, pmd and pud tables that the pages of a process need, by each entry of its pagemap,
 * on x86-64: by other code than the planner's.
 */
export function tablesWithPages(pid: number): number {
  const windows = new Set<number>()
  const file = openSync(`/proc/${pid}/pagemap`, 'r')
  try {
    for (const [start, pages] of mappingsOf(pid)) addWindows(windows, file, start, pages)
  } finally {
    closeSync(file)
  }
  const above = (shift: number): number =>
    new Set([...windows].map((window) => Math.floor(window / shift))).size
  return 4096 * (windows.size + above(512) + above(512 * 512))
}

/** First page and number of pages of each, without [vsyscall]. */
function mappingsOf(pid: number): readonly (readonly [start: number, pages: number])[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').matchAll(
    /^([0-9a-f]{1,12})-([0-9a-f]{1,12}) /gm,
  )
  return [...lines].flatMap(([, from = '', to = '']) => {
    const [start, end] = [Number.parseInt(from, 16) / 4096, Number.parseInt(to, 16) / 4096]
    return end - start > mostPages ? [] : [[start, end - start] as const]
  })
}

function addWindows(windows: Set<number>, file: number, start: number, pages: number): void {
  const entries = Buffer.alloc(pages * 8)
  const length = readSync(file, entries, 0, entries.length, start * 8)
  for (let page = 0; page < length / 8; page += 1) {
    // Present or swapped out.
    if ((entries[page * 8 + 7] ?? 0) >= 0x40) windows.add(Math.floor((start + page) / 512))
  }
}
