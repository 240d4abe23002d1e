import type { Arrangement, Member, PlacedMapping } from '../accounting/arrangement.ts'
import { inProcess, inRegion } from '../accounting/arrangement.ts'
import { basePagesTouched } from '../accounting/leaf-pages.ts'
import type { Paging } from '../accounting/paging.ts'
import type { Layout } from '../geometry/layout.ts'
import type { Access, Piece } from '../space/access.ts'
import type { Intervals } from '../space/intervals.ts'
import { lengthOf, union } from '../space/intervals.ts'
import { within53Bits } from '../units/quantity.ts'
import { sum } from '../units/sum.ts'
import { copiesOf } from '../workload/copies.ts'
import type { Group } from '../workload/group.ts'
import type { Backing, Region } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'

/** Memory behind one region, in bytes; unrounded expectations. */
export interface Resident {
  readonly region: Region
  /** What exists once, all copies of the region together: the union of what all processes touch, or what the region says; 0 for private memory. */
  readonly onceBytes: number
  /**
   * The same, page by page, by the address space that touches it first, in file order: what it is
   * charged to (mem_cgroup_charge() in mm/memcontrol.c). Memory that no process is known to have
   * touched is charged to the first one that maps the region. Of a group with copies, what the first
   * instance is charged with: no other one is charged with more.
   */
  readonly firstBytes: readonly number[]
  /**
   * Copies of their own, by address space, all processes of it together; what sharers of an mshare
   * region copy is in that of the first.
   */
  readonly copyBytes: readonly number[]
  /** How much of what a process touches is in memory, by address space: 1, or what the region says. */
  readonly shares: readonly number[]
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
  { regions, groups, host: { layout } }: Workload,
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
    const bytesOf = (of: Paging, accesses: readonly Access[]): number =>
      residentBytes(layout, of, accesses, quantity)
    const whole = { from: 0, to: region.pages }
    const claims = mapped.flatMap((mappings, space) =>
      mappings
        .filter(() => (spaces[space]?.processes ?? 0) > 0 && !onceless)
        .flatMap((mapping) => instancesOf({ space, mapping }, spaces, groups[space], whole)),
    )
    const copying = mapped.flatMap((mappings, space) =>
      mappings
        .filter((mapping) => mapping.copied && !isCopyOfItsOwn(mapping))
        .filter(() => (spaces[space]?.processes ?? 0) > 0)
        .map((mapping): Member => ({ space, mapping })),
    )
    const unionOf = (member: Member): Access => inRegion(member, spaces, 0, 'all', whole)
    const charged = basePagesTouched(
      layout,
      paging,
      claims.map(({ access }) => access),
      quantity,
    )
    const firstTouched = spaces.map(() => 0)
    claims.forEach(({ space, isFirst }, at) => {
      const touched = isFirst ? (charged[at] ?? 0) * layout.pageBytes : 0
      firstTouched[space] = within53Bits((firstTouched[space] ?? 0) + touched, quantity)
    })
    const touchedBytes = sum(
      charged.map((pages) => pages * layout.pageBytes),
      quantity,
    )
    const onceBytes = onceless
      ? 0
      : inMemory(region, touchedBytes, heldBytes(region, index, { spaces, shared }, layout))
    const onceShare = onceBytes < touchedBytes ? onceBytes / touchedBytes : 1
    const copies = spaces.map((space, s) => {
      const copied = (mapped[s] ?? []).filter(isCopyOfItsOwn)
      const accesses = copied.map((mapping) => inProcess(mapping, space.draws))
      const touched = bytesOf(pagingOfCopies, accesses)
      if (region.backing !== 'anonymous' || touched === 0)
        return { bytes: touched, share: onceShare }
      const held = heldBytes(region, index, { spaces: [space], shared }, layout)
      const bytes = inMemory(region, touched, held)
      return { bytes, share: bytes / touched }
    })
    const copiedOnce = bytesOf(basePages, copying.map(unionOf))
    const untouchedBytes = Math.max(0, onceBytes - touchedBytes)
    const mapper = spaces.findIndex(
      ({ processes, mappings }) => processes > 0 && mappings.some(({ region: of }) => of === index),
    )
    const times = copiesOf(region)
    return {
      region,
      onceBytes: within53Bits(times * onceBytes, quantity),
      firstBytes: firstTouched.map(
        (bytes, space) => bytes * onceShare + (space === mapper ? untouchedBytes : 0),
      ),
      copyBytes: copies.map(({ bytes }, space) => {
        const once = space === copying[0]?.space ? times * copiedOnce : 0
        return within53Bits((spaces[space]?.processes ?? 0) * bytes + once, quantity)
      }),
      shares: copies.map(({ share }) => share),
    }
  })
}

/** A claim on an object that processes share, and whether it is the first instance's. */
interface InstanceClaim {
  readonly space: number
  readonly isFirst: boolean
  readonly access: Access
}

/** What the processes of a group touch of one object: the first instance, then all others. */
function instancesOf(
  member: Member,
  spaces: Arrangement['spaces'],
  group: Group | undefined,
  whole: Piece,
): readonly InstanceClaim[] {
  const { space, mapping } = member
  const access = inRegion(member, spaces, 0, 'all', whole)
  const sharing = group === undefined ? 1 : copiesOf(group) / (mapping.copies ?? 1)
  if (sharing === 1) return [{ space, isFirst: true, access }]
  const draws = access.draws / sharing
  return [
    { space, isFirst: true, access: { ...access, draws } },
    { space, isFirst: false, access: { ...access, draws: access.draws - draws } },
  ]
}

/** Under mshare, rfc-2022, a page that one process copies by writing is everybody's. */
export function isCopyOfItsOwn({ copied, paging }: PlacedMapping): boolean {
  return copied && paging.kind !== 'window'
}

/**
 * How much of what one process touches in a mapping is in memory. What it has copied of an object
 * that others share is its own, whatever is in memory of the object.
 */
export function shareInMemory(
  { region, shares }: Resident,
  space: number,
  { copied }: PlacedMapping,
): number {
  return copied && region.backing !== 'anonymous' ? 1 : (shares[space] ?? 1)
}

/** What is in memory of a region of which so much is touched, less what is in the pages of a pool. */
function inMemory({ resident }: Region, touchedBytes: number, held: number | undefined): number {
  if (resident === undefined || held === undefined) return touchedBytes
  const said = Math.max(0, resident.bytes - held)
  return resident.atLeast ? Math.max(touchedBytes, said) : said
}

/** Bytes of a region that the huge pages of a pool hold; `undefined` where no process maps it. */
function heldBytes(
  { pages }: Region,
  index: number,
  { spaces, shared }: Arrangement,
  { pageBytes }: Layout,
): number | undefined {
  const isMapped = spaces.some(
    ({ processes, mappings }) => processes > 0 && mappings.some(({ region }) => region === index),
  )
  if (!isMapped) return undefined
  const pooled = spaces
    .flatMap(({ mappings }) => mappings)
    .filter(({ region, paging }) => region === index && paging.kind === 'huge')
    .map((mapping): Intervals => {
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
  const held = lengthOf(union([...pooled, ...windows.map((): Intervals => [0, pages])]))
  return held * pageBytes
}

function residentBytes(
  layout: Layout,
  paging: Paging,
  accesses: readonly Access[],
  quantity: string,
): number {
  const pages = sum(basePagesTouched(layout, paging, accesses, quantity), quantity)
  return within53Bits(pages * layout.pageBytes, quantity)
}
