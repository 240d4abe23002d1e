import type { Layout } from '../../geometry/layout.ts'
import { levelOf } from '../../geometry/layout.ts'
import type { ScenarioText, TouchedText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { AloneGroup } from './alone-groups.ts'
import type { AloneRegion } from './alone-regions.ts'
import { spanBytes } from './alone-regions.ts'
import type { Explain, Explained } from './base-tables.ts'

/** A group with what is known of its private memory, in KiB of one process. */
export interface GroupToInfer extends AloneGroup {
  readonly privateKib: number
  readonly leastPrivateKib: number
}

/** What PageTables says about the touched pages. All in bytes. */
export interface InferredTouch {
  /** By group and region. */
  readonly touchedOf: (group: AloneGroup, region: AloneRegion) => TouchedText
  /** Page tables of the regions, as PageTables counts them. */
  readonly regionBytes: number
  /** The same if every page that exists were touched. */
  readonly wholeBytes: number
  /** Bounds of it, by what the processes need for themselves at most and at least. */
  readonly leastBytes: number
  readonly mostBytes: number
  /** By what base tables are multiplied so that the sum is PageTables; 1: as usual. */
  readonly baseFactor: number
}

/**
 * Divides the page tables that a machine has among the processes: what they need for themselves comes
 * first, the rest is of the regions. RSS says how many pages of them a process has; PageTables says how
 * far apart these lie, which is taken to be the same in all processes.
 */
export function inferredTouch(
  scenario: ScenarioText,
  { groups, isWhole }: KnownProcesses,
  pageTablesKib: number | undefined,
  { layout, explain }: Inference,
): InferredTouch | undefined {
  const pageTables = pageTablesKib === undefined ? undefined : pageTablesKib * 1024
  const at = (degree: number): TouchOf => touchAt(degree, layout)
  const planOf = (degree: number): Explained | undefined => {
    const explained = explain(withTouch(scenario, groups, at(degree)))
    return explained.ok ? explained : undefined
  }
  const [none, least, whole] = [planOf(-1), planOf(0), planOf(2)]
  if (none === undefined || least === undefined || whole === undefined) return undefined
  const wholeBytes = whole.pageTablesBytes - none.pageTablesBytes
  const found =
    pageTables === undefined ? 2 : degreeFor(pageTables, { least, whole, planOf, groups, layout })
  const planned = found === 2 ? whole : (planOf(found) ?? whole)
  const baseFactor = baseFactorOf(
    pageTables,
    planned.pageTablesBytes,
    none.pageTablesBytes,
    isWhole,
  )
  const bounds = boundsOf(pageTables ?? 0, groups, wholeBytes, layout)
  return {
    touchedOf: at(found),
    regionBytes: planned.pageTablesBytes - none.pageTablesBytes,
    wholeBytes,
    leastBytes: isWhole ? bounds.least : 0,
    mostBytes: bounds.most,
    baseFactor,
  }
}

interface Inference {
  readonly layout: Layout
  readonly explain: Explain
}

interface KnownProcesses {
  readonly groups: readonly GroupToInfer[]
  /** All processes of the machine are listed. */
  readonly isWhole: boolean
}

type TouchOf = InferredTouch['touchedOf']

/** -1: nothing; 0: as little as RSS allows; 1: each page lies alone; 2: every page that exists. */
function touchAt(degree: number, layout: Layout): TouchOf {
  return (group, region) => {
    if (degree < 0) return 'none'
    if (region.page !== undefined || degree >= 2) return wholeOf(region)
    return spansText(spansAt(degree, group, region, layout), region, layout)
  }
}

function wholeOf({ there, bytes: length }: AloneRegion): TouchedText {
  return there >= length ? 'all' : { first: writeSize(bytes(there)) }
}

/**
 * Processes touch clusters of pages. R bytes of a region with n spans, in clusters of which m fit in a span,
 * touch n · (1 − (1 − R / size)^m) of them: from R / size of all for m = 1, the pages side by side, to nearly
 * all where each page lies alone. Pages that were reclaimed leave their tables: beyond that all is possible.
 */
function spansAt(degree: number, group: AloneGroup, region: AloneRegion, layout: Layout): number {
  const span = spanBytes(layout)
  const full = Math.ceil(region.there / span)
  const resident = residentOf(group, region)
  // Without RSS nothing is known of the pages.
  if (resident === 0) return (full * degree) / 2
  const missing = 1 - resident / region.there
  const clusters = (span / layout.pageBytes) ** Math.min(1, degree)
  const touched = full * (1 - missing ** clusters)
  return degree <= 1 ? touched : touched + (degree - 1) * (full - touched)
}

/** Bytes of a region that RSS can consist of, shared out by what exists of each. */
function residentOf(
  group: AloneGroup & { readonly privateKib?: number },
  region: AloneRegion,
): number {
  const { rss, privateKib = 0, regions } = group
  if (rss === undefined) return 0
  const small = regions.filter(({ page }) => page === undefined)
  const all = small.reduce((sum, one) => sum + one.there, 0)
  const left = Math.max(0, rss - privateKib) * 1024
  return all === 0 ? 0 : Math.min(region.there, left * (region.there / all))
}

/** So many spans at random, each touched whole: which ones differs from process to process. */
function spansText(spans: number, region: AloneRegion, layout: Layout): TouchedText {
  const span = spanBytes(layout)
  const [count, full] = [Math.round(spans), Math.ceil(region.there / span)]
  if (count <= 0) return 'none'
  if (count >= full) return wholeOf(region)
  return { random: writeSize(bytes(count * span)), in: writeSize(bytes(span)) }
}

function withTouch(
  scenario: ScenarioText,
  groups: readonly AloneGroup[],
  touchedOf: TouchOf,
): ScenarioText {
  const texts = groups.map((group) => {
    const { [group.name]: text } = scenario.groups
    const maps = group.regions.map((region) => ({
      region: region.name,
      touched: touchedOf(group, region),
    }))
    return [
      group.name,
      { ...text, processes: group.processes, ...(maps.length === 0 ? {} : { maps }) },
    ] as const
  })
  return { ...scenario, groups: Object.fromEntries(texts) }
}

interface Search {
  readonly least: Explained
  readonly whole: Explained
  readonly planOf: (degree: number) => Explained | undefined
  readonly groups: readonly AloneGroup[]
  readonly layout: Layout
}

/** The degree at which the plan has what PageTables counts; 0 or 2 where it never has. */
function degreeFor(wanted: number, { least, whole, planOf, groups, layout }: Search): number {
  if (wanted >= whole.pageTablesBytes) return 2
  if (wanted <= least.pageTablesBytes) return 0
  const mapped = groups.reduce((sum, { processes, regions }) => sum + processes * regions.length, 0)
  const near = (mapped * (levelOf(layout, 'pte')?.tableBytes ?? 4096)) / 2
  let [low, high] = [0, 2]
  for (let tries = 0; tries < mostTries; tries += 1) {
    const middle = (low + high) / 2
    const planned = planOf(middle)?.pageTablesBytes ?? wanted
    if (Math.abs(planned - wanted) <= near) return middle
    if (planned < wanted) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Halves the range: 2^-24 of a terabyte is less than a table. */
const mostTries = 24

/** What tables of the regions PageTables leaves, at least and at most. */
function boundsOf(
  pageTables: number,
  groups: readonly GroupToInfer[],
  wholeBytes: number,
  layout: Layout,
): { readonly least: number; readonly most: number } {
  const sum = (of: (group: GroupToInfer) => number): number =>
    groups.reduce((total, group) => total + group.processes * of(group), 0)
  const most = pageTables - sum((group) => leastOwn(group, layout))
  const least = pageTables - sum((group) => mostOwn(group, layout))
  const within = (amount: number): number => Math.min(wholeBytes, Math.max(0, amount))
  return { least: within(least), most: within(most) }
}

/** Text, libraries and stack of the smallest program, in the counter of every kernel: three pte tables. */
function leastOwn({ privateKib, leastPrivateKib }: GroupToInfer, layout: Layout): number {
  const table = levelOf(layout, 'pte')?.tableBytes ?? layout.pageBytes
  return (
    table *
    Math.max(3, Math.floor((Math.min(privateKib, leastPrivateKib) * 1024) / spanBytes(layout)))
  )
}

/**
 * A table for each span of the address space that is not of the regions, and some for its parts: VSZ has
 * all mappings. Without VSZ three times what is usual.
 */
function mostOwn({ size, regions, privateKib }: GroupToInfer, layout: Layout): number {
  const table = levelOf(layout, 'pte')?.tableBytes ?? layout.pageBytes
  const span = spanBytes(layout)
  // The size of a region may be an upper bound itself; what exists of it is none of the program's.
  const mapped = regions.reduce((sum, { there }) => sum + there, 0)
  const dense = (privateKib * 1024) / span + usualTables
  const own = size === undefined ? 0 : Math.max(0, size * 1024 - mapped) / span
  const spans = size === undefined ? dense + 2 * usualTables : Math.max(dense, own)
  return table * Math.ceil(spans + spans / 512 + partsOfSpace)
}

/** 160 KiB: the base tables that scenarios assume. */
const usualTables = 40
/** Program, heap, libraries and stack begin and end within spans, at every level. */
const partsOfSpace = 24

/** Base tables are more or less than usual where all else is known. */
function baseFactorOf(
  pageTables: number | undefined,
  planned: number,
  base: number,
  isWhole: boolean,
): number {
  if (pageTables === undefined || base <= 0) return 1
  const rest = pageTables - (planned - base)
  if (planned > pageTables) return Math.max(0.1, rest / base)
  return isWhole ? Math.min(mostTimes, rest / base) : 1
}

/** Beyond that the tables are of something that is not known. */
const mostTimes = 3
