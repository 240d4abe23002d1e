import type { Failure } from '../output/report.ts'
import { isFailure } from './attempt.ts'
import type { Document, DocumentPlace } from './document.ts'
import { documentOf, placeOf } from './document.ts'
import type { Block } from './line-blocks.ts'
import { chained, lineEnd } from './line-blocks.ts'
import { tooLarge } from './too-large.ts'
import { yamlDocuments } from './yaml-documents.ts'

/**
 * A document in each line that is not blank. The first is numbered only where the name of the file
 * says that there may be more: standard input may hold a single one. Where it does not say so, and
 * YAML's `---` follows the first, the rest are YAML documents: the first was one in JSON.
 * @param most bytes of the largest document.
 */
export async function* lineDocuments(
  path: string,
  blocks: AsyncIterable<Block>,
  isNamed: boolean,
  most: number,
): AsyncGenerator<Document | Failure, void> {
  let [lines, count] = [0, 0]
  const next = (): DocumentPlace => {
    count += 1
    return placeOf(path, lines, count === 1 && !isNamed ? undefined : count)
  }
  /** @returns where YAML documents begin. */
  function* records(bytes: Uint8Array): Generator<Document | Failure, Uint8Array | undefined> {
    for (const line of linesIn(bytes)) {
      if (count === 1 && !isNamed && textOf(line).startsWith('---')) {
        return bytes.subarray(line.byteOffset - bytes.byteOffset)
      }
      if (!isSeparator(line)) yield withoutLineEnd(documentOf(line, next()))
      lines += 1
    }
    return undefined
  }
  for await (const { bytes, isCut, isEndless } of blocks) {
    if (isEndless) {
      yield tooLarge({ path, linesBefore: lines - 1, document: count }, 'endless-line')
      return
    }
    if (isCut) {
      yield tooLarge(next(), 'line')
      lines += 1
      continue
    }
    const rest = yield* records(bytes)
    if (rest === undefined) continue
    yield* yamlDocuments(path, chained([{ bytes: rest }], blocks), most, lines, count)
    return
  }
}

/** What is missing at the end of a line is missing in that line. */
function withoutLineEnd(document: Document | Failure): Document | Failure {
  if (isFailure(document)) return document
  const [lineEnd = ''] = /\r?\n?$/.exec(document.text) ?? []
  if (lineEnd === '') return document
  return { ...document, text: document.text.slice(0, -lineEnd.length), lineEnd }
}

const [dash, blank] = [0x2d, 0x20]

/** With what ends them. */
function* linesIn(bytes: Uint8Array): Generator<Uint8Array, void> {
  for (let start = 0; start < bytes.length; ) {
    const end = lineEnd(bytes, start)
    yield bytes.subarray(start, end)
    start = end
  }
}

/** A blank line, or `---` as some tools write it between two documents. */
function isSeparator(line: Uint8Array): boolean {
  const first = line[0] ?? 0
  if (first > blank && first !== dash) return false
  const text = textOf(line).trim()
  return text === '' || text === '---'
}

function textOf(line: Uint8Array): string {
  return new TextDecoder().decode(line)
}
