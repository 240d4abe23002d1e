import { isTooDeep } from '../../saved/json-depth.ts'
import type { Input, Refusal, World } from '../machine/world.ts'
import { refusalText, statusOfRefusal } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { isFailure } from './attempt.ts'
import type { Document } from './document.ts'
import type { Block } from './line-blocks.ts'
import { chained, lineBlocks } from './line-blocks.ts'
import { lineDocuments } from './line-documents.ts'
import { yamlDocuments } from './yaml-documents.ts'

/**
 * The documents of a file or of standard input, one after another, without more of it in memory than
 * one of them: each line of NDJSON, each YAML document between `---`, or the one that is all of it.
 * What is wrong with one of them stands in its place.
 * @param most bytes of the largest document.
 */
export async function* documentsIn(
  path: string,
  most: number,
  world: World,
): AsyncGenerator<Document | Failure, void> {
  const input = world.openInput(path)
  if (!input.ok) {
    yield { status: statusOfRefusal(input), text: refusalText('read', input) }
    return
  }
  try {
    for await (const one of documentsOf(path, input, most)) yield await extended(one, world)
  } finally {
    input.close()
  }
}

/** With the scenarios that a document extends, if it extends one. */
export async function extended(
  document: Document | Failure,
  world: World,
): Promise<Document | Failure> {
  if (isFailure(document) || !document.text.includes('extends')) return document
  const { withBases } = await import('./extending/bases.ts')
  return withBases(document, world)
}

/** True for a file that has a document in each line, by its name. */
export function isNamedLines(path: string): boolean {
  return /[^/][.](ndjson|jsonl)$/i.test(path)
}

/** A line that does not end within this is not waited for. */
const mostSkipped = 2 ** 30

async function* documentsOf(
  path: string,
  input: Input,
  most: number,
): AsyncGenerator<Document | Failure, void> {
  const named = isNamedLines(path)
  const blocks = refusalsApart(lineBlocks(input, most, mostSkipped))
  const seen: Block[] = []
  const isLines = named || (await beginsWithRecords(blocks, seen))
  const all = chained(seen, blocks.rest)
  let isEmpty = true
  for await (const each of isLines
    ? lineDocuments(path, all, named, most)
    : yamlDocuments(path, all, most)) {
    isEmpty = false
    yield each
  }
  const refusal = blocks.refusal()
  // Blank lines are no answer, and no data is no pass: the reader says that the text is empty.
  if (refusal === undefined && isEmpty) yield { path, text: '' }
  if (refusal === undefined) return
  yield { status: statusOfRefusal(refusal), text: refusalText('read', { ...refusal, path }) }
}

interface Blocks {
  readonly rest: AsyncGenerator<Block, void>
  /** What ended them early. */
  readonly refusal: () => Refusal | undefined
}

function refusalsApart(source: ReturnType<typeof lineBlocks>): Blocks {
  let refusal: ReturnType<Blocks['refusal']>
  async function* blocks(): AsyncGenerator<Block, void> {
    for await (const one of source) {
      if ('bytes' in one) yield one
      else refusal = one
    }
  }
  return { rest: blocks(), refusal: () => refusal }
}

/** Whether each line is a document of its own. No more is read than it takes to tell. */
async function beginsWithRecords({ rest }: Blocks, seen: Block[]): Promise<boolean> {
  let lines: readonly string[] = []
  let told = areRecords(lines)
  while (told === undefined) {
    const { value, done } = await rest.next()
    if (done || value === undefined) return false
    seen.push(value)
    const text = new TextDecoder().decode(value.bytes)
    // A line that is cut off cannot be told from one that is broken.
    if (value.isCut) return lines.length === 0 && text.startsWith('{')
    lines = [...lines, ...firstLines(text)]
    told = areRecords(lines)
  }
  return told
}

/**
 * Records: the first line is a JSON object, or it is broken and an object of ours follows.
 * @returns `undefined` where more lines have to be seen.
 */
function areRecords([first, second]: readonly string[]): boolean | undefined {
  if (first === undefined) return undefined
  if (isRecord(first)) return true
  if (/^[#%-]/.test(first)) return false
  return second === undefined ? undefined : isRecord(second) && /"(version|schema)" *:/.test(second)
}

/** The first two lines that are not blank, or as many as there are. */
function firstLines(text: string): readonly string[] {
  const found: string[] = []
  for (const [line] of text.matchAll(/\S[^\n]*/g)) {
    found.push(line.trimEnd())
    if (found.length === 2) break
  }
  return found
}

function isRecord(line: string): boolean {
  if (!line.startsWith('{') || !line.endsWith('}') || isTooDeep(line)) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
