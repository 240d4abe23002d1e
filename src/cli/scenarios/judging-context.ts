import type { ReadResult } from '../../saved/read-saved.ts'
import { isSaved } from '../../saved/saved-mark.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { largestSaved, shownPath } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'
import { savedFileOf } from './saved-files.ts'
import { readText } from './scenario-file.ts'

/** What the results of a run are judged by, in addition to their own gates. */
export interface JudgingContext {
  /** Absent: waivers do not count. */
  readonly today?: string
  /** Absent: nothing is compared. */
  readonly earlier?: readonly ReadResult[]
}

/** Today's date for waivers, and the baseline. */
export async function judgingContextOf(
  request: Request,
  world: World,
): Promise<JudgingContext | Failure> {
  const { noWaivers, baseline } = request.options
  const dated = noWaivers ? {} : { today: world.today() }
  if (baseline === undefined) return dated
  const text = await readText(baseline, largestSaved, world)
  if (typeof text !== 'string') return text
  if (!isSaved(text)) {
    const said = `--baseline ${shownPath(baseline)} is not a saved result; name a file that mshare-plan wrote as JSON`
    return { status: status.invalid, text: said }
  }
  const file = await savedFileOf(text, baseline)
  return 'status' in file ? file : { ...dated, earlier: file.results }
}
