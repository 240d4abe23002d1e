import type { Source, Spot, YamlScalar } from './yaml-tree.ts'

/** Where the reader of ordinary texts is. */
export interface Scanner {
  readonly source: Source
  /** The text of the source, and the end of a line behind it. */
  readonly text: string
  at: number
  /** At least as many as the YAML library would make of what was read. */
  tokens: number
}

/** The place where the scanner is. */
export function here({ source, at }: Scanner): Spot {
  return { source, offset: at }
}

/** A text in quotes on one line, without escapes; `undefined` where the next thing is not one. */
export function quotedAt(scanner: Scanner): YamlScalar | undefined {
  const { text, at } = scanner
  const mark = text[at]
  if (mark !== '"' && mark !== "'") return undefined
  const end = text.indexOf(mark, at + 1)
  if (end === -1) return undefined
  const content = text.slice(at + 1, end)
  // `''` is a quotation mark inside such a text.
  if (content.includes('\n') || text[end + 1] === "'") return undefined
  if (mark === '"' && content.includes('\\')) return undefined
  const spot = here(scanner)
  scanner.at = end + 1
  return { kind: 'scalar', spot, value: content, text: content }
}

/** How far a plain value or key goes: in a block to the end of its line, in a flow also to a bracket or comma. */
export type Plain = 'block' | 'flow'

/** Letters and digits, and characters with which nothing but a plain value begins. */
const beginning = String.raw`(?:[\w./~+$(<=;^]|-(?=[\w./])|[^\0-\x9f])`
const plainTexts: Readonly<Record<Plain, RegExp>> = {
  block: new RegExp(String.raw`${beginning}(?:[^\n:#]|:(?![ \n])|(?<! )#)*`, 'y'),
  flow: new RegExp(String.raw`${beginning}(?:[^\n:#,[\]{}]|:(?![ \n,[\]{}])|(?<! )#)*`, 'y'),
}

/** A value without quotes; `undefined` where the next thing is not one, or YAML reads it in a way of its own. */
export function plainAt(scanner: Scanner, plain: Plain): YamlScalar | undefined {
  const spot = here(scanner)
  const text = plainTextAt(scanner, plain)
  if (text === undefined || oddities.test(text)) return undefined
  return { kind: 'scalar', spot, value: resolved(text), text }
}

/** A key, in quotes or without. */
export function keyAt(scanner: Scanner, plain: Plain): string | undefined {
  const name = quotedAt(scanner)?.text ?? plainTextAt(scanner, plain)
  return name === undefined || name === '' || name === '<<' || name.length > longestKey
    ? undefined
    : name
}

/** Below what the YAML library refuses. */
const longestKey = 900

function plainTextAt(scanner: Scanner, plain: Plain): string | undefined {
  const pattern = plainTexts[plain]
  pattern.lastIndex = scanner.at
  const [written] = pattern.exec(scanner.text) ?? []
  if (written === undefined) return undefined
  scanner.at += written.length
  let end = written.length
  while (written[end - 1] === ' ') end -= 1
  return written.slice(0, end)
}

/** Numbers that are not decimal. */
const oddities = /^(?:0o[0-7]+|0x[\da-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const number = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/

/** YAML 1.2, 10.3.2: the core schema. */
function resolved(text: string): YamlScalar['value'] {
  const word = words.get(text)
  if (word !== undefined) return word
  return number.test(text) ? Number(text) : text
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
])
