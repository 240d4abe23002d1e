import type { Arrangement, Member, PlacedMapping } from '../accounting/arrangement.ts'
import { inProcess, inRegion } from '../accounting/arrangement.ts'
import { leavesTouched } from '../accounting/leaf-pages.ts'
import type { Paging } from '../accounting/paging.ts'
import { pagesPerLeaf } from '../accounting/paging.ts'
import type { Layout } from '../geometry/layout.ts'
import type { Toucher } from '../space/toucher.ts'
import { bytes, within53Bits } from '../units/quantity.ts'
import type { Backing, Region, Workload } from '../workload/workload.ts'

/** Memory behind one region, in bytes; unrounded expectations. */
export interface Resident {
  readonly region: Region
  /** The union of what all processes touch, once, or what is resident anyway; 0 for private memory. */
  readonly onceBytes: number
  /**
   * Copies of their own, by address space, all processes of it together; what sharers of an mshare
   * region copy is in that of the first.
   */
  readonly copyBytes: readonly number[]
}

const shmemBackings: ReadonlySet<Backing> = new Set([
  'sysv-shm',
  'posix-shm',
  'memfd',
  'anonymous-shared',
  // On base pages only: its huge pages live in their pool.
  'hugetlbfs',
])

/** True where the memory is shmem: swappable, but not reclaimable. */
export function isShmem({ backing }: Region): boolean {
  return shmemBackings.has(backing)
}

/**
 * What touching makes resident, region by region. Huge pages live in their pool, which is set aside
 * anyway, and DAX takes no memory but for what is copied from it.
 */
export function residentMemory(
  { regions, host: { layout } }: Workload,
  { spaces, shared }: Arrangement,
): readonly Resident[] {
  return regions.map((region, index) => {
    const pooled = shared.some(({ region: of, paging }) => of === index && paging.kind === 'huge')
    const mapped = spaces.map(({ mappings }) =>
      mappings.filter(
        ({ region: of, paging }) =>
          of === index && paging.kind !== 'huge' && !(pooled && paging.kind === 'window'),
      ),
    )
    const basePages: Paging = { kind: 'base' }
    const paging: Paging = region.thp ? { kind: 'partly-huge', leaf: 'pmd' } : basePages
    // What a process writes to a private mapping is copied to base pages: do_cow_fault().
    const pagingOfCopies = region.backing === 'anonymous' ? paging : basePages
    const onceless = region.backing === 'anonymous' || region.backing === 'dax'
    const quantity = `resident memory of region ${region.name}`
    const bytesOf = (of: Paging, touchers: readonly Toucher[]): number =>
      residentBytes(layout, of, touchers, quantity)
    const whole = { from: 0, to: region.pages }
    const claims = mapped.flatMap((mappings, space) =>
      mappings
        .filter(() => (spaces[space]?.processes ?? 0) > 0 && !onceless)
        .map((mapping) => inRegion({ space, mapping }, spaces, 0, 'all', whole)),
    )
    const copying = mapped.flatMap((mappings, space) =>
      mappings
        .filter((mapping) => mapping.copied && !isCopyOfItsOwn(mapping))
        .filter(() => (spaces[space]?.processes ?? 0) > 0)
        .map((mapping): Member => ({ space, mapping })),
    )
    const unionOf = (member: Member): Toucher => inRegion(member, spaces, 0, 'all', whole)
    return {
      region,
      onceBytes: Math.max(
        bytesOf(paging, claims),
        residentAnyway(region, index, { spaces, shared }, layout),
      ),
      copyBytes: spaces.map(({ processes, draws }, space) => {
        const copied = (mapped[space] ?? []).filter(isCopyOfItsOwn)
        const touchers = copied.map((mapping) => inProcess(mapping, draws))
        const bytes = bytesOf(pagingOfCopies, touchers)
        const once = space === copying[0]?.space ? bytesOf(basePages, copying.map(unionOf)) : 0
        return within53Bits(processes * bytes + once, quantity)
      }),
    }
  })
}

/** Under mshare, rfc-2022, a page that one process copies by writing is everybody's. */
export function isCopyOfItsOwn({ copied, paging }: PlacedMapping): boolean {
  return copied && paging.kind !== 'window'
}

/** What is in memory while somebody maps it, whoever touched it, less what the huge pages of a pool hold. */
function residentAnyway(
  { resident = bytes(0), pages }: Region,
  index: number,
  { spaces, shared }: Arrangement,
  { pageBytes }: Layout,
): number {
  const isMapped = spaces.some(
    ({ processes, mappings }) => processes > 0 && mappings.some(({ region }) => region === index),
  )
  if (!isMapped) return 0
  const pooled = spaces
    .flatMap(({ mappings }) => mappings)
    .filter(({ region, paging }) => region === index && paging.kind === 'huge')
    .map((mapping): [number, number] => {
      const { from, to } = mapping.within ?? {
        from: mapping.first,
        to: mapping.first + mapping.pages,
      }
      const shift = mapping.offset - mapping.first
      return [from + shift, to + shift]
    })
  const windows = shared.filter(
    ({ region, kind, paging }) => region === index && kind === 'mshare' && paging.kind === 'huge',
  )
  const held = lengthOfUnion([...pooled, ...windows.map((): [number, number] => [0, pages])])
  return Math.max(0, resident - held * pageBytes)
}

function lengthOfUnion(ranges: readonly (readonly [from: number, to: number])[]): number {
  let [length, end] = [0, 0]
  for (const [from, to] of ranges.toSorted(([one], [other]) => one - other)) {
    length += Math.max(0, to - Math.max(from, end))
    end = Math.max(end, to)
  }
  return length
}

function residentBytes(
  layout: Layout,
  paging: Paging,
  touchers: readonly Toucher[],
  quantity: string,
): number {
  const { whole, edges } = leavesTouched(layout, paging, touchers, quantity)
  const pages = whole * pagesPerLeaf(layout, paging) + edges
  return within53Bits(pages * layout.pageBytes, quantity)
}
