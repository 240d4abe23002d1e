import type { SavedReading } from '../../../saved/read-saved.ts'
import type { Failure } from '../../output/report.ts'
import { status } from '../../output/status.ts'
import type { Document } from '../document.ts'

/** Results that an earlier run saved. */
export type SavedFile = Extract<SavedReading, { readonly ok: true }>

/** Reads saved results. */
export async function savedFileOf({
  path,
  text,
  lineEnd: _,
  ...among
}: Document): Promise<SavedFile | Failure> {
  const { readSaved } = await import('../../../saved/read-saved.ts')
  const reading = readSaved(text, path, among)
  return reading.ok ? reading : { status: status.invalid, issues: reading.issues }
}
