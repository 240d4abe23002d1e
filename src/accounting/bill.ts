import type { Layout, Level, LevelName } from '../geometry/layout.ts'
import type { Spans } from '../space/spans.ts'
import { spansTouched } from '../space/spans.ts'
import type { Toucher } from '../space/toucher.ts'
import type { Estimate } from '../units/estimate.ts'
import { exactly, nothing } from '../units/estimate.ts'
import { pages } from '../units/quantity.ts'
import type { AddressSpace, Arrangement, SharedTables } from './arrangement.ts'
import { inProcess, inRegion } from './arrangement.ts'
import { needAt } from './paging.ts'

/** Tables of one process at one level: a number of tables each. */
export interface SpaceLevel {
  readonly level: Level
  readonly total: Estimate
  /** By mapping, in file order; unrounded expectations. */
  readonly shares: readonly number[]
  /** What the process owns touched or not: the PGD, the p4d of the lowest span. */
  readonly unconditional: number
}

/** Tables that exist once, at one level. */
export interface SharedLevel {
  readonly level: Level
  readonly total: Estimate
}

export interface Bill {
  /** By address space, then by level from the bottom, pgd last. */
  readonly spaces: readonly (readonly SpaceLevel[])[]
  /** By shared tables, then by level. */
  readonly shared: readonly (readonly SharedLevel[])[]
}

/**
 * Counts the tables of every process and of everything shared, each on one bill.
 * Kernel: a fault allocates every missing table above its page, __handle_mm_fault() in mm/memory.c.
 */
export function billOf(layout: Layout, arrangement: Arrangement): Bill {
  return {
    spaces: arrangement.spaces.map((space) =>
      layout.levels.map((level) => spaceLevel(layout, space, level)),
    ),
    shared: arrangement.shared.map((shared) =>
      layout.levels.map((level) => sharedLevel(layout, shared, level, arrangement.spaces)),
    ),
  }
}

/** pgd_alloc() in arch/<arch>/mm/pgtable.c: every process has one, and with it nothing else. */
const onePgd = { total: exactly(1), shares: [], unconditional: 1 }

function spaceLevel(layout: Layout, space: AddressSpace, level: Level): SpaceLevel {
  if (level.name === 'pgd') return { level, ...onePgd, shares: space.mappings.map(() => 0) }
  const program = level.name === 'p4d' ? [lowestSpan] : []
  const mapped = space.mappings.map((mapping) => {
    const need = needAt(layout, mapping.paging, level.name)
    return need === 'none' ? untouching : inProcess(mapping, space.draws, need)
  })
  const spans: Spans = spansTouched(
    [...program, ...mapped],
    level.reach,
    `${level.name} tables of one process`,
  )
  return {
    level,
    total: spans.total,
    shares: spans.shares.slice(program.length),
    unconditional: program.length,
  }
}

/** The program lives in the lowest span of a p4d table. */
const lowestSpan: Toucher = {
  first: 0,
  pages: 1,
  touched: { kind: 'ranges', ranges: [{ first: pages(0), length: pages(1) }] },
  draws: 1,
  counts: 'all',
}

const untouching: Toucher = {
  first: 0,
  pages: 0,
  touched: { kind: 'ranges', ranges: [] },
  draws: 1,
  counts: 'all',
}

function sharedLevel(
  layout: Layout,
  shared: SharedTables,
  level: Level,
  spaces: readonly AddressSpace[],
): SharedLevel {
  if (level.name === 'pgd') return { level, total: exactly(1) }
  const need = needAt(layout, shared.paging, level.name)
  if (need === 'none') return { level, total: nothing }
  const cover = { from: shared.first, to: shared.first + shared.pages }
  const touchers = shared.members.map((member) =>
    inRegion(member, spaces, shared.first, need, cover),
  )
  const program = level.name === 'p4d' ? [lowestSpan] : []
  const quantity = `shared ${level.name} tables`
  return { level, total: spansTouched([...program, ...touchers], level.reach, quantity).total }
}

/** The level of that name on a bill. */
export function atLevel<L extends { readonly level: Level }>(
  levels: readonly L[],
  name: LevelName,
): L | undefined {
  return levels.find(({ level }) => level.name === name)
}
