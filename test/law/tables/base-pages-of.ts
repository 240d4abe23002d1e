import type { Layout } from '../../../src/geometry/layout.ts'
import type { PlannedStrategy } from '../../../src/plan/result/result.ts'
import type { MappingParts, RegionParts } from '../../build.ts'
import { billed, strategy } from '../../build.ts'
import type { Touched } from '../toy.ts'
import { toyPageBytes } from '../toy.ts'

/** A mapping of a region of its own, in pages. */
export interface TouchedMapping {
  readonly first: number
  readonly length: number
  readonly touched: Pick<Touched, 'set'>
}

/** What processes that all have these mappings need on base pages. */
export function basePagesOf(
  layout: Layout,
  mappings: readonly TouchedMapping[],
  processes: number,
): PlannedStrategy {
  const regions = mappings.map(({ length }, index): [string, RegionParts] => [
    `region ${index}`,
    { size: length * toyPageBytes },
  ])
  const maps = mappings.map(
    ({ first, touched }, index): MappingParts => ({
      region: `region ${index}`,
      at: first * toyPageBytes,
      touched: touched.set,
    }),
  )
  const result = billed({
    host: { layout },
    regions: Object.fromEntries(regions),
    groups: { all: { processes, maps } },
    strategies: ['base-pages'],
  })
  return strategy(result, 'base-pages')
}
