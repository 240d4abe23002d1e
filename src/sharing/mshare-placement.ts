import type { Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'
import { writeAddress } from '../units/address.ts'
import { groupedBy } from '../units/grouped.ts'
import type { Mapping } from '../workload/group.ts'
import type { Span } from '../workload/placement.ts'
import { autoAlignment, inOrder, roundUp } from '../workload/placement.ts'
import type { Workload } from '../workload/workload.ts'
import type { Ground, Undo } from './filling-ground.ts'
import { fitUpwards, occupy, windowIn } from './filling-ground.ts'
import { regionIndex } from './ordinary.ts'
import type { RegionObstacle } from './strategy.ts'

/** Where one mapping lies, and the start of its window where it is linked to shared tables. */
export interface Place {
  readonly first: number
  /** Page index of the window; absent: the mapping has tables of its own. */
  readonly window?: number
}

export interface Placement {
  /** By group, then by mapping. */
  readonly places: readonly (readonly Place[])[]
  readonly obstacles: readonly RegionObstacle[]
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
  first: number | undefined
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
  const slots = slotsOf(workload, wanted)
  const inGroup = groupedBy(slots, ({ group }) => group)
  const given = slots.flatMap((slot) => placeGiven(workload, slot, inGroup.get(slot.group) ?? []))
  const { obstacles, dropped, isSettled } = placeChosen(workload, slots)
  const crowding = dropped.map((region) => ({ kind: 'address-space', region }) as const)
  if (isSettled) {
    return { places: placesOf(workload, slots), obstacles: [...crowding, ...given, ...obstacles] }
  }
  const gone = new Set(dropped)
  const fewer = workload.groups.map(({ maps }, group) =>
    maps.map(({ region }, map) => wanted[group]?.[map] === true && !gone.has(region)),
  )
  const rest = placeWindows(workload, fewer)
  return { places: rest.places, obstacles: [...crowding, ...rest.obstacles] }
}

function slotsOf(workload: Workload, wanted: readonly (readonly boolean[])[]): readonly Slot[] {
  const { layout } = workload.host
  return workload.groups.flatMap(({ maps }, group) =>
    maps.map((mapping, m): Slot => {
      const region = regionIndex(workload, mapping.region)
      const pages = windowPages(layout, workload.regions[region]?.pages ?? 0)
      const isWanted = wanted[group]?.[m] ?? false
      return { group, mapping, region, windowPages: pages, wanted: isWanted, first: undefined }
    }),
  )
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
function placeGiven(
  workload: Workload,
  slot: Slot,
  slots: readonly Slot[],
): readonly RegionObstacle[] {
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

/** Places as they are chosen, slot by slot, and how to take them back. */
interface Choosing {
  readonly workload: Workload
  readonly slots: readonly Slot[]
  readonly grounds: readonly Ground[]
  /** Slots that want a window of a region whose address is left to us. */
  readonly waiting: ReadonlyMap<number, readonly Slot[]>
  readonly obstacles: RegionObstacle[]
  /** Regions whose windows have left no room for another mapping. */
  readonly dropped: string[]
  readonly done: Undo[]
  /** By region that was asked for a window. */
  readonly steps: Map<number, Step>
}

/** Where a region got its window: the slot, and how much had been done and met before. */
interface Step {
  readonly at: number
  readonly done: number
  readonly obstacles: number
}

/**
 * Where windows have left no room for a mapping, the last of them gives way: all that was placed after it
 * is taken back, and placing goes on from there.
 */
function placeChosen(
  workload: Workload,
  slots: readonly Slot[],
): Pick<Choosing, 'obstacles' | 'dropped'> & { readonly isSettled: boolean } {
  const [grounds, waiting] = [groundsOf(workload, slots), waitingByRegion(slots)]
  const record = { obstacles: [], dropped: [], done: [], steps: new Map() }
  const choosing: Choosing = { workload, slots, grounds, waiting, ...record }
  let at = 0
  while (at < slots.length) {
    const next = placeSlot(choosing, at) ? at + 1 : withoutLastWindow(choosing)
    if (next === undefined) return { ...choosing, isSettled: false }
    at = next
  }
  return { ...choosing, isSettled: true }
}

/** False where there is no room. */
function placeSlot(choosing: Choosing, at: number): boolean {
  const { workload, slots, grounds, waiting, obstacles, done, steps } = choosing
  const { layout } = workload.host
  const slot = slots[at]
  if (slot === undefined) return true
  if (slot.first === undefined && slot.wanted) {
    steps.set(slot.region, { at, done: done.length, obstacles: obstacles.length })
    const same = waiting.get(slot.region) ?? []
    obstacles.push(...placeRegion(workload, slot, same, grounds, done))
  }
  const ground = grounds[slot.group]
  if (slot.first !== undefined || ground === undefined) return true
  const fit = fitUpwards(layout, [ground], pagesOf(slot), autoAlignment(layout))
  if (fit === undefined) return false
  slot.first = fit
  done.push(() => {
    slot.first = undefined
  })
  occupy(ground, fit, slot.mapping.length, done)
  return true
}

/**
 * Takes back all since the last window was placed.
 * @returns the slot to go on at; `undefined` where its region has given addresses too, which are then
 * to be settled anew without it.
 */
function withoutLastWindow(choosing: Choosing): number | undefined {
  const { slots, waiting, obstacles, dropped, done, steps } = choosing
  const { mapping, region } = lastWindow(slots)
  dropped.push(mapping.region)
  const step = steps.get(region)
  if (step === undefined || slots.some((one) => one.region === region && isGiven(one))) {
    return undefined
  }
  for (const undo of done.splice(step.done).reverse()) undo()
  obstacles.splice(step.obstacles)
  for (const slot of waiting.get(region) ?? []) slot.wanted = false
  return step.at
}

function isGiven({ mapping }: Slot): boolean {
  return mapping.at !== undefined
}

/** Slots that want a window of a region whose address is left to us. */
function waitingByRegion(slots: readonly Slot[]): ReadonlyMap<number, readonly Slot[]> {
  const waiting = slots.filter(({ first, wanted }) => first === undefined && wanted)
  return groupedBy(waiting, ({ region }) => region)
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

/** The last whose address is left to us; where there is none, the last at a given address. */
function lastWindow(slots: readonly Slot[]): Slot {
  const windows = slots.filter(({ wanted, first }) => wanted && first !== undefined)
  const last = windows.findLast((slot) => !isGiven(slot)) ?? windows.at(-1)
  if (last === undefined) throw new RangeError('no place for a mapping, though no window is there')
  return last
}

/** One window for all groups that leave the address of the region to us. */
function placeRegion(
  workload: Workload,
  { region, windowPages: pages }: Slot,
  waiting: readonly Slot[],
  grounds: readonly Ground[],
  done: Undo[],
): readonly RegionObstacle[] {
  const { layout } = workload.host
  const groups = [...new Set(waiting.map(({ group }) => group))]
  const concerned = groups.flatMap((group) => grounds[group] ?? [])
  const first = windowIn(layout, concerned, pages, windowAlignment(layout))
  for (const slot of waiting) {
    if (first === undefined) slot.wanted = false
    else slot.first = first
  }
  done.push(() => {
    for (const slot of waiting) {
      slot.wanted = true
      slot.first = undefined
    }
  })
  if (first !== undefined) {
    for (const ground of concerned) occupy(ground, first, pages, done)
    return []
  }
  return groups.map((group) => ({
    kind: 'address-space',
    region: workload.regions[region]?.name ?? '',
    group: workload.groups[group]?.name ?? '',
  }))
}
