import type {
  ForecastOutcome,
  GroupMatch,
  MatchedBy,
  RegionCause,
  RegionOutcome,
  RegionPages,
} from '../../plan/result/verify-result.ts'
import { formatCount } from '../../units/format.ts'
import { givenBytes, listed, processCount, quoted } from '../text/amounts.ts'

/** `base pages`, `2 MiB huge pages`. */
export function pagesWords(pages: readonly RegionPages[], baseBytes: number): string {
  const words = pages.map(({ pageBytes, thp }) => {
    if (thp) return 'transparent huge pages'
    return pageBytes === baseBytes ? 'base pages' : `${givenBytes(pageBytes)} huge pages`
  })
  return [...new Set(words)].join(' and ')
}

/** Why a region is not on the planned pages; empty where nothing more is known. */
export function regionCauseWords(cause: RegionCause): string {
  switch (cause.kind) {
    case 'not-found':
      return 'no process of its groups maps memory of this name or size'
    case 'private':
      return 'its private memory is on base pages, or was not captured'
    case 'pool-too-small':
      return `the pool has ${hugePages(cause.pages)}, and it needs ${formatCount(cause.needed)}`
    case 'pool-taken':
      return `the pool has ${formatCount(cause.available)} huge pages left, and it needs ${formatCount(cause.needed)}`
    case 'not-asked':
      return `the pool has ${formatCount(cause.available)} huge pages left, enough for it: the program was not restarted, or does not ask for them`
    case 'other-pages':
      return ''
  }
}

function hugePages(count: number): string {
  return count === 1 ? '1 huge page' : `${formatCount(count)} huge pages`
}

/** Whether it came true, and every region and group that did not. */
export function outcomeSentences(
  { strategy, holds, regions, matches }: ForecastOutcome,
  baseBytes: number,
): readonly string[] {
  const missing = matches.filter(({ found }) => found.length === 0).map(({ name }) => quoted(name))
  if (holds) {
    const all = `${formatCount(regions.length)} of ${formatCount(regions.length)} regions`
    return [`AS PLANNED with ${strategy.id}: ${all} on the planned pages.`]
  }
  const wrong = regions.filter((region) => !region.holds)
  const apart = matches.filter(
    ({ found, processes, plannedProcesses }) => found.length > 0 && processes !== plannedProcesses,
  )
  const [right, all] = [regions.length - wrong.length, regions.length]
  const how =
    all === 0
      ? 'no region could be compared'
      : `${formatCount(right)} of ${formatCount(all)} regions on the planned pages`
  return [
    `NOT AS PLANNED with ${strategy.id}: ${how}.`,
    ...wrong.slice(0, mostSaid).map((region) => regionSentence(region, baseBytes)),
    ...(wrong.length > mostSaid ? [`${wrong.length - mostSaid} more regions: see below.`] : []),
    ...apart.slice(0, mostSaid).map(apartSentence),
    ...(missing.length === 0 ? [] : [`No process was found of ${listed(shortened(missing))}.`]),
  ]
}

/** More are in the tables only. */
export const mostSaid = 3

function shortened(names: readonly string[]): readonly string[] {
  const rest = names.length - mostSaid
  return rest <= 0 ? names : [...names.slice(0, mostSaid), `${rest} more groups`]
}

function regionSentence({ name, planned, found, cause }: RegionOutcome, baseBytes: number): string {
  const where = found.length === 0 ? 'was not found' : `is on ${pagesWords(found, baseBytes)}`
  const instead = `planned: ${pagesWords(planned, baseBytes)}`
  const reason = cause === undefined ? '' : regionCauseWords(cause)
  const why = reason === '' ? '' : `; ${reason}`
  return `${quoted(name)} ${where}, ${instead}${why}.`
}

function apartSentence({ name, processes, plannedProcesses }: GroupMatch): string {
  return `${quoted(name)} runs as ${processCount(processes)}, planned: ${processCount(plannedProcesses)} with threads.`
}

const matchWords: Readonly<Record<MatchedBy, string>> = {
  name: 'by name',
  role: 'by what its processes do',
  command: 'by command',
}

/** What was taken for a group, where that is not called the same. */
export function matchSentences({ matches, otherGroups }: ForecastOutcome): readonly string[] {
  const guessed = matches.filter(({ by }) => by !== undefined && by !== 'name')
  const missing = matches.filter(({ found }) => found.length === 0)
  return [
    ...guessed.map(guessedSentence),
    ...missing.map(({ name }) => `${quoted(name)}: not compared, no such process was found.`),
    ...(otherGroups.length === 0
      ? []
      : [
          `Not in the forecast, and counted as elsewhere: ${listed(shortened(otherGroups.map(quoted)))}.`,
        ]),
  ]
}

function guessedSentence({ name, found, by = 'name' }: GroupMatch): string {
  return `${quoted(name)}: compared with ${listed(found.map(quoted))}, ${matchWords[by]}.`
}
