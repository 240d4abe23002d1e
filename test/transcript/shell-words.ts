/** A command line of a transcript, as a shell would take it apart. */
export interface ShellCommand {
  readonly env: Readonly<Record<string, string>>
  readonly words: readonly string[]
  /** After `<`: the file that is standard input. */
  readonly input?: string
}

/** Words, quotes of all three kinds, `NAME=value` in front, `< FILE`. Nothing expands. */
export function readShellCommand(line: string): ShellCommand {
  const words = [
    ...line.matchAll(/(?:'[^']*'|\$'(?:\\.|[^'])*'|"(?:\\.|[^"])*"|\\.|[^\s'"])+/g),
  ].map(([word]) => unquoted(word))
  const env: Record<string, string> = {}
  while (/^[A-Z_]+=/.test(words[0] ?? '')) {
    const [name = '', value = ''] = (words.shift() ?? '').split(/=(.*)/s)
    env[name] = value
  }
  const redirection = words.indexOf('<')
  if (redirection < 0) return { env, words }
  const [, input = ''] = words.splice(redirection, 2)
  return { env, words, input }
}

function unquoted(word: string): string {
  return word.replace(
    /'([^']*)'|\$'((?:\\.|[^'])*)'|"((?:\\.|[^"])*)"|\\(.)/g,
    (_all, plain?: string, ansi?: string, double?: string, escaped?: string) =>
      plain ??
      (ansi === undefined ? undefined : ansiText(ansi)) ??
      double?.replace(/\\(["\\$])/g, '$1') ??
      escaped ??
      '',
  )
}

/** `$'…'`: \n, \t, \e, \xHH, \uHHHH. */
function ansiText(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/gi, (_all, byte, unit, letter) => {
    const code: string | undefined = byte ?? unit
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    return { n: '\n', t: '\t', e: '\x1b' }[letter as string] ?? letter
  })
}
