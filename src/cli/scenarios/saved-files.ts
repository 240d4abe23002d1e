import type { SavedReading } from '../../saved/read-saved.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'

/** Results that an earlier run saved. */
export type SavedFile = Extract<SavedReading, { readonly ok: true }>

/** Reads saved results. */
export async function savedFileOf(text: string, path: string): Promise<SavedFile | Failure> {
  const { readSaved } = await import('../../saved/read-saved.ts')
  const reading = readSaved(text, path)
  return reading.ok ? reading : { status: status.invalid, issues: reading.issues }
}
