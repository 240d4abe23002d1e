import type { Earlier } from '../../plan/gates/baseline.ts'
import type { Judged } from '../../plan/gates/gates.ts'
import type { ReadResult } from '../../saved/read-saved.ts'
import { isSaved } from '../../saved/saved-mark.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { largestSaved, shownPath } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'
import { isFailure } from './attempt.ts'
import { documentsIn } from './documents.ts'
import { savedFileOf } from './saved/saved-files.ts'

/** What the results of a run are judged by, in addition to their own gates. */
export interface JudgingContext {
  /** Absent: waivers do not count. */
  readonly today?: string
  /** Absent: nothing is compared. */
  readonly earlier?: readonly Earlier[]
}

/** Today's date for waivers, and the baseline. */
export async function judgingContextOf(
  request: Request,
  world: World,
): Promise<JudgingContext | Failure> {
  const { noWaivers, baseline } = request.options
  const dated = noWaivers ? {} : { today: world.today() }
  if (baseline === undefined) return dated
  const earlier: Earlier[] = []
  for await (const document of documentsIn(baseline, largestSaved, world)) {
    if (isFailure(document)) return document
    if (!isSaved(document.text)) return notSaved(baseline)
    const file = await savedFileOf(document)
    if ('status' in file) return file
    earlier.push(...file.results.map(reduced))
  }
  return { ...dated, earlier }
}

function notSaved(path: string): Failure {
  const text = `--baseline ${shownPath(path)} is not a saved result; name a file that mshare-plan wrote as JSON`
  return { status: status.invalid, text }
}

/** Only what is compared: the whole of thousands of results does not have to be in memory. */
function reduced({ scenario: { name, file }, strategies }: ReadResult): Earlier {
  return { scenario: { name, file }, strategies: strategies.map(comparable) }
}

function comparable(one: Judged): Judged {
  if (!one.applies) return { id: one.id, applies: false }
  const { id, applies, pageTables, memory, risk } = one
  const { headroomBytes, pools, commit } = memory
  return {
    id,
    applies,
    pageTables: { bytes: pageTables.bytes },
    memory: { headroomBytes, pools, commit },
    risk: { level: risk.level },
  }
}
