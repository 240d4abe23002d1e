import type { Arrangement, Member, PlacedMapping } from '../accounting/arrangement.ts'
import { earlierIn, inProcess, inRegion, membersByRegion } from '../accounting/arrangement.ts'
import type { Paging } from '../accounting/paging.ts'
import type { Layout } from '../geometry/layout.ts'
import type { Access, Piece } from '../space/access.ts'
import type { Intervals } from '../space/intervals.ts'
import { lengthOf, union } from '../space/intervals.ts'
import { isDrawn } from '../space/random-draw.ts'
import { groupedBy } from '../units/grouped.ts'
import { within53Bits } from '../units/quantity.ts'
import { remembering } from '../units/remembered.ts'
import { sum, sumBy } from '../units/sum.ts'
import { copiesOf } from '../workload/copies.ts'
import type { Group } from '../workload/group.ts'
import type { Backing, Region } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'
import type { Touching } from './pages-touched.ts'
import { pagesTouched } from './pages-touched.ts'

/** A number of some address spaces, by their index in ascending order; absent: 0. */
export type BySpace = ReadonlyMap<number, number>

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
  readonly firstBytes: BySpace
  /**
   * Copies of their own, by address space, all processes of it together; what sharers of an mshare
   * region copy is in that of the first.
   */
  readonly copyBytes: BySpace
  /** How much of what a process touches is in memory, by address space that maps the region: 1, or what the region says. */
  readonly shares: BySpace
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
  const members = membersByRegion(spaces)
  const tables = groupedBy(shared, ({ region }) => region)
  return regions.map((region, index) =>
    residentOf(layout, {
      region,
      members: members.get(index) ?? [],
      shared: tables.get(index) ?? [],
      spaces,
      groups,
    }),
  )
}

/** A region, who maps it, and tables of it that exist once. */
interface Mapped extends Pick<Workload, 'groups'>, Arrangement {
  readonly region: Region
  readonly members: readonly Member[]
}

function residentOf(layout: Layout, mapped: Mapped): Resident {
  const { region, members, shared, spaces, groups } = mapped
  const dependsOnNumbers = members.some(({ mapping }) => mapping.copied || isDrawn(mapping.touched))
  const numbers = members.flatMap(({ space }): readonly unknown[] => {
    const { processes = 0, draws } = spaces[space] ?? {}
    const copies = copiesOf(groups[space] ?? {})
    return dependsOnNumbers ? [copies, processes, draws] : [copies, processes > 0]
  })
  return ofMembers(members, [layout, region, ...shared, ...numbers], () =>
    residentNow(layout, mapped),
  )
}

/** Memory that is neither copied nor drawn is the same for any number of processes, as long as there are some. */
const ofMembers = remembering<readonly Member[], Resident>()

function residentNow(layout: Layout, mapped: Mapped): Resident {
  const { region } = mapped
  const quantity = `resident memory of region ${region.name}`
  const { bytes, share, firstBytes } = onceIn(layout, mapped, quantity)
  return {
    region,
    onceBytes: within53Bits(copiesOf(region) * bytes, quantity),
    firstBytes,
    ...copiesIn(layout, mapped, share, quantity),
  }
}

const basePages: Paging = { kind: 'base' }

const onTransparentPages: Paging = { kind: 'partly-huge', leaf: 'pmd' }

function pagingOf({ thp }: Region): Paging {
  return thp ? onTransparentPages : basePages
}

/** What is not on huge pages of the pool, in processes that run. */
function membersOutsidePool({ members, shared, spaces }: Mapped): readonly Member[] {
  const pooled = shared.some(({ paging }) => paging.kind === 'huge')
  return members.filter(
    ({ space, mapping: { paging } }) =>
      (spaces[space]?.processes ?? 0) > 0 &&
      paging.kind !== 'huge' &&
      !(pooled && paging.kind === 'window'),
  )
}

/** The object that processes share, one copy of it. */
interface Once extends Pick<Resident, 'firstBytes'> {
  readonly bytes: number
  /** How much of what is touched is in memory. */
  readonly share: number
}

