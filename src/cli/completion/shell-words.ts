/** A quote that a word leaves open. */
export type OpenQuote = '' | "'" | '"'

/** A word as its program gets it, and the quote that is still open at its end. */
export interface Unquoted {
  readonly value: string
  readonly open: OpenQuote
}

/**
 * A word of a shell without its quotes and backslashes. Nothing is expanded or run: `$HOME` and
 * `$(…)` stay as they are written.
 */
export function unquote(word: string): Unquoted {
  let value = ''
  let open: OpenQuote = ''
  for (let at = 0; at < word.length; at += 1) {
    const [sign = '', next = ''] = word.slice(at, at + 2)
    if (sign === open) open = ''
    else if (open === '' && (sign === "'" || sign === '"')) open = sign
    else if (sign === '\\' && escapes(next, open)) {
      value += next
      at += 1
    } else value += sign
  }
  return { value, open }
}

/** In double quotes a backslash escapes few signs, in single quotes none. */
function escapes(next: string, open: OpenQuote): boolean {
  if (next === '' || open === "'") return false
  return open === '' || /["$`\\]/.test(next)
}

/** Text as it must be written where a quote is open, so that the shell neither splits nor expands it. */
export function quoted(text: string, open: OpenQuote): string {
  if (open === "'") return text.replaceAll("'", String.raw`'\''`)
  if (open === '"') return text.replace(/["$`\\]/g, '\\$&')
  return text.replace(/[\x20-\x7e]/g, (sign) => (/[\w./:=@%+,~^-]/.test(sign) ? sign : `\\${sign}`))
}
