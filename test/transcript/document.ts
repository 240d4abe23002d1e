/** A Markdown page of cases: files, and commands with all that they answer. */
export interface Document {
  readonly title: string
  readonly pieces: readonly Piece[]
}

/**
 * Prose as it stands; a file, from a fence with a language and a name (```yaml server.yaml); or a
 * session, from a fence that says `console`: one `$ ` line, then everything it brings forth.
 */
export type Piece =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly text: string; readonly raw: string }
  | { readonly kind: 'session'; readonly command: string; readonly raw: string }

const fence = /^```(\w*)(?: (\S+))?\n([\s\S]*?)^```$/gm

/** Takes a page apart; the pieces' texts put together again are the page. */
export function readDocument(markdown: string): Document {
  const pieces: Piece[] = []
  let end = 0
  for (const match of markdown.matchAll(fence)) {
    pieces.push({ kind: 'prose', text: markdown.slice(end, match.index) })
    pieces.push(fenced(match[0], match[1] ?? '', match[2], match[3] ?? ''))
    end = match.index + match[0].length
  }
  pieces.push({ kind: 'prose', text: markdown.slice(end) })
  return { title: /^# (.+)$/m.exec(markdown)?.[1] ?? '', pieces }
}

/** The page with every session answered anew. */
export function writeDocument(document: Document, answers: ReadonlyMap<Piece, string>): string {
  return document.pieces
    .map((piece) => (piece.kind === 'prose' ? piece.text : (answers.get(piece) ?? piece.raw)))
    .join('')
}

/** A session as it is written down: standard output, then standard error, then the status. */
export function writeSession(command: string, stdout: string, stderr: string, status: number) {
  const error = stderr === '' ? '' : `stderr:\n${wholeLines(stderr)}`
  const lines = `$ ${command}\n${wholeLines(stdout)}${error}status: ${status}\n`
  return `\`\`\`console\n${lines.replace(/[^\P{Cc}\n]/gu, shown)}\`\`\``
}

function fenced(raw: string, language: string, name: string | undefined, body: string): Piece {
  if (language === 'console') {
    const command = /^\$ (.*)$/m.exec(body)?.[1]
    if (command === undefined) throw new Error(`a session without a command:\n${raw}`)
    return { kind: 'session', command, raw }
  }
  return name === undefined
    ? { kind: 'prose', text: raw }
    : { kind: 'file', path: name, text: body, raw }
}

function wholeLines(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}⏎\n`
}

/** U+2400 and on draw the control characters. */
function shown(control: string): string {
  return control === '\x7f' ? '␡' : String.fromCharCode(0x2400 + control.charCodeAt(0))
}
