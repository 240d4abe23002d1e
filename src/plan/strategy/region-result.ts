import type { Arrangement } from '../../accounting/arrangement.ts'
import { ownLeaves, sharedLeaves } from '../../accounting/filled-leaves.ts'
import { entriesPerLeaf } from '../../accounting/paging.ts'
import type { Tally } from '../../accounting/tally.ts'
import type { Layout } from '../../geometry/layout.ts'
import { octal } from '../../sharing/mshare-terms.ts'
import type { Arranged } from '../../sharing/strategy.ts'
import { writeAddress } from '../../units/address.ts'
import { within53Bits } from '../../units/quantity.ts'
import type { RegionResult } from '../result/table-result.ts'
import { hasChance, levelTotal } from './page-tables.ts'

/** Page tables billed to a region, all processes and what exists once together. */
export function regionOf(
  { workload, arrangement, windows }: Arranged,
  tally: Tally,
  index: number,
): RegionResult {
  const region = workload.regions[index]
  if (region === undefined) throw new RangeError(`no region ${index}`)
  const { layout } = workload.host
  const levels = tally.regions[index] ?? []
  const bytes = levels.reduce((sum, level) => sum + level.bytes, 0)
  const chance = hasChance(arrangement.spaces, index)
  const window = windows.find((candidate) => candidate.region === index)
  return {
    name: region.name,
    ...(region.copies === undefined ? {} : { copies: region.copies }),
    bytes: Math.round(within53Bits(bytes, `page tables of region ${region.name}`)),
    leafEntryBytes: Math.round(leafEntryBytes(layout, arrangement, index, region.name)),
    levels: Object.fromEntries(
      levels.map((level) => [level.name, levelTotal(level.tables, level.bytes, chance)]),
    ),
    ...(window === undefined
      ? {}
      : {
          mshare: {
            name: region.name,
            start: writeAddress(window.first, layout.pageBytes),
            size: within53Bits(window.pages * layout.pageBytes, `window of region ${region.name}`),
            mode: octal(window.mode),
            owner: window.owner,
          },
        }),
  }
}

function leafEntryBytes(
  layout: Layout,
  arrangement: Arrangement,
  region: number,
  name: string,
): number {
  const quantity = `leaf entries of region ${name}`
  const entryBytes = layout.levels[0]?.entryBytes ?? 0
  let entries = 0
  for (const { processes, draws, mappings } of arrangement.spaces) {
    for (const mapping of mappings.filter((candidate) => candidate.region === region)) {
      const each = entriesPerLeaf(layout, mapping.paging)
      const own = each * ownLeaves(layout, mapping, draws, quantity)
      entries = within53Bits(entries + processes * own, quantity)
    }
  }
  for (const shared of arrangement.shared.filter((tables) => tables.region === region)) {
    const each = entriesPerLeaf(layout, shared.paging)
    const copies = shared.copies ?? 1
    entries += copies * each * sharedLeaves(layout, shared, arrangement.spaces, quantity)
  }
  return within53Bits(entries * entryBytes, quantity)
}
