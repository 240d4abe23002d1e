import { refusalText, statusOfRefusal } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'
import type { DocumentPlace } from './document.ts'
import { issueAt } from './document.ts'

/** What is too large: a line of NDJSON, one that does not end, or a YAML document. */
export type Oversize = 'line' | 'endless-line' | 'document'

const words: Readonly<
  Record<Oversize, { readonly message: string; readonly suggestion?: string }>
> = {
  line: { message: 'the line is larger than 4 MiB, too large for a scenario' },
  'endless-line': {
    message: 'the line does not end within 1 GiB; the rest of the input is not read',
    suggestion: 'write one scenario a line',
  },
  document: {
    message: 'the document is larger than 4 MiB; the rest of the file is not read',
    suggestion: 'put `---` between two scenarios',
  },
}

/** Why a document is not read: in the words for files, if the file is this document alone. */
export function tooLarge(place: DocumentPlace, what: Oversize): Failure {
  if (place.document === undefined) {
    const refusal = { ok: false, path: place.path, reason: 'too-large' } as const
    return { status: statusOfRefusal(refusal), text: refusalText('read', refusal) }
  }
  const issue = issueAt(place, { ...words[what], expected: 'at most 4 MiB for a scenario' })
  return { status: status.invalid, issues: [issue] }
}
