import fc from 'fast-check'
import type {
  GroupText,
  HostText,
  MappingText,
  RegionText,
  ScenarioText,
} from '../../../../src/scenario/schema/scenario-text.ts'
import { writeAddress } from '../../../../src/units/address.ts'
import { bytes, pages } from '../../../../src/units/quantity.ts'
import type { Backing } from '../../../../src/workload/region.ts'
import { nth } from '../../../build.ts'
import type { SpotDraw, Stretch } from './draw-place.ts'
import { anySpot, placeAt } from './draw-place.ts'
import type { TouchDraw, TouchRoom } from './draw-touched.ts'
import { anyTouch, asDrawn, touchedText } from './draw-touched.ts'

/** What may be drawn: the memory there is, and how much of it. */
export interface Menu {
  readonly kinds: readonly Kind[]
  readonly mostRegions: number
  readonly mostGroups: number
  readonly mostProcesses: number
  readonly mostMaps: number
}

/** One kind of memory. */
export interface Kind {
  readonly backing: Backing
  /** Pages of one huge page, 1 for base pages. */
  readonly hugetlb: number
  readonly thp: boolean
  readonly most: number
  readonly mostInRun: number
}

/** A drawn case, in the words of a scenario. */
export interface Drawn {
  /** Every touched page is known: what the kernel is asked. */
  readonly exact: ScenarioText
  /** With chance left as chance, for the bounds. */
  readonly loose: ScenarioText
  /** What failed is printed as a scenario file: that is enough. */
  readonly [fc.toStringMethod]: () => string
}

export const pageBytes = 4096

interface RegionDraw {
  readonly kind: Kind
  readonly size: number
}

interface MapDraw {
  readonly region: number
  readonly spot: SpotDraw
  readonly whole: boolean
  readonly from: number
  readonly part: number
  readonly inPhase: boolean
  readonly writes: boolean
  readonly copies: boolean
  readonly touch: TouchDraw
}

interface GroupDraw {
  readonly processes: number
  readonly maps: readonly MapDraw[]
}

const around = (steps: number, step: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.integer({ min: 1, max: steps }), fc.integer({ min: -2, max: 2 }))
    .map(([count, beside]) => count * step + beside)

/** In pages: up to 1 TiB, often close to what a table spans. */
const anySize = fc.oneof(
  fc.integer({ min: 1, max: 64 }),
  fc.integer({ min: 1, max: 4096 }),
  around(4, 512),
  around(4, 2 ** 18),
  fc.tuple(around(3, 512), around(3, 2 ** 18)).map(([small, large]) => small + large),
  fc.integer({ min: 1, max: 2 ** 28 }),
)

const fraction = fc.nat(999)

function anyMap(regions: number): fc.Arbitrary<MapDraw> {
  return fc.record({
    region: fc.nat(regions - 1),
    spot: anySpot,
    whole: fc.boolean(),
    from: fraction,
    part: fraction,
    inPhase: fc.integer({ min: 0, max: 3 }).map((number) => number > 0),
    writes: fc.integer({ min: 0, max: 3 }).map((number) => number > 0),
    copies: fc.integer({ min: 0, max: 3 }).map((number) => number === 3),
    touch: anyTouch,
  })
}

/** Any case of a menu: regions, and processes that map them. */
export function anyCase(menu: Menu, host: HostText): fc.Arbitrary<Drawn> {
  const anyRegion = fc.record({ kind: fc.constantFrom(...menu.kinds), size: anySize })
  return fc
    .array(anyRegion, { minLength: 1, maxLength: menu.mostRegions })
    .chain((regions) =>
      fc.record({
        regions: fc.constant(regions),
        groups: fc.array(
          fc.record({
            processes: fc.integer({ min: 1, max: menu.mostProcesses }),
            maps: fc.array(anyMap(regions.length), { minLength: 1, maxLength: menu.mostMaps }),
          }),
          { minLength: 1, maxLength: menu.mostGroups },
        ),
      }),
    )
    .map(({ regions, groups }) => scenarioOf(regions, groups, host))
}

