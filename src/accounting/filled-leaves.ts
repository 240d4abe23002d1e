import type { Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'
import type { Access } from '../space/access.ts'
import type { AddressSpace, PlacedMapping, SharedTables } from './arrangement.ts'
import { inProcess, inRegion, membersIn } from './arrangement.ts'
import { edgesOf, leafPages, wholeOf } from './leaf-pages.ts'
import type { Paging } from './paging.ts'

/** Pages, base or huge, that one process enters in tables of its own; an unrounded expectation. */
export function ownLeaves(
  layout: Layout,
  mapping: PlacedMapping,
  draws: number,
  quantity: string,
): number {
  const { paging } = mapping
  if (paging.kind === 'window') return 0
  const own = inProcess(mapping, draws)
  const accesses = links(paging) ? edgesOf(own, linkedReach(layout, paging)) : [own]
  return leafPages(layout, paging, accesses, quantity)
}

/** Pages entered in shared tables, once for all who use them; an unrounded expectation. */
export function sharedLeaves(
  layout: Layout,
  shared: SharedTables,
  spaces: readonly AddressSpace[],
  quantity: string,
): number {
  return leafPages(layout, shared.paging, fillersOf(layout, shared, spaces), quantity)
}

function fillersOf(
  layout: Layout,
  shared: SharedTables,
  spaces: readonly AddressSpace[],
): readonly Access[] {
  if (shared.kind === 'mshare') return membersIn(shared, spaces)
  const reach = linkedReach(layout, shared.paging)
  return shared.members.flatMap((member) => wholeOf(inRegion(member, spaces, shared.first), reach))
}

function links(paging: Paging): boolean {
  return paging.kind === 'huge' && paging.links
}

/** Base pages that one linked table spans. */
export function linkedReach(layout: Layout, paging: Paging): number {
  return paging.kind === 'huge' ? (levelOf(layout, paging.leaf)?.reach ?? 1) : 1
}
