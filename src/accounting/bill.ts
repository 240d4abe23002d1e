import type { Layout, Level } from '../geometry/layout.ts'
import type { Access } from '../space/access.ts'
import { isDrawn } from '../space/random-draw.ts'
import { spansTouched } from '../space/spans.ts'
import type { Estimate } from '../units/estimate.ts'
import { exactly, nothing } from '../units/estimate.ts'
import { pages } from '../units/quantity.ts'
import { remembering } from '../units/remembered.ts'
import type { AddressSpace, Arrangement, PlacedMapping, SharedTables } from './arrangement.ts'
import {
  inHistory,
  inPieces,
  inProcess,
  inRegion,
  isSameMapping,
  membersIn,
} from './arrangement.ts'
import type { Need } from './paging.ts'
import { linksAt, needAt } from './paging.ts'

/** Tables of one process at one level: a number of tables each. */
export interface SpaceLevel {
  readonly level: Level
  readonly total: Estimate
  /** Shared tables that the process links to: in its VmPTE, but not its own. */
  readonly linked: Estimate
  /** By mapping, in file order; unrounded expectations. */
  readonly shares: readonly number[]
  /** The tables that a process owns whether it touches anything or not: the PGD, the p4d of the lowest span. */
  readonly unconditional: number
}

/** Tables that exist once, at one level. */
export interface SharedLevel {
  readonly level: Level
  readonly total: Estimate
  /** By member, those that it is the first to fill; unrounded expectations. */
  readonly shares: readonly number[]
}

export interface Bill {
  /** By address space, then by level from the bottom, pgd last. */
  readonly spaces: readonly (readonly SpaceLevel[])[]
  /** By shared tables, then by level. */
  readonly shared: readonly (readonly SharedLevel[])[]
}

/**
 * The room's main function. In: a layout and an arrangement (who maps what where, what exists once).
 * Out: numbers of tables; tallyOf() turns them into bytes and kernel counters, workOf() counts faults.
 *
 * Counts the tables of every process and of everything shared, each on one bill.
 * Kernel: a fault allocates every missing table above its page, __handle_mm_fault() in mm/memory.c.
 */
export function billOf(layout: Layout, arrangement: Arrangement): Bill {
  return {
    spaces: arrangement.spaces.map((space) =>
      ofProcess(space.mappings, [layout, space.draws], () =>
        layout.levels.map((level) => spaceLevel(layout, space, level)),
      ),
    ),
    shared: arrangement.shared.map((shared) =>
      ofShared(shared, [layout, ...drawsOn(shared, arrangement.spaces)], () =>
        layout.levels.map((level) => sharedLevel(layout, shared, level, arrangement.spaces)),
      ),
    ),
  }
}

/** The tables of one process are the same however many there are. */
const ofProcess = remembering<AddressSpace['mappings'], readonly SpaceLevel[]>()

/** What exists once changes with the number of processes only where each of them draws. */
const ofShared = remembering<SharedTables, readonly SharedLevel[]>()

function drawsOn(shared: SharedTables, spaces: readonly AddressSpace[]): readonly number[] {
  return shared.members
    .filter(({ mapping }) => isDrawn(mapping.touched))
    .map((member) => inRegion(member, spaces).draws)
}

/** pgd_alloc() in arch/<arch>/mm/pgtable.c: every process has one, and with it nothing else. */
const onePgd = { total: exactly(1), linked: nothing, unconditional: 1 }

function spaceLevel(layout: Layout, space: AddressSpace, level: Level): SpaceLevel {
  const { mappings, draws } = space
  if (level.name === 'pgd') return { level, ...onePgd, shares: mappings.map(() => 0) }
  const growing = growthOf(layout, level, mappings)
  if (growing === 'absent') return { level, ...noTables, shares: mappings.map(() => 0) }
  const program = level.name === 'p4d' && growing === undefined ? [lowestSpan] : []
  const claims = mappings.flatMap((_, index): readonly Claim[] => {
    const own = claimOf(layout, level, space, index)
    return growing === index ? [{ index, access: lowestSpan }, ...own] : own
  })
  const quantity = `${level.name} tables of one process`
  const spans = spansTouched(
    [...program, ...claims.map(({ access }) => access)],
    level.reach,
    quantity,
  )
  const shares = mappings.map(() => 0)
  claims.forEach(({ index }, at) => {
    shares[index] = (shares[index] ?? 0) + (spans.shares[program.length + at] ?? 0)
  })
  const linking = mappings
    .filter(({ paging }) => linksAt(paging, level.name))
    .map((mapping) => inProcess(mapping, draws, 'whole'))
  return {
    level,
    total: spans.total,
    linked: linking.length === 0 ? nothing : spansTouched(linking, level.reach, quantity).total,
    shares,
    unconditional: program.length,
  }
}

