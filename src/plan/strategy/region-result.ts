import type { Arrangement, Member } from '../../accounting/arrangement.ts'
import { membersByRegion } from '../../accounting/arrangement.ts'
import { ownLeaves, sharedLeaves } from '../../accounting/filled-leaves.ts'
import { entriesPerLeaf } from '../../accounting/paging.ts'
import type { RegionLevel, TallyByRegion } from '../../accounting/tally.ts'
import type { Layout } from '../../geometry/layout.ts'
import { octal } from '../../sharing/mshare-terms.ts'
import type { Arranged, MshareWindow } from '../../sharing/strategy.ts'
import { isDrawn } from '../../space/random-draw.ts'
import { writeAddress } from '../../units/address.ts'
import { groupedBy } from '../../units/grouped.ts'
import { within53Bits } from '../../units/quantity.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { RegionResult } from '../result/table-result.ts'
import { levelTotal } from './page-tables.ts'

/** Page tables billed to each region, all processes and what exists once together. */
export function regionsOf(
  { workload, arrangement, windows }: Arranged,
  tally: TallyByRegion,
): readonly RegionResult[] {
  const members = membersByRegion(arrangement.spaces)
  const shared = groupedBy(arrangement.shared, ({ region }) => region)
  const windowOf = new Map(windows.map((window) => [window.region, window]))
  return workload.regions.map((region, index) =>
    regionOf(workload, {
      region,
      levels: tally.regions[index] ?? [],
      window: windowOf.get(index),
      members: members.get(index) ?? [],
      shared: shared.get(index) ?? [],
      spaces: arrangement.spaces,
    }),
  )
}

/** A region, who maps it, and what it is billed. */
interface Billed extends Arrangement {
  readonly region: Region
  readonly levels: readonly RegionLevel[]
  readonly window: MshareWindow | undefined
  readonly members: readonly Member[]
}

function regionOf({ host: { layout } }: Workload, billed: Billed): RegionResult {
  const { region, levels, window, members } = billed
  const bytes = levels.reduce((sum, level) => sum + level.bytes, 0)
  const chance = members.some(({ mapping }) => isDrawn(mapping.touched))
  return {
    name: region.name,
    ...(region.copies === undefined ? {} : { copies: region.copies }),
    bytes: Math.round(within53Bits(bytes, `page tables of region ${region.name}`)),
    leafEntryBytes: Math.round(leafEntryBytes(layout, billed)),
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
  { region: { name }, members, shared, spaces }: Billed,
): number {
  const quantity = `leaf entries of region ${name}`
  const entryBytes = layout.levels[0]?.entryBytes ?? 0
  let entries = 0
  for (const { space, mapping } of members) {
    const { processes = 0, draws = 1 } = spaces[space] ?? {}
    const each = entriesPerLeaf(layout, mapping.paging)
    const own = each * ownLeaves(layout, mapping, draws, quantity)
    entries = within53Bits(entries + processes * own, quantity)
  }
  for (const tables of shared) {
    const each = entriesPerLeaf(layout, tables.paging)
    const copies = tables.copies ?? 1
    entries += copies * each * sharedLeaves(layout, tables, spaces, quantity)
  }
  return within53Bits(entries * entryBytes, quantity)
}
