import type { HugePage } from '../../geometry/layout.ts'
import { hugetlbStrategy } from '../../sharing/catalogue.ts'
import { isShort, poolNeeds } from '../../sharing/pools/needs.ts'
import type { Pages } from '../../units/quantity.ts'
import { bytes, pages } from '../../units/quantity.ts'
import { isMapped } from '../../workload/mappers.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import { withRegionsOf } from '../limits/resized-region.ts'
import { programRules } from '../programs/catalogue.ts'
import { paddedPages } from '../programs/object-pages.ts'
import { withExactPools } from './pools.ts'
import type { KnownSizes } from './sizes.ts'

/** A workload with more of its memory on huge pages. */
export interface OnHugePages {
  readonly workload: Workload
  readonly huge: HugePage
  /** Names of the regions that were not on these pages, or not all of them. */
  readonly newRegions: ReadonlySet<string>
}

/**
 * Every region whose program can have it on huge pages of a size, and that is on base pages, whole or
 * in part, put on them, with pools of exactly that many pages. Others stay as they are.
 * @returns `undefined` where there is no such region, or no such page.
 */
export function onHugePages(
  workload: Workload,
  huge: HugePage,
  sizes: KnownSizes,
): OnHugePages | undefined {
  const { hugepageSizes } = workload.host
  if (hugepageSizes !== undefined && !hugepageSizes.includes(huge.bytes)) return undefined
  const short = new Set(
    poolNeeds(workload)
      .filter((need) => isShort(need) && need.region.pageBytes === huge.bytes)
      .map(({ region }) => region.name),
  )
  const wanted = workload.regions.filter((region) => canConvert(workload, region, sizes))
  const hindered = wanted.length === 0 ? new Set() : hinderedBy(workload, wanted, huge, sizes)
  const allowed = wanted.filter(({ name }) => !hindered.has(name))
  if (allowed.length + short.size === 0) return undefined
  const converted = convert(workload, allowed, huge, sizes)
  if (converted === undefined) return undefined
  const whole = withOverheads(converted, huge, sizes)
  const wanting = whole.regions.map((region, index) =>
    short.has(region.name)
      ? withFallback(region, workload.regions[index] ?? region, sizes)
      : region,
  )
  const newRegions = new Set([...allowed.map(({ name }) => name), ...short])
  return { workload: withExactPools({ ...whole, regions: wanting }), huge, newRegions }
}

/** Regions that a pool of these pages cannot hold, with what their programs ask for beyond the size. */
export function withOverheads(workload: Workload, huge: HugePage, sizes: KnownSizes): Workload {
  const growing = workload.regions.filter(
    (region) => region.pageBytes === huge.bytes && sizes.overheadOf(region) > 0,
  )
  if (growing.length === 0) return workload
  const all = withRegionsOf(workload, sizesOn(workload, growing, huge, sizes))
  if (all !== undefined) return all
  return growing.reduce(
    (done, region) => withRegionsOf(done, sizesOn(workload, [region], huge, sizes)) ?? done,
    workload,
  )
}

/** The lines of the program say what happens where the pool is too small. */
function withFallback(region: Region, before: Region, sizes: KnownSizes): Region {
  const memory = programRules[region.program].onHugePages(region, sizes.isExact(before))
  return memory === undefined ? region : { ...region, fallback: memory.fallback }
}

function canConvert(workload: Workload, region: Region, sizes: KnownSizes): boolean {
  if (region.pageBytes > workload.host.layout.pageBytes) return false
  const { onHugePages: memory } = programRules[region.program]
  return isMapped(workload, region.name) && memory(region, sizes.isExact(region)) !== undefined
}

/** Addresses, offsets and lengths are those of the strategy, which knows the obstacles. */
function hinderedBy(
  workload: Workload,
  wanted: readonly Region[],
  huge: HugePage,
  sizes: KnownSizes,
): ReadonlySet<unknown> {
  const all = new Set(wanted.map(({ name }) => name))
  const grown = withRegionsOf(workload, sizesOn(workload, wanted, huge, sizes))
  if (grown === undefined) return all
  return new Set(
    hugetlbStrategy(huge)
      .arrange(grown)
      .obstacles.map(({ region }) => region),
  )
}

/** By name, in base pages: whole huge pages, each object beginning on one. */
function sizesOn(
  { host: { layout } }: Workload,
  regions: readonly Region[],
  huge: HugePage,
  { overheadOf, isExact }: KnownSizes,
): ReadonlyMap<string, Pages> {
  return new Map(
    regions.map((region) => {
      const size = bytes(region.size + overheadOf(region), `size of ${region.name}`)
      const memory = programRules[region.program].onHugePages(region, isExact(region))
      const objects = memory?.objects ?? region.objects
      const padded = paddedPages({ ...region, size, objects }, huge.bytes) * huge.bytes
      return [region.name, pages(padded / layout.pageBytes)]
    }),
  )
}

function convert(
  workload: Workload,
  allowed: readonly Region[],
  huge: HugePage,
  sizes: KnownSizes,
): Workload | undefined {
  const grown = withRegionsOf(workload, sizesOn(workload, allowed, huge, sizes))
  const memories = new Map(
    allowed.map((region) => [
      region.name,
      programRules[region.program].onHugePages(region, sizes.isExact(region)),
    ]),
  )
  if (grown === undefined || [...memories.values()].includes(undefined)) return undefined
  const groups = grown.groups.map((group) => ({
    ...group,
    maps: group.maps.map((mapping) => {
      const { at: _at, movable, ...rest } = mapping
      return memories.has(mapping.region) && movable ? rest : mapping
    }),
  }))
  const regions = grown.regions.map((one) => {
    const memory = memories.get(one.name)
    if (memory === undefined) return one
    const { resident: _resident, ...rest } = one
    return { ...rest, ...memory, pageBytes: huge.bytes, thp: false }
  })
  return { ...grown, groups, regions }
}
