import { deepest, flowAt } from './ordinary-flow.ts'
import type { Scanner } from './ordinary-scalars.ts'
import { here, keyAt, plainAt, quotedAt } from './ordinary-scalars.ts'
import type { Source, YamlEntry, YamlNode } from './yaml-tree.ts'

/**
 * The tree of an ordinary text, YAML or JSON, as the YAML library would build it, in a twentieth of its
 * time and without loading it. The library has the last word: whatever the two might read differently,
 * and whatever is wrong, is left to it, which knows the words for it.
 * @returns `undefined` where the library has to look.
 */
export function readOrdinary(source: Source): YamlNode | undefined {
  if (source.text.length > mostCharacters || unusual.test(source.text)) return undefined
  const scanner: Scanner = { source, text: `${source.text}\n`, at: 0, tokens: 0 }
  const root = documentAt(scanner)
  return scanner.tokens > mostTokens ? undefined : root
}

/** What the YAML library is given at most, in read-yaml.ts. */
const mostCharacters = 4 * 2 ** 20
const mostTokens = 300_000

/** Characters that YAML reads in ways of its own: tabs, and all that is not printed. */
const unusual =
  /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u

function documentAt(scanner: Scanner): YamlNode | undefined {
  let column = contentAt(scanner)
  if (column === 0 && /^--- *\n/.test(scanner.text.slice(scanner.at, scanner.at + 100))) {
    column = nextLine(scanner)
  }
  if (column !== 0) return undefined
  const block = scanner.text[scanner.at] === '{' ? flowLine(scanner, -1, 0) : mapAt(scanner, 0, 0)
  return block?.next === -1 ? block.node : undefined
}

/** What was read, and the column of what follows in a line of its own; −1 at the end of the text. */
interface Block {
  readonly node: YamlNode
  readonly next: number
}

/** A mapping whose first key is next. */
function mapAt(scanner: Scanner, column: number, depth: number): Block | undefined {
  if (depth > deepest) return undefined
  const spot = here(scanner)
  const entries = new Map<string, YamlEntry>()
  for (;;) {
    scanner.tokens += 6
    const key = here(scanner)
    const name = keyAt(scanner, 'block')
    if (name === undefined || name.startsWith('...') || entries.has(name)) return undefined
    if (!takesColon(scanner)) return undefined
    const value = afterKey(scanner, column, depth + 1)
    if (value === undefined || value.next > column) return undefined
    entries.set(name, { key, node: value.node })
    if (value.next < column) return { node: { kind: 'map', spot, entries }, next: value.next }
  }
}

/** In the line of the key, or below it; a list may begin right below the key. */
function afterKey(scanner: Scanner, column: number, depth: number): Block | undefined {
  skipSpaces(scanner)
  if (!endsLine(scanner)) return lineValue(scanner, column, depth)
  const below = nextLine(scanner)
  if (isItem(scanner) && below >= column) return listAt(scanner, below, depth)
  return below > column ? mapAt(scanner, below, depth) : undefined
}

/** A list whose first dash is next. */
function listAt(scanner: Scanner, column: number, depth: number): Block | undefined {
  if (depth > deepest) return undefined
  const spot = here(scanner)
  const items: YamlNode[] = []
  for (;;) {
    const lineStart = scanner.at - column
    scanner.at += 1
    skipSpaces(scanner)
    const item = startsEntry(scanner)
      ? mapAt(scanner, scanner.at - lineStart, depth + 1)
      : lineValue(scanner, column, depth + 1)
    if (item === undefined || item.next > column) return undefined
    items.push(item.node)
    if (item.next === column && isItem(scanner)) continue
    return { node: { kind: 'list', spot, items }, next: item.next }
  }
}

/** A value that ends its line, or its last line where it has brackets. */
function lineValue(scanner: Scanner, outside: number, depth: number): Block | undefined {
  const next = scanner.text[scanner.at]
  if (next === '{' || next === '[') return flowLine(scanner, outside, depth)
  scanner.tokens += 6
  return ended(scanner, quotedAt(scanner) ?? plainAt(scanner, 'block'))
}

function flowLine(scanner: Scanner, outside: number, depth: number): Block | undefined {
  return ended(scanner, flowAt(scanner, outside, depth))
}

function ended(scanner: Scanner, node: YamlNode | undefined): Block | undefined {
  if (node === undefined) return undefined
  const before = scanner.at
  skipSpaces(scanner)
  const isComment = scanner.text[scanner.at] === '#'
  if (!endsLine(scanner) || (isComment && before === scanner.at && !isBlankBefore(scanner))) {
    return undefined
  }
  return { node, next: nextLine(scanner) }
}

function isBlankBefore({ text, at }: Scanner): boolean {
  return text[at - 1] === ' '
}

/** Whether a key and its colon are next. */
function startsEntry(scanner: Scanner): boolean {
  const { at } = scanner
  const found = keyAt(scanner, 'block') !== undefined && takesColon(scanner)
  scanner.at = at
  return found
}

function isItem({ text, at }: Scanner): boolean {
  return text[at] === '-' && text[at + 1] === ' '
}

function takesColon(scanner: Scanner): boolean {
  const { text } = scanner
  skipSpaces(scanner)
  const after = text[scanner.at + 1]
  if (text[scanner.at] !== ':' || (after !== ' ' && after !== '\n')) return false
  scanner.at += 1
  return true
}

function skipSpaces(scanner: Scanner): void {
  while (scanner.text[scanner.at] === ' ') scanner.at += 1
}

function endsLine({ text, at }: Scanner): boolean {
  return text[at] === '\n' || text[at] === '#'
}

/** Goes to what comes next in a line of its own: its column, or −1 at the end of the text. */
function nextLine(scanner: Scanner): number {
  scanner.at = scanner.text.indexOf('\n', scanner.at) + 1
  return contentAt(scanner)
}

/** The same from the start of a line. */
function contentAt(scanner: Scanner): number {
  const { text } = scanner
  while (scanner.at < text.length) {
    const start = scanner.at
    scanner.tokens += 4
    skipSpaces(scanner)
    if (!endsLine(scanner)) return scanner.at - start
    scanner.at = text.indexOf('\n', scanner.at) + 1
  }
  return -1
}
