import type { Arrangement } from '../accounting/arrangement.ts'
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
  /** Copies of their own, by address space, all processes of it together. */
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
    return {
      region,
      onceBytes: Math.max(
        bytesOf(paging, claims),
        claims.length === 0 ? 0 : residentAnyway(region, index, spaces, layout),
      ),
      copyBytes: spaces.map(({ processes, draws }, space) => {
        const copied = (mapped[space] ?? []).filter((mapping) => mapping.copied)
        const touchers = copied.map((mapping) => inProcess(mapping, draws))
        const bytes = bytesOf(pagingOfCopies, touchers)
        return within53Bits(processes * bytes, quantity)
      }),
    }
  })
}

/** What is in memory, whoever touched it, less what may be in the huge pages of a pool. */
function residentAnyway(
  { resident = bytes(0) }: Region,
  index: number,
  spaces: Arrangement['spaces'],
  { pageBytes }: Layout,
): number {
  const pooled = spaces
    .flatMap(({ mappings }) => mappings)
    .filter(({ region, paging }) => region === index && paging.kind === 'huge')
    .map(({ offset, first, pages, within }) => offset + (within?.to ?? first + pages) - first)
  return Math.max(0, resident - Math.max(0, ...pooled) * pageBytes)
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
