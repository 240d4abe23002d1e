import type { Scanner } from './ordinary-scalars.ts'
import { here, keyAt, plainAt, quotedAt } from './ordinary-scalars.ts'
import type { YamlEntry, YamlNode } from './yaml-tree.ts'

/** Far below what the YAML library refuses. */
export const deepest = 25

/**
 * A value as in JSON, or as in a flow of YAML: `{ first: 10 GiB }`. `undefined` where the YAML library has
 * to look.
 * @param outside the indentation around it: its further lines have more. −1: nothing is around it.
 */
export function flowAt(scanner: Scanner, outside: number, depth: number): YamlNode | undefined {
  scanner.tokens += 6
  if (depth > deepest) return undefined
  const next = scanner.text[scanner.at]
  if (next === '{') return mapAt(scanner, outside, depth)
  if (next === '[') return listAt(scanner, outside, depth)
  return quotedAt(scanner) ?? plainAt(scanner, 'flow')
}

function mapAt(scanner: Scanner, outside: number, depth: number): YamlNode | undefined {
  const spot = here(scanner)
  const entries = new Map<string, YamlEntry>()
  scanner.at += 1
  if (takes(scanner, '}', outside)) return { kind: 'map', spot, entries }
  do {
    skipBlanks(scanner, outside)
    scanner.tokens += 6
    const key = here(scanner)
    const name = keyAt(scanner, 'flow')
    if (name === undefined || entries.has(name) || !takesColon(scanner, key.offset))
      return undefined
    skipBlanks(scanner, outside)
    const node = flowAt(scanner, outside, depth + 1)
    if (node === undefined) return undefined
    entries.set(name, { key, node })
  } while (takes(scanner, ',', outside))
  return takes(scanner, '}', outside) ? { kind: 'map', spot, entries } : undefined
}

function listAt(scanner: Scanner, outside: number, depth: number): YamlNode | undefined {
  const spot = here(scanner)
  const items: YamlNode[] = []
  scanner.at += 1
  if (takes(scanner, ']', outside)) return { kind: 'list', spot, items }
  do {
    skipBlanks(scanner, outside)
    const item = flowAt(scanner, outside, depth + 1)
    if (item === undefined) return undefined
    items.push(item)
  } while (takes(scanner, ',', outside))
  return takes(scanner, ']', outside) ? { kind: 'list', spot, items } : undefined
}

/** Behind a key without quotes the colon needs a blank. */
function takesColon(scanner: Scanner, keyStart: number): boolean {
  const { text, at } = scanner
  const isQuoted = text[keyStart] === '"' || text[keyStart] === "'"
  if (text[at] !== ':' || !(isQuoted || text[at + 1] === ' ' || text[at + 1] === '\n')) return false
  scanner.at += 1
  return true
}

/** Skips blanks and, where it is next, the character. */
function takes(scanner: Scanner, mark: string, outside: number): boolean {
  skipBlanks(scanner, outside)
  if (scanner.text[scanner.at] !== mark) return false
  scanner.at += 1
  return true
}

/** Blanks and line ends, not to a line that begins too far left. */
function skipBlanks(scanner: Scanner, outside: number): void {
  const { text } = scanner
  for (;;) {
    while (text[scanner.at] === ' ') scanner.at += 1
    if (text[scanner.at] !== '\n') return
    let start = scanner.at + 1
    while (text[start] === ' ') start += 1
    const isBlank = text[start] === '\n'
    if (start >= text.length || (!isBlank && start - scanner.at - 1 <= outside)) return
    scanner.at = start
    scanner.tokens += 3
  }
}