/** A mapping's claim on spans of its process. */
interface Claim {
  readonly index: number
  readonly access: Access
}

/** The claim of a mapping at a level; the first of its pieces that needs tables claims for all. */
function claimOf(
  layout: Layout,
  level: Level,
  { mappings, draws }: AddressSpace,
  index: number,
): readonly Claim[] {
  const needOf = ({ paging }: PlacedMapping): Need => needAt(layout, paging, level.name)
  const mapping = mappings[index]
  if (mapping === undefined) return []
  const counts = needOf(mapping)
  if (counts === 'none') return []
  if (mapping.history !== undefined && mapping.paging.kind !== 'window') {
    return inHistory(mapping, draws, level.name, counts).map((access) => ({ index, access }))
  }
  const pieces = piecesAround(mappings, index)
  const needing = pieces.filter((piece) => needOf(piece) !== 'none')
  if (needing[0] !== mapping) return []
  if (needing.length === 1) return [{ index, access: inProcess(mapping, draws, counts) }]
  const without = pieces.filter((piece) => needOf(piece) !== 'all')
  return [{ index, access: inPieces(mapping, draws, without) }]
}

/** The pieces of the mapping at an index, itself among them. */
function piecesAround(mappings: readonly PlacedMapping[], index: number): readonly PlacedMapping[] {
  const mapping = mappings[index]
  if (mapping === undefined) return []
  let [from, to] = [index, index + 1]
  while (from > 0 && isSameMapping(mapping, mappings[from - 1])) from -= 1
  while (isSameMapping(mapping, mappings[to])) to += 1
  return mappings.slice(from, to)
}

const noTables = { total: nothing, linked: nothing, unconditional: 0 }

/**
 * The mapping that makes a process grow a level: the first that reaches above what the levels
 * below span. The top table until then becomes the first table of the level, touched or not.
 * `absent`: the level is there for other processes, but not for this one.
 */
function growthOf(
  { grows }: Layout,
  level: Level,
  mappings: readonly PlacedMapping[],
): number | 'absent' | undefined {
  const growth = grows.find((candidate) => candidate.level === level.name)
  if (growth === undefined) return undefined
  const first = mappings.findIndex((mapping) => mapping.first + mapping.pages > growth.above)
  return first < 0 ? 'absent' : first
}

/** The program lives in the lowest span of a p4d table. */
const lowestSpan: Access = {
  first: 0,
  pages: 1,
  touched: { kind: 'ranges', ranges: [{ first: pages(0), length: pages(1) }] },
  draws: 1,
  counts: 'all',
}

function sharedLevel(
  layout: Layout,
  shared: SharedTables,
  level: Level,
  spaces: readonly AddressSpace[],
): SharedLevel {
  const quantity = `shared ${level.name} tables`
  const none = { level, total: nothing, shares: shared.members.map(() => 0) }
  if (shared.kind === 'linked') {
    if (!linksAt(shared.paging, level.name)) return none
    return { level, ...spansTouched(membersIn(shared, spaces), level.reach, quantity) }
  }
  if (level.name === 'pgd') return { ...none, total: exactly(1) }
  const need = needAt(layout, shared.paging, level.name)
  if (need === 'none') return none
  const program = level.name === 'p4d' ? [lowestSpan] : []
  const accesses = [...program, ...membersIn(shared, spaces, need)]
  const { total, shares } = spansTouched(accesses, level.reach, quantity)
  const ofMembers = shares.slice(program.length, program.length + shared.members.length)
  return { level, total, shares: ofMembers }
}
