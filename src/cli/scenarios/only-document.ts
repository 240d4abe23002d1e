import { isSaved } from '../../saved/saved-mark.ts'
import type { World } from '../machine/world.ts'
import { shownPath } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'
import { isFailure } from './attempt.ts'
import type { Document } from './document.ts'
import { documentsIn } from './documents.ts'
import { noScenario } from './scenario-file.ts'

/** The one scenario of a file; or a saved result, where that is as good. */
export async function onlyDocument(
  path: string,
  most: number,
  world: World,
  mayBeSaved = false,
): Promise<Document | Failure> {
  let only: Document | undefined
  for await (const document of documentsIn(path, most, world)) {
    if (isFailure(document)) return document
    if (only !== undefined) {
      const text = `${shownPath(path)} holds several scenarios; put the one that is meant into a file of its own`
      return { status: status.invalid, text }
    }
    only = document
  }
  const found = only ?? { path, text: '' }
  return isSaved(found.text) && !mayBeSaved ? noScenario(found) : found
}
