import { latePattern } from './late-pattern.ts'

/**
 * Text from outside, safe to print: whatever a terminal would obey or hide is shown as an escape.
 * That is every control character (C0, DEL, C1, so also every ANSI sequence), bidirectional marks
 * and isolates, zero-width and other invisible characters, line and paragraph separators, spaces
 * that are not a plain space, lone surrogates, private-use and unassigned characters.
 */
export function printable(text: string): string {
  return escapeUnprintable(text, escaped)
}

/** The text with an escape of the caller's kind for whatever must not be printed as it is. */
export function escapeUnprintable(text: string, escapeOf: (character: string) => string): string {
  if (harmless.test(text)) return text
  return text.replace(unsafe(), (character) =>
    character === ' ' || isEmojiSelector(character) ? character : escapeOf(character),
  )
}

/** The same in pure ASCII: what is not ASCII is escaped too. */
export function printableAscii(text: string): string {
  return printable(text).replace(/[^\x20-\x7e]/gu, escaped)
}

/** Most text, known without the large tables of Unicode: Latin letters, signs of ours. */
const harmless =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u2319\u2500-\u257f]*$/

/** Categories Other and Separator, what Unicode calls ignorable, and blanks that are letters. */
const unsafe = latePattern(String.raw`[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]`, 'gu')

/** It only chooses between two drawings of the character before it. */
function isEmojiSelector(character: string): boolean {
  return character === '\ufe0f' || character === '\ufe0e'
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\u{${code.toString(16)}}`
}