function scenarioOf(
  regions: readonly RegionDraw[],
  groups: readonly GroupDraw[],
  host: HostText,
): Drawn {
  const base = {
    version: 1 as const,
    host,
    regions: Object.fromEntries(regions.map((region, i) => [regionName(i), regionText(region)])),
  }
  const one = { baseTables: '0 B', kernelMemory: '0 B' }
  const exact: [string, GroupText][] = []
  const loose: [string, GroupText][] = []
  groups.forEach(({ processes, maps }, g) => {
    const [alike, chance] = mapsOf(regions, maps, 0)
    loose.push([`group ${g}`, { processes, ...one, maps: chance }])
    if (maps.every(({ touch }) => touch.kind !== 'random')) {
      exact.push([`group ${g}`, { processes, ...one, maps: alike }])
      return
    }
    for (let process = 0; process < processes; process += 1) {
      const [own] = mapsOf(regions, maps, process)
      exact.push([`group ${g} process ${process}`, { processes: 1, ...one, maps: own }])
    }
  })
  const strategies = ['as-described']
  return {
    [fc.toStringMethod]: () => 'the scenario below',
    exact: { ...base, groups: Object.fromEntries(exact), strategies },
    loose: { ...base, groups: Object.fromEntries(loose), strategies },
  }
}

function regionName(index: number): string {
  return `region ${index}`
}

/** The size in whole pages of the region. */
function pagesOf({ kind, size }: RegionDraw): number {
  return Math.ceil(size / kind.hugetlb) * kind.hugetlb
}

/** A region as a scenario says it. */
export function regionText(region: RegionDraw): RegionText {
  const { kind } = region
  return {
    size: `${pagesOf(region) * pageBytes} B`,
    backing: kind.backing,
    ...(kind.hugetlb === 1 ? {} : { pageSize: `${kind.hugetlb * pageBytes} B` }),
    ...(kind.thp ? { thp: true } : {}),
  }
}

/** The mappings of process `nth` of a group: every touched page known, and with chance. */
function mapsOf(
  regions: readonly RegionDraw[],
  draws: readonly MapDraw[],
  process: number,
): readonly [MappingText[], MappingText[]] {
  const taken: Stretch[] = []
  const exact: MappingText[] = []
  const loose: MappingText[] = []
  for (const draw of draws) {
    const region = nth(regions, draw.region)
    const { kind } = region
    const { offset, length } = partOf(draw, region)
    const alignment = alignmentOf(draw, kind, offset)
    const at = placeAt(draw.spot, length, alignment, taken)
    taken.push({ from: at, to: at + length })
    const unit = kind.thp ? 512 : kind.hugetlb
    const room: TouchRoom = { length, pageBytes, unit, most: kind.most, mostInRun: kind.mostInRun }
    const map: MappingText = {
      region: regionName(draw.region),
      at: writeAddress(pages(at), bytes(pageBytes)),
      offset: `${offset * pageBytes} B`,
      length: `${length * pageBytes} B`,
      access: draw.writes ? 'rw' : 'ro',
      ...(draw.copies && copyable.has(kind.backing) ? { private: true } : {}),
    }
    exact.push({ ...map, touched: touchedText(draw.touch, room, process) })
    loose.push({ ...map, touched: asDrawn(draw.touch, room) })
  }
  return [exact, loose]
}

/** What can be mapped with MAP_PRIVATE; a segment cannot, and memory without a name is nobody else's. */
const copyable: ReadonlySet<Backing> = new Set(['memfd', 'posix-shm', 'file', 'hugetlbfs'])
/** What is mapped as a whole: shmat() takes no offset. */
const wholeOnly: ReadonlySet<Backing> = new Set(['sysv-shm', 'anonymous'])

function partOf(
  draw: MapDraw,
  region: RegionDraw,
): { readonly offset: number; readonly length: number } {
  const { kind } = region
  const all = pagesOf(region)
  if (draw.whole || wholeOnly.has(kind.backing)) return { offset: 0, length: all }
  const units = all / kind.hugetlb
  const offset = Math.floor((units * draw.from) / 1000)
  const length = 1 + Math.floor(((units - offset - 1) * draw.part) / 1000)
  return { offset: offset * kind.hugetlb, length: length * kind.hugetlb }
}

/** Transparent huge pages may be in phase with the address, or not. */
function alignmentOf(
  { inPhase }: MapDraw,
  { thp, hugetlb }: Kind,
  offset: number,
): { readonly unit: number; readonly phase: number } {
  if (!thp) return { unit: hugetlb, phase: 0 }
  return inPhase ? { unit: 512, phase: offset % 512 } : { unit: 1, phase: 0 }
}
