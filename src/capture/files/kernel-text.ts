import type { ValueFault } from './fault.ts'

/** A value of a kernel text, absent, or not as the kernel writes it. */
export type Value = number | undefined | { readonly fault: ValueFault }

/** A larger value has no exact number of bytes. */
export const mostKib: number = Math.floor(Number.MAX_SAFE_INTEGER / 1024)

/**
 * The value behind `Key:` at the start of a line, which must be in kB: what `meminfo` and `status`
 * print, show_val_kb() in fs/proc/meminfo.c.
 */
export function kibOf(text: string, key: string): Value {
  const value = numberBehind(text, key, /^\s*(\d+) kB$/)
  return typeof value !== 'number' || value <= mostKib
    ? value
    : { fault: { kind: 'past-2^53-bytes', key } }
}

/** As {@link kibOf}, for what is a count: HugePages_Total, Threads. */
export function countOf(text: string, key: string): Value {
  return numberBehind(text, key, /^\s*(\d+)$/)
}

function numberBehind(text: string, key: string, form: RegExp): Value {
  const written = wordsOf(text, key)
  if (written === undefined) return undefined
  if (isTwice(text, key)) return { fault: { kind: 'twice', key } }
  const digits = form.exec(written)?.[1]
  if (digits === undefined) return { fault: { kind: 'wrong-unit', key } }
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : { fault: { kind: 'past-2^53', key } }
}

/** The text after `Key:` on the first line that begins with it, without the line end. */
export function wordsOf(text: string, key: string): string | undefined {
  const start = text.startsWith(`${key}:`) ? 0 : text.indexOf(`\n${key}:`) + 1
  if (start === 0 && !text.startsWith(`${key}:`)) return undefined
  const end = text.indexOf('\n', start)
  return text.slice(start + key.length + 1, end < 0 ? text.length : end)
}

/** No kernel prints a line again: one of them is not its own. */
export function isTwice(text: string, key: string): boolean {
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
