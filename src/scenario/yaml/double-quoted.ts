import { escapeUnprintable } from '../../units/printable.ts'

/** Double-quoted YAML knows every escape of JSON, and `\U` for what JSON writes as two halves. */
export function doubleQuoted(text: string): string {
  return escapeUnprintable(JSON.stringify(text), (character) => {
    const digits = (character.codePointAt(0) ?? 0).toString(16)
    if (digits.length <= 2) return `\\x${digits.padStart(2, '0')}`
    return digits.length <= 4 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
  })
}
