import type { Path } from '../../units/path.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import type { RangedInput } from '../result/what-if/ranges-result.ts'

/** A value that is a range. Its values are whole ticks: the least by which it can change. */
export interface RangeInput {
  /** Where it is written: several places where they are one anchor. */
  readonly places: readonly Path[]
  readonly unit: RangedInput['unit']
  readonly range:
    | { readonly kind: 'interval'; readonly from: number; readonly to: number }
    | { readonly kind: 'percentiles'; readonly p50: number; readonly p95: number }
  /** A value as it is published. */
  readonly publish: (tick: number) => number
}

/** A scenario with a value of each range, or that there is none with them. */
export type RangeReading =
  | { readonly ok: true; readonly workload: Workload; readonly assumptions: readonly Assumption[] }
  | { readonly ok: false }

/** The scenario with a value of each range, in ticks, in their order. */
export type ReadAt = (ticks: readonly number[]) => RangeReading

/**
 * The least by which a value changes, in ticks: a size whose ends are whole pages by one page, by a huge
 * page where the region is on such; any other value by a tick.
 */
export function stepOf({ places, unit, range }: RangeInput, workload: Workload): number {
  const ends = range.kind === 'interval' ? [range.from, range.to] : [range.p50, range.p95]
  const { pageBytes } = workload.host.layout
  if (unit !== 'bytes' && unit !== 'pages') return 1
  const grains = places.map((place) => pagesAt(place, workload) ?? pageBytes)
  const grain = Math.max(...grains) / (unit === 'pages' ? pageBytes : 1)
  return ends.every((tick) => tick % grain === 0) ? grain : 1
}

/** The pages that a size at a place is made of, if it is that of a region or a part of one. */
function pagesAt([root, name, key, index, part]: Path, workload: Workload): number | undefined {
  const { regions, groups } = workload
  if (root === 'regions' && key === 'size')
    return regions.find((one) => one.name === name)?.pageBytes
  if (root !== 'groups' || (part !== 'offset' && part !== 'length')) return undefined
  const mapped = groups.find((one) => one.name === name)?.maps[Number(index)]?.region
  return regions.find((one) => one.name === mapped)?.pageBytes
}
