import type {
  AddressSpace,
  Arrangement,
  Member,
  PlacedMapping,
  SharedTables,
} from '../accounting/arrangement.ts'
import { inRegion } from '../accounting/arrangement.ts'
import { linkedReach } from '../accounting/filled-leaves.ts'
import type { Layout } from '../geometry/layout.ts'
import { pieceOf, wholeSpans } from '../space/access.ts'
import { groupedBy } from '../units/grouped.ts'
import { sumBy } from '../units/sum.ts'

/**
 * Lets the processes of an arrangement share hugetlb page tables as the kernel does: between
 * mappings of the same part of a region at the same address modulo what one such table spans, with
 * the same access (page_table_shareable() in mm/hugetlb.c). Mappings that have no partner keep
 * tables of their own.
 * @param shared what exists once already.
 */
export function linkTables(
  layout: Layout,
  spaces: readonly AddressSpace[],
  shared: readonly SharedTables[],
): Arrangement {
  const linkable = spaces.flatMap(({ mappings, processes }, space) =>
    processes > 0 ? mappings.filter(links).map((mapping): Member => ({ space, mapping })) : [],
  )
  const kin = groupedBy(linkable, ({ mapping }) => kinship(layout, mapping))
  const partnered = [...kin.values()]
    .flatMap((members) => neighbourhoods(layout, members, spaces))
    .filter((members) => sharersOf(members, spaces) > 1)
  const linking = new Set(partnered.flat().map(({ mapping }) => mapping))
  const linked = partnered.flatMap((members) => tablesOf(layout, members))
  return {
    spaces: spaces.map((space) => ({
      ...space,
      mappings: space.mappings.map((mapping) =>
        links(mapping) && !linking.has(mapping) ? withoutLinks(mapping) : mapping,
      ),
    })),
    shared: [...shared, ...linked],
  }
}

/** Kin that map some whole span of the region in common, directly or through others. */
function neighbourhoods(
  layout: Layout,
  members: readonly Member[],
  spaces: readonly AddressSpace[],
): readonly (readonly Member[])[] {
  const placed = members
    .map((member) => {
      const first = phaseOf(layout, member.mapping)
      const access = inRegion(member, spaces, first)
      // A mapping ends with a whole huge page, which may fill the span.
      const piece = access.cover ?? pieceOf(access)
      return { member, spans: wholeSpans(piece, linkedReach(layout, member.mapping.paging)) }
    })
    .sort((a, b) => a.spans.from - b.spans.from)
  const groups: { members: Member[]; to: number }[] = []
  for (const { member, spans } of placed) {
    const last = groups.at(-1)
    if (last !== undefined && spans.from < last.to) {
      last.members.push(member)
      last.to = Math.max(last.to, spans.to)
    } else groups.push({ members: [member], to: spans.to })
  }
  return groups.map((group) => group.members)
}

function links({ paging }: PlacedMapping): boolean {
  return paging.kind === 'huge' && paging.links
}

function withoutLinks(mapping: PlacedMapping): PlacedMapping {
  const { paging } = mapping
  return paging.kind === 'huge' ? { ...mapping, paging: { ...paging, links: false } } : mapping
}

/** Address of the region's first page modulo the span of a table. */
function phaseOf(layout: Layout, { first, offset, paging }: PlacedMapping): number {
  const reach = linkedReach(layout, paging)
  return (((first - offset) % reach) + reach) % reach
}

function kinship(layout: Layout, mapping: PlacedMapping): string {
  return [mapping.region, phaseOf(layout, mapping), mapping.access].join()
}

function sharersOf(members: readonly Member[], spaces: readonly AddressSpace[]): number {
  return sumBy(
    members,
    ({ space, mapping }) => (spaces[space]?.processes ?? 0) / (mapping.copies ?? 1),
  )
}

function tablesOf(layout: Layout, members: readonly Member[]): readonly SharedTables[] {
  const [one] = members
  if (one === undefined) return []
  const { region, paging, pages, copies } = one.mapping
  const first = phaseOf(layout, one.mapping)
  const none = { faultAround: false, onceCalls: 0, onceVmas: 0 }
  // In file order: the first that touches a table fills it.
  const inOrder = members.toSorted((a, b) => a.space - b.space)
  const tables = {
    region,
    kind: 'linked',
    paging,
    pages,
    first,
    members: inOrder,
    ...none,
  } as const
  return [copies === undefined ? tables : { ...tables, copies }]
}
