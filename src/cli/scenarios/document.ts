import type { Issue } from '../../scenario/yaml/issue.ts'
import type { Source } from '../../scenario/yaml/yaml-tree.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'

/** Where a document is: a file that holds nothing else, or a part of one. */
export interface DocumentPlace {
  /** `-` is standard input. */
  readonly path: string
  /** Lines of the file before it; absent: none. */
  readonly linesBefore?: number
  /** Which one it is, from 1; absent where the file may be this one alone. */
  readonly document?: number
}

/** The text of one scenario, or of results that were saved. */
export interface Document extends DocumentPlace {
  readonly text: string
  /** What ends its line; absent where the text has all that belongs to it. */
  readonly lineEnd?: string
  /** The scenario that it extends; absent: none. */
  readonly base?: Source
}

/** @param document absent: the file may be this one alone. */
export function placeOf(
  path: string,
  linesBefore: number,
  document: number | undefined,
): DocumentPlace {
  return {
    path,
    ...(linesBefore === 0 ? {} : { linesBefore }),
    ...(document === undefined ? {} : { document }),
  }
}

/** The document in some bytes, or what is wrong with them. A byte-order mark is dropped. */
export function documentOf(content: Uint8Array, place: DocumentPlace): Document | Failure {
  try {
    return { ...place, text: utf8.decode(content) }
  } catch {
    return { status: status.invalid, issues: [notUtf8(content, place)] }
  }
}

/** Something wrong with a document as a whole. */
export function issueAt(
  { path, linesBefore = 0, document }: DocumentPlace,
  issue: Pick<Issue, 'message' | 'expected' | 'suggestion'>,
): Issue {
  const which = document === undefined ? {} : { document }
  return { file: path, ...which, line: linesBefore + 1, column: 1, ...issue }
}

/** Kept: to make one takes longer than to decode a line with it. */
const utf8 = new TextDecoder('utf-8', { fatal: true })

function notUtf8(content: Uint8Array, place: DocumentPlace): Issue {
  const readable = new TextDecoder('utf-8').decode(content).split('\ufffd', 1)[0] ?? ''
  const lines = readable.split('\n')
  const issue = issueAt(place, {
    message: 'not UTF-8 text',
    expected: 'a scenario in YAML or JSON, as UTF-8 text',
    ...(isUtf16(content) ? { suggestion: 'this is UTF-16: save it as UTF-8' } : {}),
  })
  const column = (lines.at(-1) ?? '').length + 1
  return { ...issue, line: issue.line + lines.length - 1, column }
}

/** By its byte-order mark. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}
