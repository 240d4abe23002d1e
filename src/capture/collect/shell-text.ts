import { escapeUnprintable } from '../../units/printable.ts'

/** A part of a shell script as it is written, but for `\${…}`, which the shell fills in. */
export function shellText({ raw }: TemplateStringsArray, ...values: readonly string[]): string {
  const pieces = raw.flatMap((text, index) => [text.replaceAll('\\${', '${'), values[index] ?? ''])
  return pieces.join('')
}

/** One word of a command, whatever is in it; what a terminal would obey or hide is spelled in octal. */
export function quoted(text: string): string {
  const plain = text.replaceAll("'", "'\\''")
  return `'${escapeUnprintable(plain, spelled)}'`
}

/** A line feed is harmless, and would be lost at the end of a substitution. */
function spelled(character: string): string {
  if (character === '\n') return character
  const bytes = [...new TextEncoder().encode(character)]
  const octal = bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
  return `'"$(printf '${octal}')"'`
}
