import fc from 'fast-check'

/** What is drawn about an address. In pages, or in units of one huge page where it says so. */
export type SpotDraw =
  | {
      readonly kind: 'edge'
      readonly slot: number
      readonly gib: number
      readonly twoMib: number
      readonly units: number
    }
  | { readonly kind: 'anywhere'; readonly slot: number; readonly page: number }
  | { readonly kind: 'next'; readonly gap: number }

/** A stretch of address space, in pages. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

const slots = 6

/** Near what one table of each level spans, anywhere, or close behind the mapping before. */
export const anySpot: fc.Arbitrary<SpotDraw> = fc.oneof(
  fc.record({
    kind: fc.constant('edge' as const),
    slot: fc.nat(slots),
    gib: fc.constantFrom(0, 0, 1, 2, 511),
    twoMib: fc.constantFrom(0, 0, 1, 256, 511),
    units: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('anywhere' as const),
    slot: fc.nat(slots),
    page: fc.nat(2 ** 27 - 1),
  }),
  fc.record({
    kind: fc.constant('next' as const),
    gap: fc.constantFrom(0, 0, 1, 511, 512, 513, 2 ** 18, 2 ** 18 - 1),
  }),
)

/**
 * 64.5 TiB: from here on lies what a Node program never maps. V8 asks for places below 2^46
 * (OS::GetRandomMmapAddr()), the program and its heap lie above 0x5500_0000_0000, libraries at the top.
 */
const territory = 2 ** 34 + 2 ** 27

/**
 * Page index for a mapping: where it was drawn, or the first place behind what is in its way.
 * @param unit the address is a multiple of it, plus `phase`.
 */
export function placeAt(
  spot: SpotDraw,
  length: number,
  { unit, phase }: { readonly unit: number; readonly phase: number },
  taken: readonly Stretch[],
): number {
  const align = (page: number): number => Math.ceil((page - phase) / unit) * unit + phase
  let at = align(wishOf(spot, unit, taken.at(-1)?.to ?? territory))
  for (const { from, to } of taken.toSorted((a, b) => a.from - b.from)) {
    if (at < to && from < at + length) at = align(to)
  }
  return at
}

function wishOf(spot: SpotDraw, unit: number, last: number): number {
  switch (spot.kind) {
    case 'edge':
      return slotStart(spot.slot) + spot.gib * 2 ** 18 + spot.twoMib * 512 + spot.units * unit
    case 'anywhere':
      return slotStart(spot.slot) + spot.page
    case 'next':
      return last + spot.gap
  }
}

/** Slots of 512 GiB. */
function slotStart(slot: number): number {
  return territory + slot * 2 ** 27
}
