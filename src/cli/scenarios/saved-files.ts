import type { Contradiction } from '../../plan/gates/contradictions.ts'
import { contradictions } from '../../plan/gates/contradictions.ts'
import type { SavedReading } from '../../saved/read-saved.ts'
import type { Complaint } from '../../scenario/yaml/issue.ts'
import { pathText } from '../../units/path.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'

/** Results that an earlier run saved. */
export type SavedFile = Extract<SavedReading, { readonly ok: true }>

/** Reads saved results, and makes sure that their figures belong together. */
export async function savedFileOf(text: string, path: string): Promise<SavedFile | Failure> {
  const { issuesIn, readSaved } = await import('../../saved/read-saved.ts')
  const reading = readSaved(text, path)
  if (!reading.ok) return { status: status.invalid, issues: reading.issues }
  const complaints = reading.results.flatMap((result, index) =>
    contradictions(result).map((found) =>
      complaintOf(found, reading.several ? ['results', index] : []),
    ),
  )
  if (complaints.length === 0) return reading
  return { status: status.invalid, issues: issuesIn(text, path, complaints) }
}

function complaintOf({ path, says, follows }: Contradiction, start: Complaint['path']): Complaint {
  return {
    path: [...start, ...path],
    at: 'value',
    message: `\`${pathText(path)}\` is ${says}, but the figures it comes from give ${follows}`,
    expected: 'a result as it was written, with nothing changed',
  }
}