function onceIn(layout: Layout, mapped: Mapped, quantity: string): Once {
  const { region, members, spaces, groups } = mapped
  const whole = { from: 0, to: region.pages }
  const onceless = region.backing === 'anonymous' || region.backing === 'dax'
  const claims = onceless
    ? []
    : membersOutsidePool(mapped).flatMap((member) =>
        instancesOf(member, spaces, groups[member.space], whole),
      )
  const isElsewhere = onceless || region.pageBytes > layout.pageBytes
  const earlier = isElsewhere ? [] : earlierIn(region, 0, whole)
  const accesses = [...claims.map(({ access }) => access), ...earlier]
  const charged = pagesTouched(
    layout,
    { by: members, paging: pagingOf(region), accesses },
    quantity,
  )
  const first = new Map(members.map(({ space }) => [space, 0]))
  claims.forEach(({ space, isFirst }, at) => {
    const touched = isFirst ? (charged[at] ?? 0) * layout.pageBytes : 0
    first.set(space, within53Bits((first.get(space) ?? 0) + touched, quantity))
  })
  const touchedBytes = sumBy(charged, (pages) => pages * layout.pageBytes, quantity)
  const bytes = onceless
    ? 0
    : inMemory(region, touchedBytes, () => heldBytes(layout, mapped, members))
  const share = bytes < touchedBytes ? bytes / touchedBytes : 1
  const untouchedBytes = Math.max(0, bytes - touchedBytes)
  const mapper = members.find(({ space }) => (spaces[space]?.processes ?? 0) > 0)?.space
  const firstBytes = new Map(
    [...first].map(([space, touched]) => [
      space,
      touched * share + (space === mapper ? untouchedBytes : 0),
    ]),
  )
  return { bytes, share, firstBytes }
}

/** What processes copy, each for itself or all sharers of an mshare region together. */
function copiesIn(
  layout: Layout,
  mapped: Mapped,
  onceShare: number,
  quantity: string,
): Pick<Resident, 'copyBytes' | 'shares'> {
  const { region, members, spaces } = mapped
  const outside = membersOutsidePool(mapped).filter(({ mapping }) => mapping.copied)
  const own = groupedBy(outside.filter(isCopyOfItsOwn), ({ space }) => space)
  const together = outside.filter((member) => !isCopyOfItsOwn(member))
  const whole = { from: 0, to: region.pages }
  const bytesOf = (touching: Touching): number => residentBytes(layout, touching, quantity)
  const [firstTogether] = together
  const togetherBytes =
    firstTogether === undefined
      ? 0
      : bytesOf({
          by: firstTogether.mapping,
          paging: basePages,
          accesses: together.map((member) => inRegion(member, spaces, 0, 'all', whole)),
        })
  // What a process writes to a private mapping is copied to base pages: do_cow_fault().
  const paging = region.backing === 'anonymous' ? pagingOf(region) : basePages
  const touchedBy = ([first, ...rest]: readonly PlacedMapping[], draws: number): number => {
    if (first === undefined) return 0
    const accesses = [first, ...rest].map((mapping) => inProcess(mapping, draws))
    return bytesOf({ by: first, paging, accesses })
  }
  const [copyBytes, shares] = [new Map<number, number>(), new Map<number, number>()]
  for (const [space, mine] of groupedBy(members, (member) => member.space)) {
    const { processes = 0, draws = 1 } = spaces[space] ?? {}
    const mappings = (own.get(space) ?? []).map(({ mapping }) => mapping)
    const touched = touchedBy(mappings, draws)
    const isSaid = region.backing === 'anonymous' && touched > 0
    const bytes = isSaid
      ? inMemory(region, touched, () => heldBytes(layout, mapped, mine))
      : touched
    const once = space === firstTogether?.space ? copiesOf(region) * togetherBytes : 0
    copyBytes.set(space, within53Bits(processes * bytes + once, quantity))
    shares.set(space, isSaid ? bytes / touched : onceShare)
  }
  return { copyBytes, shares }
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
export function isCopyOfItsOwn({ mapping: { copied, paging } }: Pick<Member, 'mapping'>): boolean {
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
  return copied && region.backing !== 'anonymous' ? 1 : (shares.get(space) ?? 1)
}

/** What is in memory of a region of which so much is touched, less what is in the pages of a pool. */
function inMemory(
  { resident }: Region,
  touchedBytes: number,
  heldIn: () => number | undefined,
): number {
  const held = resident === undefined ? undefined : heldIn()
  if (resident === undefined || held === undefined) return touchedBytes
  const said = Math.max(0, resident.bytes - held)
  return resident.atLeast ? Math.max(touchedBytes, said) : said
}

/** Bytes of a region that the huge pages of a pool hold for some mappings; `undefined` where no process has one. */
function heldBytes(
  { pageBytes }: Layout,
  { region: { pages }, shared, spaces }: Mapped,
  members: readonly Member[],
): number | undefined {
  if (!members.some(({ space }) => (spaces[space]?.processes ?? 0) > 0)) return undefined
  const pooled = members
    .map(({ mapping }) => mapping)
    .filter(({ paging }) => paging.kind === 'huge')
    .map(({ first, pages: length, offset, within }): Intervals => {
      const { from, to } = within ?? { from: first, to: first + length }
      const shift = offset - first
      return [from + shift, to + shift]
    })
  const windows = shared.filter(({ kind, paging }) => kind === 'mshare' && paging.kind === 'huge')
  const held = lengthOf(union([...pooled, ...windows.map((): Intervals => [0, pages])]))
  return held * pageBytes
}

function residentBytes(layout: Layout, touching: Touching, quantity: string): number {
  const pages = sum(pagesTouched(layout, touching, quantity), quantity)
  return within53Bits(pages * layout.pageBytes, quantity)
}
