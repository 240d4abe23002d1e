import type { Layout } from '../../geometry/layout.ts'
import type { Intervals } from '../../space/intervals.ts'
import {
  append,
  contains,
  lengthOf,
  overlap,
  runsOf,
  spansReached,
  union,
} from '../../space/intervals.ts'
import { allSpans } from '../files/spans.ts'
import { reachOf } from '../machine/object-lookup.ts'
import type { LooseMapping, MappedObject, PrivateRuns } from '../machine/observation.ts'
import type { Scale } from '../machine/space-gathering.ts'

/**
 * Tables of one process for private mappings, and for objects that are no regions, beyond those that
 * the regions it maps need. Where pagemap could be read least and most are the same.
 */
export interface OwnCount {
  readonly least: OwnTables
  readonly most: OwnTables
  /** If all that may be read were touched. */
  readonly mapped: OwnTables
}

/** Tables by level; p4d and pgd are not counted in VmPTE. */
export interface OwnTables {
  readonly pte: number
  readonly pmd: number
  readonly pud: number
}

/**
 * Counts the tables of private memory, and of objects that are no regions, beyond those that the
 * regions need.
 * @param isRegion false for an object whose tables stay among those of the program.
 */
export function countOwnTables(
  runs: PrivateRuns,
  objects: readonly MappedObject[],
  scale: Scale,
  isRegion: (mapped: MappedObject) => boolean,
): OwnCount {
  const regions = objects.filter(isRegion)
  const others = objects.filter((mapped) => !isRegion(mapped))
  const reachable = objectSpans(objects, scale, 'pte', 'possible')
  const fewest = runs.loose.reduce((sum, one) => sum + leastOf(one, reachable, scale), 0)
  const loose = runs.loose.reduce((sum, one) => sum + mostOf(one), 0)
  const beyond = (own: Intervals, level: keyof OwnTables, known: Known, taken: Known): number => {
    const all = joined(own, objectSpans(others, scale, level, known))
    const factor = scale[level] / scale.pte
    return countBeyond(all, objectSpans(regions, scale, level, taken), factor)
  }
  const mapped = (level: keyof OwnTables): number => {
    const all = joined(runs.whole, objectSpans(others, scale, level, 'whole'))
    return countBeyond(all, [], scale[level] / scale.pte)
  }
  const all = mapped('pte')
  return {
    least: {
      pte: beyond(runs.certain, 'pte', 'certain', 'possible') + fewest,
      pmd: beyond(runs.certain, 'pmd', 'certain', 'possible'),
      pud: beyond(runs.certain, 'pud', 'certain', 'possible'),
    },
    most: {
      // Loose mappings that meet in a span would each have its table.
      pte: Math.min(beyond(runs.certain, 'pte', 'possible', 'certain') + loose, all),
      pmd: beyond(runs.possible, 'pmd', 'possible', 'certain'),
      pud: beyond(runs.possible, 'pud', 'possible', 'certain'),
    },
    mapped: { pte: all, pmd: mapped('pmd'), pud: mapped('pud') },
  }
}

/** Its pages in as few spans as can be, at its ends in spans that others need anyway. */
function leastOf(
  { first, last, pages, sharesFirst, sharesLast }: LooseMapping,
  reachable: Intervals,
  { pte }: Scale,
): number {
  const ends = [sharesFirst || contains(reachable, first), sharesLast || contains(reachable, last)]
  const spans = Math.min(Math.ceil(pages / pte), last + 1 - first)
  return Math.max(0, spans - ends.filter((shares) => shares).length)
}

function mostOf({ first, last, pages }: LooseMapping): number {
  return Math.min(last + 1 - first, pages)
}

/** Tables in bytes; a level that the layout does not have takes nothing. */
export function bytesOf(own: OwnTables, { levels }: Layout): number {
  return levels.reduce(
    (sum, { name, tableBytes }) =>
      name === 'p4d' || name === 'pgd' ? sum : sum + own[name] * tableBytes,
    0,
  )
}

/** Spans with pages, those too of which it is not known, or all that are mapped. */
type Known = 'certain' | 'possible' | 'whole'

/** Spans of pte tables of which the objects need the table of this level. */
function objectSpans(
  objects: readonly MappedObject[],
  scale: Scale,
  level: keyof OwnTables,
  known: Known,
): Intervals {
  const runs: number[] = []
  for (const mapped of objects) {
    const { touched, mapping } = mapped
    const reach = reachOf(mapped, scale)
    // Huge pages need no tables below their own level.
    if (reach > scale[level] || (touched === undefined && known === 'certain')) continue
    const first = Math.floor(mapping.start / reach)
    const all = allSpans(Math.ceil(mapping.end / reach) - first)
    const spans = known === 'whole' ? all : (touched?.spans ?? all)
    const toPte = reach / scale.pte
    for (const [from, to] of runsOf(spans.runs))
      append(runs, (first + from) * toPte, (first + to) * toPte)
  }
  return runs
}

/** Most processes map nothing but regions and private memory: then there is nothing to sort. */
function joined(own: Intervals, others: Intervals): Intervals {
  return others.length === 0 ? own : union([own, others])
}

/** Spans of a level above, `factor` of those given to each, that none of the others are in. */
function countBeyond(runs: Intervals, others: Intervals, factor: number): number {
  const all = spansReached(runs, factor)
  return lengthOf(all) - (others.length === 0 ? 0 : overlap(all, spansReached(others, factor)))
}
