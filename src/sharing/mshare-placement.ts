import type { Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'
import { writeAddress } from '../units/address.ts'
import type { Span } from '../workload/placement.ts'
import { autoAlignment, firstFit, roundUp } from '../workload/placement.ts'
import type { Mapping, Workload } from '../workload/workload.ts'
import { regionIndex } from './ordinary.ts'
import type { Obstacle } from './strategy.ts'

/** Where one mapping lies, and the start of its window where it is linked to shared tables. */
export interface Place {
  readonly first: number
  /** Page index of the window; absent: the mapping has tables of its own. */
  readonly window?: number
}

export interface Placement {
  /** By group, then by mapping. */
  readonly places: readonly (readonly Place[])[]
  readonly obstacles: readonly Obstacle[]
}

/** Pages of the window a process maps: the region rounded up to what one pud table spans. */
export function windowPages(layout: Layout, regionPages: number): number {
  return roundUp(regionPages, windowAlignment(layout))
}

/** 512 GiB: P4D_SIZE in both paging modes, one pgd entry with 4 levels. */
export function windowAlignment(layout: Layout): number {
  return levelOf(layout, 'pud')?.reach ?? 1
}

/** A mapping on its way to a place. */
interface Slot {
  readonly group: number
  readonly mapping: Mapping
  readonly region: number
  /** Length of its window, should it be linked. */
  readonly windowPages: number
  wanted: boolean
  first?: number
}

/**
 * Gives every mapping an address: those given stay where they are, windows without one get the
 * same aligned place in all groups, and the rest follow one another in file order.
 * @param wanted whether a group's mapping may be linked, by group and mapping.
 */
export function placeWindows(
  workload: Workload,
  wanted: readonly (readonly boolean[])[],
): Placement {
  const attempt = tryToPlace(workload, wanted)
  if ('places' in attempt) return attempt
  // Windows have left no room for another mapping: the last of them has to give way.
  const { crowding } = attempt
  const fewer = workload.groups.map(({ maps }, group) =>
    maps.map(({ region }, map) => wanted[group]?.[map] === true && region !== crowding),
  )
  const { places, obstacles } = placeWindows(workload, fewer)
  return { places, obstacles: [{ kind: 'address-space', region: crowding }, ...obstacles] }
}

function tryToPlace(
  workload: Workload,
  wanted: readonly (readonly boolean[])[],
): Placement | { readonly crowding: string } {
  const { layout } = workload.host
  const slots = workload.groups.flatMap(({ maps }, group) =>
    maps.map((mapping, m): Slot => {
      const region = regionIndex(workload, mapping.region)
      const pages = windowPages(layout, workload.regions[region]?.pages ?? 0)
      return { group, mapping, region, windowPages: pages, wanted: wanted[group]?.[m] ?? false }
    }),
  )
  const given = slots.flatMap((slot) => placeGiven(workload, slot, slots))
  const chosen = placeChosen(workload, slots)
  if (typeof chosen === 'string') return { crowding: chosen }
  return {
    places: workload.groups.map((_, group) =>
      slots.filter((slot) => slot.group === group).map(placeOf),
    ),
    obstacles: [...given, ...chosen],
  }
}

function placeOf({ first = 0, wanted, mapping }: Slot): Place {
  return wanted ? { first: first + mapping.offset, window: first } : { first }
}

function pagesOf({ wanted, windowPages: pages, mapping }: Slot): number {
  return wanted ? pages : mapping.length
}

/** A window at a given address: it must be aligned, and all of it must be free. */
function placeGiven(workload: Workload, slot: Slot, slots: readonly Slot[]): readonly Obstacle[] {
  const { layout } = workload.host
  const { at, region } = slot.mapping
  if (at === undefined) return []
  slot.first = at
  const kind = slot.wanted ? faultOf(layout, slot, at, slots) : undefined
  if (kind === undefined) return []
  slot.wanted = false
  const group = workload.groups[slot.group]?.name ?? ''
  const need = writeAddress(windowAlignment(layout), layout.pageBytes)
  return [{ kind, region, group, need, found: writeAddress(at, layout.pageBytes) }]
}

function faultOf(
  layout: Layout,
  slot: Slot,
  at: number,
  slots: readonly Slot[],
): 'alignment' | 'overlap' | 'address-space' | undefined {
  if (at % windowAlignment(layout) !== 0) return 'alignment'
  if (at + slot.windowPages > layout.userPages) return 'address-space'
  const covers = slots.some((other) => {
    const start = other.mapping.at
    if (other === slot || other.group !== slot.group || start === undefined) return false
    // What is not placed yet may still turn out to be no window: its own pages are certain.
    const pages = other.first === undefined ? other.mapping.length : pagesOf(other)
    return start < at + slot.windowPages && at < start + pages
  })
  return covers ? 'overlap' : undefined
}

/** The obstacles met, or the region whose window has left no room for a mapping. */
function placeChosen(workload: Workload, slots: readonly Slot[]): readonly Obstacle[] | string {
  const { layout } = workload.host
  const next = workload.groups.map((): number => layout.autoBase)
  const obstacles: Obstacle[] = []
  for (const slot of slots) {
    if (slot.first === undefined && slot.wanted) {
      obstacles.push(...placeRegion(workload, slot, slots, next))
    }
    if (slot.first === undefined) {
      const taken = takenIn(slots, [slot.group])
      const fit = fitUpwards(layout, taken, pagesOf(slot), autoAlignment(layout), next[slot.group])
      if (fit === undefined) return lastWindow(slots)
      slot.first = fit
      next[slot.group] = fit + slot.mapping.length
    }
  }
  return obstacles
}

function lastWindow(slots: readonly Slot[]): string {
  const last = slots.findLast(({ wanted, first, mapping }) => {
    return wanted && first !== undefined && mapping.at === undefined
  })
  if (last === undefined) throw new RangeError('no place for a mapping, though no window is there')
  return last.mapping.region
}

/** One window for all groups that leave the address of the region to us. */
function placeRegion(
  workload: Workload,
  { region, windowPages: pages }: Slot,
  slots: readonly Slot[],
  next: number[],
): readonly Obstacle[] {
  const { layout } = workload.host
  const waiting = slots.filter(
    (slot) => slot.region === region && slot.wanted && slot.first === undefined,
  )
  const groups = [...new Set(waiting.map(({ group }) => group))]
  const from = Math.max(...groups.map((group) => next[group] ?? 0))
  const first = fitUpwards(layout, takenIn(slots, groups), pages, windowAlignment(layout), from)
  for (const slot of waiting) {
    if (first === undefined) slot.wanted = false
    else slot.first = first
  }
  if (first !== undefined) {
    for (const group of groups) next[group] = first + pages
    return []
  }
  return groups.map((group) => ({
    kind: 'address-space',
    region: workload.regions[region]?.name ?? '',
    group: workload.groups[group]?.name ?? '',
  }))
}

function takenIn(slots: readonly Slot[], groups: readonly number[]): readonly Span[] {
  return slots.flatMap((slot) =>
    slot.first === undefined || !groups.includes(slot.group)
      ? []
      : [{ from: slot.first, to: slot.first + pagesOf(slot) }],
  )
}

/** Upwards from where the mappings have come to; if that is full, from the lowest place up. */
function fitUpwards(
  layout: Layout,
  taken: readonly Span[],
  pages: number,
  alignment: number,
  from: number = layout.autoBase,
): number | undefined {
  return (
    firstFit(taken, pages, alignment, from, layout.userPages) ??
    firstFit(taken, pages, alignment, alignment, layout.userPages)
  )
}
