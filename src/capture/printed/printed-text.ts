import type { NamedKind } from './file-names.ts'
import type { Block, Piece } from './table-blocks.ts'
import { blockAt } from './table-blocks.ts'

/**
 * Finds what is known in a text: the output of one command, of several with their prompts, or a file of
 * supportconfig with its sections. Tables are recognised by their headings, whatever the file is called.
 */
export function piecesIn(source: string, text: string): readonly Piece[] {
  const scanner = new Scanner(source)
  for (const line of linesOf(text)) scanner.take(line)
  return scanner.end()
}

/** Lines without their ends, one by one: a text of 100 MB is not taken apart at once. */
function* linesOf(text: string): Generator<string, void> {
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; ) {
    const feed = text.indexOf('\n', at)
    const stop = feed < 0 ? text.length : feed
    yield text.slice(at, text[stop - 1] === '\r' ? stop - 1 : stop)
    at = stop + 1
  }
}

/** Takes the lines of a text, and keeps what it recognises. */
class Scanner {
  readonly #source: string
  readonly #pieces: Piece[] = []
  #block: Block | undefined
  /** The command that printed the next table, as far as the text or its name says. */
  #command: string

  constructor(source: string) {
    this.#source = source
    this.#command = source
  }

  take(line: string): void {
    if (this.#block?.take(line) === true) return
    if (line === '') this.#endBlock()
    else if (line.length > longestHeading) this.#block?.skip?.()
    else this.#begin(line)
  }

  end(): readonly Piece[] {
    this.#endBlock()
    return this.#pieces
  }

  /** A line that belongs to no table so far: it begins one, or is ignored. */
  #begin(line: string): void {
    const command = commandIn(line)
    if (command !== undefined) this.#command = command
    const next = blockAt(line, this.#command)
    if (next === undefined && command === undefined && this.#block?.skip !== undefined) {
      this.#block.skip()
      return
    }
    this.#endBlock()
    this.#block = next
  }

  #endBlock(): void {
    const content = this.#block?.end()
    if (content !== undefined) this.#pieces.push({ ...content, source: this.#source })
    this.#block = undefined
  }
}

const longestHeading = 4096

/** The command of a prompt, or of a section of supportconfig: `# /usr/bin/free -k`, `$ ipcs -m`. */
function commandIn(line: string): string | undefined {
  if (line.startsWith('#==[')) return ''
  const [, command] = /^(?:[^#$>]{0,200}[#$>]\s*)(\/?[a-z][\w./-]*(?: .*)?)$/.exec(line) ?? []
  return command
}

/** True if the text has the output of a known command. */
export function isPrinted(text: string): boolean {
  return piecesIn('', text).length > 0
}

/** True if the text has what the name of its file says. */
export function holds(pieces: readonly Piece[], kind: NamedKind): boolean {
  return pieces.some((piece) => kindsOf(piece).includes(kind))
}

function kindsOf(piece: Piece): readonly NamedKind[] {
  if (piece.kind === 'file') return kindOfPath.get(piece.path) ?? []
  const kinds: Readonly<Record<Exclude<Piece['kind'], 'file'>, NamedKind>> = {
    processes: 'processes',
    segments: 'segments',
    makers: 'segments',
    totals: 'segments',
    free: 'free',
    blocks: 'nodes',
    nodes: 'nodes',
  }
  return [kinds[piece.kind]]
}

const kindOfPath: ReadonlyMap<string, readonly NamedKind[]> = new Map([
  ['proc/meminfo', ['meminfo']],
  ['proc/sysvipc/shm', ['segments']],
  ['proc/version', ['kernel']],
  ['sos_commands/kernel/uname_-a', ['kernel']],
  ['sos_commands/kernel/sysctl_-a', ['settings']],
])
