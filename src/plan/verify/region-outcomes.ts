import { sumBy } from '../../units/sum.ts'
import { mappersOf } from '../../workload/mappers.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { RegionCause, RegionOutcome, RegionPages } from '../result/verify-result.ts'
import type { GroupFound } from './match-groups.ts'

/** Pages of a pool that a machine has, uses and has promised. */
export interface PoolCounts {
  readonly pageBytes: number
  readonly total: number
  readonly free: number
  /** Promised to mappings; part of the free ones. */
  readonly reserved: number
}

/** What is compared region by region. */
export interface Regions {
  readonly forecast: Workload
  /** The forecast on the pages that its strategy gives it. */
  readonly arranged: Workload
  readonly machine: Workload
  readonly pools: readonly PoolCounts[]
  readonly matches: readonly GroupFound[]
}

/** Each region of the forecast that a group found on the machine maps, and the pages that it is on. */
export function regionOutcomes(compared: Regions): readonly RegionOutcome[] {
  const taken = new Set<string>()
  const regions = compared.forecast.regions.flatMap((region) => {
    const groups = groupsFound(region, compared)
    return groups.size === 0 ? [] : [{ region, groups }]
  })
  const named = new Map(
    regions.flatMap(({ region: { name } }) => {
      const same = compared.machine.regions.filter((one) => one.name === name)
      for (const one of same) taken.add(one.name)
      return same.length === 0 ? [] : [[name, same] as const]
    }),
  )
  return regions.map(({ region, groups }) => {
    const same = named.get(region.name)
    if (same !== undefined) return outcomeOf(region, same, 'name', compared)
    const candidates = compared.machine.regions.filter(
      ({ name }) =>
        !taken.has(name) &&
        mappersOf(compared.machine, name).some(({ group }) =>
          groups.has(compared.machine.groups[group]?.name ?? ''),
        ),
    )
    const found = ofSize(region.size, candidates)
    for (const { name } of found) taken.add(name)
    return outcomeOf(region, found, 'size', compared)
  })
}

/** Groups of the machine that are those which map the region. */
function groupsFound({ name }: Region, { forecast, matches }: Regions): ReadonlySet<string> {
  return new Set(
    mappersOf(forecast, name).flatMap(({ group }) => {
      const mapper = forecast.groups[group]?.name
      return matches.find((match) => match.name === mapper)?.found ?? []
    }),
  )
}

/** Huge pages round a size up, and a forecast may have been estimated. */
const tolerance = 0.1

/** The one that is nearest in size, or else all of them where they come to it together. */
function ofSize(size: number, candidates: readonly Region[]): readonly Region[] {
  const off = (bytes: number): number => Math.abs(bytes - size)
  const [nearest] = candidates.toSorted((left, right) => off(left.size) - off(right.size))
  if (nearest === undefined) return []
  if (off(nearest.size) <= tolerance * size) return [nearest]
  return off(sumBy(candidates, (one) => one.size)) <= tolerance * size ? candidates : []
}

function outcomeOf(
  region: Region,
  found: readonly Region[],
  by: 'name' | 'size',
  compared: Regions,
): RegionOutcome {
  const planned = plannedPages(region, compared.arranged)
  const base = compared.machine.host.layout.pageBytes
  // Private memory on base pages is in no region of a capture.
  const unseen = region.backing === 'anonymous' ? [{ pageBytes: base, thp: false }] : []
  const shown = found.length > 0 ? found : unseen
  const holds = shown.length > 0 && shown.every((one) => planned.some((pages) => isOn(one, pages)))
  return {
    name: region.name,
    sizeBytes: region.size,
    planned,
    found: found.map((one) => ({ name: one.name, sizeBytes: one.size, ...pagesOf(one) })),
    ...(found.length === 0 ? {} : { by }),
    holds,
    ...(holds ? {} : { cause: causeOf(region, planned, found, compared) }),
  }
}

function plannedPages({ name }: Region, arranged: Workload): readonly RegionPages[] {
  const all = arranged.regions.filter((one) => one.name === name).map(pagesOf)
  return all.filter((pages, index) => all.findIndex((one) => isOn(one, pages)) === index)
}

function pagesOf({ pageBytes, thp }: RegionPages): RegionPages {
  return { pageBytes, thp }
}

function isOn(one: RegionPages, pages: RegionPages): boolean {
  return one.pageBytes === pages.pageBytes && one.thp === pages.thp
}

function causeOf(
  { backing }: Region,
  planned: readonly RegionPages[],
  found: readonly Region[],
  { machine, pools }: Regions,
): RegionCause {
  if (found.length === 0) return { kind: backing === 'anonymous' ? 'private' : 'not-found' }
  const base = machine.host.layout.pageBytes
  const huge = planned.find(({ pageBytes }) => pageBytes > base)?.pageBytes
  const others = found.filter((one) => !planned.some((pages) => isOn(one, pages)))
  if (huge === undefined || others.some(({ pageBytes }) => pageBytes > base)) {
    return { kind: 'other-pages' }
  }
  const needed = Math.ceil(sumBy(found, ({ size }) => size) / huge)
  const pages = machine.host.hugepages
    .filter(({ pageBytes }) => pageBytes === huge)
    .reduce((sum, { count }) => sum + count, 0)
  if (pages < needed) return { kind: 'pool-too-small', needed, pages }
  const counts = pools.find(({ pageBytes }) => pageBytes === huge)
  if (counts === undefined) return { kind: 'other-pages' }
  const available = Math.max(0, counts.free - counts.reserved)
  return { kind: available < needed ? 'pool-taken' : 'not-asked', needed, available }
}
