/** A part of a shell script as it is written, but for `\${…}`, which the shell fills in. */
export function shellText({ raw }: TemplateStringsArray, ...values: readonly string[]): string {
  const pieces = raw.flatMap((text, index) => [text.replaceAll('\\${', '${'), values[index] ?? ''])
  return pieces.join('')
}

/** One word of a command, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
