import type { ValueFault } from './fault.ts'

/** A value of a kernel text, absent, or not as the kernel writes it. */
export type Value = number | undefined | { readonly fault: ValueFault }

/** A text of lines with keys, taken apart once where much is asked of it. */
export interface KeyedLines {
  /** What the first line of a key says, without the key. */
  readonly words: ReadonlyMap<string, string>
  readonly twice: ReadonlySet<string>
}

/**
 * Lines without a colon say nothing.
 * @param wanted the keys that will be asked for; absent: any.
 */
export function keyedLines(text: string, wanted: Wanted = everything): KeyedLines {
  const lines = { words: new Map<string, string>(), twice: new Set<string>() }
  let colon = -1
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf('\n', at)
    const end = feed < 0 ? text.length : feed
    // That of a later line is found once, however many lines are before it.
    if (colon < at) colon = text.indexOf(':', at)
    if (colon < 0) break
    if (colon < end) {
      const key = text.slice(at, colon)
      if (wanted.has(key)) keep(lines, key, text.slice(colon + 1, end))
    }
    at = end + 1
  }
  return lines
}

type Wanted = Pick<ReadonlySet<string>, 'has'>
const everything: Wanted = { has: () => true }

function keep(
  { words, twice }: { readonly words: Map<string, string>; readonly twice: Set<string> },
  key: string,
  said: string,
): void {
  if (words.has(key)) twice.add(key)
  else words.set(key, said)
}

/** A larger value has no exact number of bytes. */
export const mostKib: number = Math.floor(Number.MAX_SAFE_INTEGER / 1024)

/**
 * The value behind `Key:` at the start of a line, which must be in kB: what `meminfo` and `status`
 * print, show_val_kb() in fs/proc/meminfo.c.
 */
export function kibOf(text: string | KeyedLines, key: string): Value {
  const value = numberBehind(text, key, /^\s*(\d+) kB$/)
  return typeof value !== 'number' || value <= mostKib
    ? value
    : { fault: { kind: 'past-2^53-bytes', key } }
}

/** As {@link kibOf}, for what is a count: HugePages_Total, Threads. */
export function countOf(text: string | KeyedLines, key: string): Value {
  return numberBehind(text, key, /^\s*(\d+)$/)
}

function numberBehind(text: string | KeyedLines, key: string, form: RegExp): Value {
  const written = wordsOf(text, key)
  if (written === undefined) return undefined
  if (isTwice(text, key)) return { fault: { kind: 'twice', key } }
  const digits = form.exec(written)?.[1]
  if (digits === undefined) return { fault: { kind: 'wrong-unit', key } }
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : { fault: { kind: 'past-2^53', key } }
}

/** The text after `Key:` on the first line that begins with it, without the line end. */
export function wordsOf(text: string | KeyedLines, key: string): string | undefined {
  if (typeof text !== 'string') return text.words.get(key)
  const start = text.startsWith(`${key}:`) ? 0 : text.indexOf(`\n${key}:`) + 1
  if (start === 0 && !text.startsWith(`${key}:`)) return undefined
  const end = text.indexOf('\n', start)
  return text.slice(start + key.length + 1, end < 0 ? text.length : end)
}

/** No kernel prints a line again: one of them is not its own. */
export function isTwice(text: string | KeyedLines, key: string): boolean {
  if (typeof text !== 'string') return text.twice.has(key)
  const first = text.startsWith(`${key}:`) ? 0 : text.indexOf(`\n${key}:`)
  return first >= 0 && text.includes(`\n${key}:`, first + 1)
}

/** A file that holds one whole number, as those of /proc/sys do; `key` is what to call it. */
export function loneNumber(key: string, text: string | undefined): Value {
  if (text === undefined) return undefined
  const digits = /^\s*(\d+)\s*$/.exec(text)?.[1]
  if (digits === undefined) return { fault: { kind: 'no-whole-number', key } }
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : { fault: { kind: 'past-2^53', key } }
}

/** The word in brackets of a choice: `always [madvise] never`. */
export function chosenWord(text: string | undefined): string | undefined {
  return text === undefined ? undefined : /\[([\w-]+)\]/.exec(text)?.[1]
}
