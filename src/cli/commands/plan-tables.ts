import type { Result } from '../../plan/result/result.ts'
import type { FleetEntry } from '../../render/fleet.ts'
import { fleetEntry, renderFleet } from '../../render/fleet.ts'
import { renderScreen } from '../../render/screen/screen.ts'
import type { DetailName } from '../../render/sections/detail-names.ts'
import { detailNames } from '../../render/sections/detail-names.ts'
import type { Ink } from '../../render/text/ink.ts'
import type { Verdict } from '../../render/verdicts.ts'
import { renderVerdicts, verdictIn } from '../../render/verdicts.ts'
import type { Unanswered } from '../../render/words/failure-words.ts'
import type { Request } from '../arguments/request.ts'
import type { Text } from '../machine/world.ts'
import type { Gathering } from '../output/gathering.ts'
import { tablesIn } from '../output/gathering.ts'

/** What a table of several results needs of one. */
export type PlanEntry =
  | { readonly kind: 'plan'; readonly entry: FleetEntry }
  | { readonly kind: 'check'; readonly entry: Verdict }
  /** Each result has tables of its own. */
  | { readonly kind: 'details' }

export function entryOf(result: Result, request: Request): PlanEntry {
  if (request.command === 'check') return { kind: 'check', entry: verdictIn(result) }
  if (detailsAsked(request).size > 0) return { kind: 'details' }
  return { kind: 'plan', entry: fleetEntry(result) }
}

/** How a result is printed that has tables of its own; `undefined` where there is one for all of them. */
export async function detailsTable(
  request: Request,
): Promise<((result: Result, ink: Ink) => string) | undefined> {
  const shown = detailsAsked(request)
  if (request.command === 'check' || shown.size === 0) return undefined
  const { renderDetails } = await import('../../render/details.ts')
  return (result, ink) => renderScreen(result, ink) + renderDetails(result, ink, shown)
}

/**
 * The table of all results, or the screen of the only one.
 * @param answered says which scenarios have no result.
 */
export async function planTable(
  gathering: Gathering<PlanEntry>,
  answered: Unanswered,
  first: Result | undefined,
  ink: Ink,
): Promise<Text> {
  const entries = gathering.entries()
  const [one] = entries
  if (one === undefined) return ''
  if (one.kind === 'details') return tablesIn(gathering, ink)
  if (one.kind === 'check') {
    return renderVerdicts(
      entries.flatMap((each) => (each.kind === 'check' ? [each.entry] : [])),
      ink,
      answered,
    )
  }
  if (entries.length + answered.unanswered === 1 && first !== undefined) {
    return renderScreen(first, ink)
  }
  return renderFleet(
    entries.flatMap((each) => (each.kind === 'plan' ? [each.entry] : [])),
    answered,
    ink,
  )
}

function detailsAsked({ options }: Request): ReadonlySet<DetailName> {
  const { details, verbose, show = [] } = options
  if (details || verbose || show.includes('all')) return new Set(detailNames)
  return new Set(detailNames.filter((name) => show.includes(name)))
}
