import type { Advice, PooledRegion } from '../../plan/result/advice-result.ts'
import { exactBytes, formatCount } from '../../units/format.ts'
import type { Naming } from '../words/finding-words.ts'
import { pooledIn, programNames } from '../words/program-words.ts'

/** What to know of the regions that are put on huge pages. */
export function regionNotes(each: Advice, name: Naming): readonly string[] {
  const pooled = pooledIn(each)
  if (pooled === undefined) return []
  const fresh = pooled.regions.filter(({ isNew }) => isNew)
  return [
    ...fresh.flatMap((region) => notesOn(region, pooled.pageBytes, name)),
    ...('largerPages' in each
      ? each.largerPages.map(
          ({ pageBytes, pages }) =>
            `${formatCount(pages)} pages of ${exactBytes(pageBytes)} do as well.`,
        )
      : []),
  ]
}

function notesOn(region: PooledRegion, pageBytes: number, name: Naming): readonly string[] {
  const { program, overheadPages, exact, pages } = region
  const itsName = name(region.name)
  return [
    ...(overheadPages === 0
      ? []
      : [
          `${formatCount(overheadPages)} of ${formatCount(pages)} pages of ${exactBytes(pageBytes)} are for what ${programNames[program]} adds to ${itsName}: at most that much.${program === 'postgresql' ? ' Ask the server for its number.' : ''}`,
        ]),
    ...(program === 'postgresql' && !exact
      ? [
          'huge_pages = try, because the number is an estimate: with `on` the server would not start if it were too low.',
        ]
      : []),
    ...(program === 'other'
      ? [
          `The program of ${itsName} must ask for huge pages itself (SHM_HUGETLB, MAP_HUGETLB, MFD_HUGETLB or a file on hugetlbfs).`,
        ]
      : []),
  ]
}
