import type { Layout } from '../../geometry/layout.ts'
import { sumBy } from '../../units/sum.ts'
import type { GroupFigures } from './group-figures.ts'
import { spanOf } from './table-bytes.ts'

/** Private memory of a group's processes in memory, in pages, and how it is known. */
export interface PrivateMemory {
  readonly pages: number
  readonly how: 'list' | 'killed' | 'divided' | 'rss'
}

/**
 * Private memory of each group. Where the list does not split rss, what the killed process had stands for
 * its group, and the rest of all anonymous memory is divided by rss less what shared memory can explain.
 * @param all anonymous memory of the machine or the cgroup, in pages; absent: unknown.
 */
export function privateMemory(
  figures: readonly GroupFigures[],
  sharers: ReadonlySet<GroupFigures>,
  all: number | undefined,
  layout: Layout,
): ReadonlyMap<GroupFigures, PrivateMemory> {
  const known = figures.flatMap((one) => (one.anon === undefined ? [] : [[one, one.anon] as const]))
  const fromVictims = sumBy(known, ([, { sum, source }]) => (source === 'killed' ? sum : 0))
  const fromList = sumBy(known, ([, { sum, source }]) => (source === 'list' ? sum : 0))
  const scale = all === undefined || fromVictims <= all ? 1 : all / fromVictims
  const open = figures.filter(({ anon }) => anon === undefined)
  const weights = open.map((one) => (sharers.has(one) ? beyondSharing(one, layout) : one.rss.sum))
  const weight = sumBy(weights, (each) => each)
  const left = all === undefined ? weight : Math.max(0, all - fromVictims * scale - fromList)
  const share = weight === 0 ? 0 : Math.min(1, left / weight)
  return new Map([
    ...known.map(([one, { sum, source }]): [GroupFigures, PrivateMemory] => [
      one,
      source === 'list' ? { pages: sum, how: 'list' } : { pages: sum * scale, how: 'killed' },
    ]),
    ...open.map((one, index): [GroupFigures, PrivateMemory] => [
      one,
      { pages: (weights[index] ?? 0) * share, how: all === undefined ? 'rss' : 'divided' },
    ]),
  ])
}

/** Resident pages that the page tables of shared memory cannot map. */
function beyondSharing({ rss, tables, processes }: GroupFigures, layout: Layout): number {
  const size = layout.levels[0]?.tableBytes ?? layout.pageBytes
  const mappable = (tables.sum / size) * (spanOf(layout) / layout.pageBytes)
  return Math.max(rss.sum - mappable, Math.min(rss.sum, processes * leastPages))
}

/** A process that does anything has some. */
const leastPages = 256
