import fc from 'fast-check'
import type {
  HostText,
  MappingText,
  ScenarioText,
} from '../../../../src/scenario/schema/scenario-text.ts'
import { writeAddress } from '../../../../src/units/address.ts'
import { bytes, pages } from '../../../../src/units/quantity.ts'
import type { Backing } from '../../../../src/workload/region.ts'

/** A hugetlb region mapped several times, so that the kernel may link page tables. */
export interface LinkCase {
  readonly scenario: ScenarioText
  /** The GiB windows of each mapping that hold something of it. */
  readonly windows: readonly Window[]
  readonly [fc.toStringMethod]: () => string
}

/** One GiB of address space, as far as a mapping covers it: one pmd table, linked or not. */
export interface Window {
  readonly process: number
  readonly mapping: number
  /** Bytes of the region before its first page. */
  readonly offset: number
  /** Addresses, one for each mapping of the case: this mapping has touched its own. */
  readonly places: readonly number[]
}

/** In huge pages. */
interface Draw {
  readonly process: number
  readonly phase: number
  readonly gib: number
  readonly offset: number
  readonly cut: number
  readonly access: 'rw' | 'ro'
  readonly copies: boolean
}

const pageBytes = 4096
const unit = 2 ** 21
const pagesPerUnit = 512
const perGib = 512
const mostMappings = 4
const mostSize = 4 * perGib
/** Huge pages that no case uses up: every mapping touches one in each of its windows. */
export const linkPool: number = mostMappings * (mostSize / perGib + 1)
const base = (2 ** 46 + 2 ** 39) / unit

const anyDraw: fc.Arbitrary<Draw> = fc.record({
  process: fc.nat(2),
  phase: fc.constantFrom(0, 0, 0, 256, 1),
  gib: fc.nat(3),
  offset: fc.constantFrom(0, 0, 0, 1, 256, 512, 513),
  cut: fc.constantFrom(0, 0, 1, 300),
  access: fc.constantFrom('rw' as const, 'rw' as const, 'ro' as const),
  copies: fc.nat(7).map((number) => number === 7),
})

const named: readonly Backing[] = ['memfd', 'hugetlbfs', 'anonymous-shared', 'sysv-shm']

/** Mappings at the same or another phase, of all or a part, for writing or reading, shared or not. */
export function anyLinkCase(host: HostText): fc.Arbitrary<LinkCase> {
  return fc
    .record({
      backing: fc.constantFrom(...named),
      size: fc.constantFrom(512, 1024, 1536, 1537, mostSize),
      draws: fc.array(anyDraw, { minLength: 2, maxLength: mostMappings }),
    })
    .map(({ backing, size, draws }) => caseOf(host, backing, size, draws))
}

function caseOf(host: HostText, backing: Backing, size: number, draws: readonly Draw[]): LinkCase {
  const ordered = draws.toSorted((a, b) => a.process - b.process)
  const processes = [...new Set(ordered.map(({ process }) => process))]
  const placed = ordered.map((draw, mapping) => {
    const own = { ...draw, process: processes.indexOf(draw.process) }
    return placedOf(own, mapping, size, backing)
  })
  const groups = processes.map((_, process) => {
    const maps = placed.filter((one) => one.process === process).map(({ map }) => map)
    return [`process ${process}`, { processes: 1, baseTables: '0 B', kernelMemory: '0 B', maps }]
  })
  return {
    scenario: {
      version: 1,
      host,
      regions: { shared: { size: `${size * unit} B`, backing, pageSize: '2 MiB' } },
      groups: Object.fromEntries(groups),
      strategies: ['as-described'],
    },
    windows: placed.flatMap(({ windows }) => windows),
    [fc.toStringMethod]: () => 'the scenario below',
  }
}

interface Placed {
  readonly process: number
  readonly map: MappingText
  readonly windows: readonly Window[]
}

/** Each mapping of a process in a span of its own, and its phase that of the region's first page. */
function placedOf(draw: Draw, mapping: number, size: number, backing: Backing): Placed {
  const { process, phase, gib, access } = draw
  const isSegment = backing === 'sysv-shm'
  const offset = isSegment ? 0 : Math.min(draw.offset, size - 1)
  const length = isSegment ? size : Math.max(1, size - offset - draw.cut)
  const at = base + (16 * mapping + gib) * perGib + phase + offset
  const windows = windowsOf(at, length).map(
    ({ from, to }): Window => ({
      process,
      mapping,
      offset: (from - at + offset) * unit,
      places: placesIn(from, to).map((place) => place * unit),
    }),
  )
  const touched = windows.map(({ places }) => ((places[mapping] ?? 0) - at * unit) / pageBytes)
  const copies = draw.copies && (backing === 'memfd' || backing === 'hugetlbfs')
  const map: MappingText = {
    region: 'shared',
    at: writeAddress(pages(at * pagesPerUnit), bytes(pageBytes)),
    offset: `${offset * unit} B`,
    length: `${length * unit} B`,
    access,
    private: copies,
    touched: { pages: touched.join() },
  }
  return { process, map, windows }
}

function windowsOf(at: number, length: number): readonly { from: number; to: number }[] {
  const end = at + length
  const first = Math.floor(at / perGib)
  const count = Math.ceil(end / perGib) - first
  return Array.from({ length: count }, (_, i) => ({
    from: Math.max(at, (first + i) * perGib),
    to: Math.min(end, (first + i + 1) * perGib),
  }))
}

/** One huge page for each mapping, spread over a window. */
function placesIn(from: number, to: number): readonly number[] {
  return Array.from(
    { length: mostMappings },
    (_, i) => from + Math.floor((i * (to - from - 1)) / (mostMappings - 1)),
  )
}
