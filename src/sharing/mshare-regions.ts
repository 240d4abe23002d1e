import type { AddressSpace, PlacedMapping, SharedTables } from '../accounting/arrangement.ts'
import { earlierIn, membersByRegion } from '../accounting/arrangement.ts'
import type { Paging } from '../accounting/paging.ts'
import { mappersOf } from '../workload/mappers.ts'
import type { MshareRevision, Region } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'
import { linkTables } from './linked-tables.ts'
import type { Place } from './mshare-placement.ts'
import { placeWindows, windowAlignment, windowPages } from './mshare-placement.ts'
import type { ResolvedTerms } from './mshare-terms.ts'
import { memberObstacle, regionObstacle, termsOf } from './mshare-terms.ts'
import {
  asDescribed,
  hasFaultAround,
  pagesAsDescribed,
  pagingOfCopies,
  placeMapping,
  regionIndex,
} from './ordinary.ts'
import type { Backed } from './pools/backing.ts'
import type { Arranged, MshareWindow, RegionObstacle } from './strategy.ts'

/**
 * Arranges a workload with some of its regions shared through mshare, in the workload's revision;
 * the others, and groups that may not use a shared one, stay as described.
 * @param pool what the huge-page pool backs of regions that do not fit into it; absent: they fit.
 * Sources: RFC 0/6 (Khalid Aziz, linux-mm, 18 January 2022); v3 00/22 (Anthony Yznaga, linux-mm,
 * 19 August 2025). In no released kernel.
 */
export function shareRegions(
  workload: Workload,
  isWanted: (region: Region) => boolean,
  { backed, obstacles: shortages }: Shortages = noShortages,
): Arranged {
  const terms = new Map<string, ResolvedTerms>()
  const obstacles: RegionObstacle[] = []
  for (const region of workload.regions.filter(isWanted)) {
    const resolved = termsOf(workload, region)
    const obstacle =
      resolved === undefined
        ? ({ kind: 'not-mapped', region: region.name } as const)
        : (regionObstacle(workload, region) ??
          // Objects of hugetlb are mapped into an mshare region whole or not at all.
          shortages.find((one) => one.region === region.name))
    if (obstacle !== undefined) obstacles.push(obstacle)
    else if (resolved !== undefined) terms.set(region.name, resolved)
  }
  const wanted = workload.groups.map((group) =>
    group.maps.map((mapping) => {
      const region = workload.regions[regionIndex(workload, mapping.region)]
      const resolved = terms.get(mapping.region)
      if (region === undefined || resolved === undefined) return false
      const obstacle = memberObstacle(workload, region, group, mapping, resolved)
      if (obstacle !== undefined) obstacles.push(obstacle)
      return obstacle === undefined
    }),
  )
  const placement = placeWindows(workload, wanted)
  const spaces = spacesWith(workload, placement.places, backed)
  const shared = sharedTables(workload, spaces)
  return {
    workload,
    arrangement: linkTables(workload.host.layout, spaces, shared),
    windows: shared.map((tables, index) =>
      windowOf(workload, tables, index, placement.places, terms),
    ),
    obstacles: [...obstacles, ...placement.obstacles],
    applies: shared.length > 0,
  }
}

/** Regions that their huge-page pool does not hold, and what it backs of them. */
interface Shortages {
  readonly backed: Backed
  readonly obstacles: readonly RegionObstacle[]
}

const noShortages: Shortages = { backed: new Map(), obstacles: [] }

function spacesWith(
  workload: Workload,
  places: readonly (readonly Place[])[],
  backed: Backed,
): readonly AddressSpace[] {
  const paging = pagesAsDescribed(workload.host.layout)
  return workload.groups.map((group, g) => {
    const opened = new Set<number>()
    return {
      ...asDescribed(group),
      mappings: group.maps.flatMap((mapping, map): readonly PlacedMapping[] => {
        const { first, window } = places[g]?.[map] ?? { first: 0 }
        const placing = { mapping, map, first }
        if (window === undefined) return placeMapping(workload, placing, paging, backed)
        // One mmap, and one VMA, for each window of a process.
        const objects = opened.has(window) ? 0 : 1
        opened.add(window)
        const linked = (): Paging => ({ kind: 'window', linked: 'pud' })
        const placed = placeMapping(workload, placing, linked)
        return placed.map((own) => ({ ...own, faultAround: false, objects }))
      }),
    }
  })
}

/** Tables that exist once, for each region that some process is linked to. */
function sharedTables(
  workload: Workload,
  spaces: readonly AddressSpace[],
): readonly SharedTables[] {
  const { layout } = workload.host
  // v3 maps objects from 512 GiB on in the host address space; rfc-2022 at the creator's address.
  // Both are multiples of the same unit, so the tables are the same.
  const first = windowAlignment(layout)
  const mapped = membersByRegion(spaces)
  return workload.regions.flatMap((region, index) => {
    const windows = (mapped.get(index) ?? []).filter(
      ({ mapping }) => mapping.paging.kind === 'window',
    )
    const members = windows.filter(({ space }) => (spaces[space]?.processes ?? 0) > 0)
    const earlier = windows.length === 0 ? undefined : region.earlier
    if (members.length === 0 && earlier === undefined) return []
    const described = pagesAsDescribed(layout)(region, 0, true)
    const copied = members.some(({ mapping }) => mapping.copied)
    const paging = copied ? pagingOfCopies(region, described) : described
    return [
      {
        region: index,
        ...(region.copies === undefined ? {} : { copies: region.copies }),
        kind: 'mshare' as const,
        paging,
        pages: region.pages,
        first,
        members,
        ...(earlier === undefined ? {} : { earlier: earlierIn(region, first) }),
        faultAround: hasFaultAround(region, paging),
        onceCalls: region.objects,
        onceVmas: onceVmas[workload.mshareRevision](region.objects),
      },
    ]
  })
}

/** VMAs in addition to one window for each process; under rfc-2022 the creator keeps its own as well. */
const onceVmas: Readonly<Record<MshareRevision, (objects: number) => number>> = {
  'v3-2025': (objects) => objects,
  'rfc-2022': (objects) => 2 * objects - 1,
}

function windowOf(
  workload: Workload,
  tables: SharedTables,
  shared: number,
  places: readonly (readonly Place[])[],
  terms: ReadonlyMap<string, ResolvedTerms>,
): MshareWindow {
  const region = workload.regions[tables.region]
  const resolved = region === undefined ? undefined : terms.get(region.name)
  if (region === undefined || resolved === undefined) throw new RangeError('no such region')
  const linked = mappersOf(workload, region.name).flatMap(({ group, map }) => {
    const first = places[group]?.[map]?.window
    return first === undefined ? [] : [{ group, first }]
  })
  const ofOwner = linked.find(({ group }) => workload.groups[group]?.name === resolved.owner)
  return {
    region: tables.region,
    shared,
    first: (ofOwner ?? linked[0])?.first ?? 0,
    pages: windowPages(workload.host.layout, region.pages),
    mode: resolved.mode,
    owner: resolved.owner,
    linked,
  }
}
