import type { Source, Spot, YamlEntry, YamlNode } from './yaml-tree.ts'

/**
 * The tree of an ordinary JSON text, as the YAML reader would build it, in a twentieth of its time.
 * JSON is YAML, and YAML has the last word: whatever the two might read differently, and whatever is
 * wrong, is left to its reader, which knows the words for it.
 * @returns `undefined` where the YAML reader has to look.
 */
export function readJson(source: Source): YamlNode | undefined {
  const { text } = source
  if (text.charCodeAt(0) !== brace || text.length > mostCharacters || unusual.test(text))
    return undefined
  const scanner: Scanner = { text, source, at: 0, nodes: 0 }
  const root = valueAt(scanner, 0)
  if (root === undefined) return undefined
  skipBlanks(scanner)
  return scanner.at === text.length ? root : undefined
}

interface Scanner {
  readonly text: string
  readonly source: Source
  at: number
  nodes: number
}

/** All far below what the YAML reader refuses. */
const mostCharacters = 2 ** 20
const mostNodes = 30_000
const deepest = 50
const longestKey = 900

/** Characters that YAML reads in ways of its own: tabs, escapes, and all that is not printed. */
const unusual =
  /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|\\/u
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?=[\n ,\]}])/y

const [brace, closingBrace, bracket, closingBracket] = [0x7b, 0x7d, 0x5b, 0x5d]
const [quote, comma, colon, blank, newline] = [0x22, 0x2c, 0x3a, 0x20, 0x0a]

function valueAt(scanner: Scanner, depth: number): YamlNode | undefined {
  skipBlanks(scanner)
  scanner.nodes += 1
  if (depth > deepest || scanner.nodes > mostNodes) return undefined
  const code = scanner.text.charCodeAt(scanner.at)
  if (code === brace) return mapAt(scanner, depth)
  if (code === bracket) return listAt(scanner, depth)
  if (code !== quote) return plainAt(scanner)
  const spot = spotAt(scanner)
  const text = stringAt(scanner)
  return text === undefined ? undefined : { kind: 'scalar', spot, value: text, text }
}

function mapAt(scanner: Scanner, depth: number): YamlNode | undefined {
  const spot = spotAt(scanner)
  const entries = new Map<string, YamlEntry>()
  scanner.at += 1
  if (takes(scanner, closingBrace)) return { kind: 'map', spot, entries }
  do {
    skipBlanks(scanner)
    const key = spotAt(scanner)
    const name = stringAt(scanner)
    if (name === undefined || isUnusualKey(name) || entries.has(name)) return undefined
    if (scanner.text.charCodeAt(scanner.at) !== colon) return undefined
    scanner.at += 1
    const node = valueAt(scanner, depth + 1)
    if (node === undefined) return undefined
    entries.set(name, { key, node })
  } while (takes(scanner, comma))
  return takes(scanner, closingBrace) ? { kind: 'map', spot, entries } : undefined
}

function isUnusualKey(name: string): boolean {
  return name === '' || name === '<<' || name.length > longestKey
}

function listAt(scanner: Scanner, depth: number): YamlNode | undefined {
  const spot = spotAt(scanner)
  const items: YamlNode[] = []
  scanner.at += 1
  if (takes(scanner, closingBracket)) return { kind: 'list', spot, items }
  do {
    const item = valueAt(scanner, depth + 1)
    if (item === undefined) return undefined
    items.push(item)
  } while (takes(scanner, comma))
  return takes(scanner, closingBracket) ? { kind: 'list', spot, items } : undefined
}

/** A text in quotes on one line; escapes have been ruled out. */
function stringAt(scanner: Scanner): string | undefined {
  const { text, at } = scanner
  if (text.charCodeAt(at) !== quote) return undefined
  const end = text.indexOf('"', at + 1)
  if (end < 0) return undefined
  const content = text.slice(at + 1, end)
  if (content.includes('\n')) return undefined
  scanner.at = end + 1
  return content
}

function plainAt(scanner: Scanner): YamlNode | undefined {
  const { text, at } = scanner
  const spot = spotAt(scanner)
  for (const [word, value] of words) {
    if (!text.startsWith(word, at)) continue
    scanner.at += word.length
    return { kind: 'scalar', spot, value, text: word }
  }
  number.lastIndex = at
  const [written] = number.exec(text) ?? []
  if (written === undefined) return undefined
  scanner.at += written.length
  return { kind: 'scalar', spot, value: Number(written), text: written }
}

const words: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

/** Skips blanks and, where it is next, the character. */
function takes(scanner: Scanner, code: number): boolean {
  skipBlanks(scanner)
  if (scanner.text.charCodeAt(scanner.at) !== code) return false
  scanner.at += 1
  return true
}

function skipBlanks(scanner: Scanner): void {
  for (;;) {
    const code = scanner.text.charCodeAt(scanner.at)
    if (code !== blank && code !== newline) return
    scanner.at += 1
  }
}

function spotAt({ source, at }: Scanner): Spot {
  return { source, offset: at }
}
