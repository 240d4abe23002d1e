import type { Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'
import { writeAddress } from '../units/address.ts'
import type { Mapping } from '../workload/group.ts'
import type { Span } from '../workload/placement.ts'
import { autoAlignment, firstFit, inOrder, roundUp } from '../workload/placement.ts'
import type { Workload } from '../workload/workload.ts'
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
    places: placesOf(workload, slots),
    obstacles: [...given, ...chosen],
  }
}

/** Slots are in the order of groups and their mappings. */
function placesOf({ groups }: Workload, slots: readonly Slot[]): Placement['places'] {
  let next = 0
  return groups.map(({ maps }) => {
    const from = next
    next += maps.length
    return slots.slice(from, next).map(placeOf)
  })
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
    // A mapping without an address may still turn out to be no window: only its own pages are certain.
    const pages = other.first === undefined ? other.mapping.length : pagesOf(other)
    return start < at + slot.windowPages && at < start + pages
  })
  return covers ? 'overlap' : undefined
}

/** The obstacles met, or the region whose window has left no room for a mapping. */
function placeChosen(workload: Workload, slots: readonly Slot[]): readonly Obstacle[] | string {
  const { layout } = workload.host
  const grounds = groundsOf(workload, slots)
  const waiting = waitingByRegion(slots)
  const obstacles: Obstacle[] = []
  for (const slot of slots) {
    if (slot.first === undefined && slot.wanted) {
      obstacles.push(...placeRegion(workload, slot, waiting.get(slot.region) ?? [], grounds))
    }
    const ground = grounds[slot.group]
    if (slot.first === undefined && ground !== undefined) {
      const fit = fitUpwards(layout, [ground], pagesOf(slot), autoAlignment(layout))
      if (fit === undefined) return lastWindow(slots)
      slot.first = fit
      occupy(ground, fit, slot.mapping.length)
    }
  }
  return obstacles
}

/** Slots that want a window of a region whose address is left to us. */
function waitingByRegion(slots: readonly Slot[]): ReadonlyMap<number, readonly Slot[]> {
  const waiting = new Map<number, Slot[]>()
  for (const slot of slots) {
    if (slot.first !== undefined || !slot.wanted) continue
    const others = waiting.get(slot.region)
    if (others === undefined) waiting.set(slot.region, [slot])
    else others.push(slot)
  }
  return waiting
}

/** The address space of a group as it fills up. */
interface Ground {
  /** Sorted: mappings with a given address, and others that lie above `next`. */
  ahead: readonly Span[]
  /** All that is taken, sorted. */
  readonly taken: Span[]
  /** Where the mappings placed one after another have come to. */
  next: number
}

function groundsOf({ groups, host }: Workload, slots: readonly Slot[]): readonly Ground[] {
  const spans = groups.map((): Span[] => [])
  for (const slot of slots) {
    if (slot.first === undefined) continue
    spans[slot.group]?.push({ from: slot.first, to: slot.first + pagesOf(slot) })
  }
  return spans.map((given) => {
    const taken = inOrder(given)
    return { ahead: [...taken], taken, next: host.layout.autoBase }
  })
}

/** Mappings placed below `next` block no other, until the search starts again at the bottom. */
function occupy(ground: Ground, from: number, length: number): void {
  const span = { from, to: from + length }
  // Nearly always behind all others.
  const before = ground.taken.findLastIndex((other) => other.from <= from)
  ground.taken.splice(before + 1, 0, span)
  if (from < ground.next) ground.ahead = [...ground.taken]
  ground.next = span.to
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
  waiting: readonly Slot[],
  grounds: readonly Ground[],
): readonly Obstacle[] {
  const { layout } = workload.host
  const groups = [...new Set(waiting.map(({ group }) => group))]
  const concerned = groups.flatMap((group) => grounds[group] ?? [])
  const first = fitUpwards(layout, concerned, pages, windowAlignment(layout))
  for (const slot of waiting) {
    if (first === undefined) slot.wanted = false
    else slot.first = first
  }
  if (first !== undefined) {
    for (const ground of concerned) occupy(ground, first, pages)
    return []
  }
  return groups.map((group) => ({
    kind: 'address-space',
    region: workload.regions[region]?.name ?? '',
    group: workload.groups[group]?.name ?? '',
  }))
}

/** Upwards from where the mappings have come to; if that is full, from the lowest place up. */
function fitUpwards(
  layout: Layout,
  grounds: readonly Ground[],
  pages: number,
  alignment: number,
): number | undefined {
  const from = Math.max(...grounds.map(({ next }) => next))
  const ahead = united(grounds.map((ground) => ground.ahead))
  const upwards = firstFit(ahead, pages, alignment, from, layout.userPages)
  if (upwards !== undefined) return upwards
  const taken = united(grounds.map((ground) => ground.taken))
  return firstFit(taken, pages, alignment, alignment, layout.userPages)
}

/** What is taken in one of several address spaces, in order. */
function united(spaces: readonly (readonly Span[])[]): readonly Span[] {
  const [only, another] = spaces
  return only !== undefined && another === undefined ? only : inOrder(spaces.flat())
}
