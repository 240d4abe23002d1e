import type { Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'
import { autoAlignment, firstFit, roundUp, type Span } from '../workload/placement.ts'
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

interface Slot {
  readonly mapping: Mapping
  readonly region: number
  readonly pages: number
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
  const { layout } = workload.host
  const slots = workload.groups.map((group, g) =>
    group.maps.map((mapping, m): Slot => {
      const region = regionIndex(workload, mapping.region)
      const pages = windowPages(layout, workload.regions[region]?.pages ?? 0)
      return { mapping, region, pages, wanted: wanted[g]?.[m] ?? false }
    }),
  )
  const obstacles = [...checkGiven(workload, slots), ...placeAuto(workload, slots)]
  return { places: slots.map((group) => group.map(placeOf)), obstacles }
}

function placeOf({ first = 0, wanted, mapping }: Slot): Place {
  return wanted ? { first: first + mapping.offset, window: first } : { first }
}

/** Windows at a given address: it must be aligned, and the whole window must be free. */
function checkGiven(workload: Workload, slots: readonly (readonly Slot[])[]): readonly Obstacle[] {
  const { layout } = workload.host
  return slots.flatMap((group, g) =>
    group.flatMap((slot) => {
      const { at } = slot.mapping
      if (at === undefined) return []
      slot.first = at
      if (!slot.wanted) return []
      const where = { region: slot.mapping.region, group: workload.groups[g]?.name ?? '' }
      const kind = faultOf(layout, slot, at, group)
      if (kind === undefined) return []
      slot.wanted = false
      const need = kind === 'alignment' ? addressText(layout, windowAlignment(layout)) : 'a free window'
      return [{ kind, ...where, need, found: addressText(layout, at) }]
    }),
  )
}

function faultOf(
  layout: Layout,
  slot: Slot,
  at: number,
  group: readonly Slot[],
): 'alignment' | 'overlap' | 'address-space' | undefined {
  if (at % windowAlignment(layout) !== 0) return 'alignment'
  if (at + slot.pages > layout.userPages) return 'address-space'
  const covered = group.some((other) => {
    const start = other.mapping.at
    if (other === slot || start === undefined) return false
    const pages = other.first !== undefined && other.wanted ? other.pages : other.mapping.length
    return start < at + slot.pages && at < start + pages
  })
  return covered ? 'overlap' : undefined
}

/** Page index → 0x… text. */
export function addressText(layout: Layout, page: number): string {
  return `0x${(BigInt(page) * BigInt(layout.pageBytes)).toString(16)}`
}

function placeAuto(workload: Workload, slots: readonly (readonly Slot[])[]): readonly Obstacle[] {
  const { layout } = workload.host
  const obstacles: Obstacle[] = []
  const next = slots.map((): number => layout.autoBase)
  slots.forEach((group, g) => {
    for (const slot of group) {
      if (slot.first !== undefined) continue
      if (slot.wanted) {
        const sharers = groupsWaiting(slots, slot.region)
        const first = fitWindow(layout, slots, sharers, slot.pages, Math.max(...sharers.map((s) => next[s] ?? 0)))
        for (const sharer of sharers) {
          settle(slots[sharer] ?? [], slot.region, first)
          if (first !== undefined) next[sharer] = first + slot.pages
          else obstacles.push(noSpace(workload, sharer, slot))
        }
      }
      if (slot.first === undefined) {
        const fit = fitOrdinary(layout, group, slot.mapping.length, next[g] ?? 0)
        slot.first = fit
        next[g] = fit + slot.mapping.length
      }
    }
  })
  return obstacles
}

function noSpace(workload: Workload, group: number, slot: Slot): Obstacle {
  return {
    kind: 'address-space',
    region: slot.mapping.region,
    group: workload.groups[group]?.name ?? '',
  }
}

/** Groups with a mapping of the region that waits for a window without a given address. */
function groupsWaiting(slots: readonly (readonly Slot[])[], region: number): readonly number[] {
  return slots.flatMap((group, g) =>
    group.some((slot) => slot.region === region && slot.wanted && slot.first === undefined) ? [g] : [],
  )
}

function settle(group: readonly Slot[], region: number, first: number | undefined): void {
  for (const slot of group) {
    if (slot.region !== region || !slot.wanted || slot.first !== undefined) continue
    if (first === undefined) slot.wanted = false
    else slot.first = first
  }
}

function takenBy(group: readonly Slot[]): readonly Span[] {
  return group.flatMap(({ first, wanted, pages, mapping }) =>
    first === undefined ? [] : [{ from: first, to: first + (wanted ? pages : mapping.length) }],
  )
}

/** Upwards from where the mappings have come to; if that is full, from the lowest window up. */
function fitWindow(
  layout: Layout,
  slots: readonly (readonly Slot[])[],
  sharers: readonly number[],
  pages: number,
  from: number,
): number | undefined {
  const taken = sharers.flatMap((sharer) => takenBy(slots[sharer] ?? []))
  const alignment = windowAlignment(layout)
  return (
    firstFit(taken, pages, alignment, from, layout.userPages) ??
    firstFit(taken, pages, alignment, alignment, layout.userPages)
  )
}

function fitOrdinary(layout: Layout, group: readonly Slot[], pages: number, from: number): number {
  const taken = takenBy(group)
  const alignment = autoAlignment(layout)
  const fit =
    firstFit(taken, pages, alignment, from, layout.userPages) ??
    firstFit(taken, pages, alignment, alignment, layout.userPages)
  if (fit === undefined) throw new RangeError('no place for a mapping beside the windows')
  return fit
}
