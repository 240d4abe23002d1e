import type { LevelName } from '../../geometry/layout.ts'
import type { Intervals } from '../../space/intervals.ts'
import { runsOf, union } from '../../space/intervals.ts'
import { spansTouched } from '../../space/spans.ts'
import type { TouchSet } from '../../space/touch-set.ts'
import {
  isNothing,
  joinExactly,
  joined,
  partOf,
  rangesOf,
  without,
} from '../../space/touched/touched-parts.ts'
import { pages } from '../../units/quantity.ts'
import type { FormerTouch, FreedTables, Mapping } from '../../workload/group.ts'

/** Nothing is touched. */
export const untouched: TouchSet = rangesOf([])

/** A mapping of a process in the course of a timeline. */
export interface Held {
  /** Which memory of that name: a region that is created anew is another one. */
  readonly generation: number
  /** As mmap() made it. */
  readonly mapping: Mapping
  /** Page index of its address. */
  readonly first: number
  /** What is still mapped of it, in pages from `first`. */
  readonly parts: Intervals
  /** What the process has entries for, in pages from `first`. */
  readonly content: TouchSet
  /** What it has touched in its life. */
  readonly claims: readonly Claim[]
  /** The memory behind it. */
  readonly backing: HeldBacking
  /** The parts that the kernel has prepared for pages of its own (anon_vma): fork() copies their tables. */
  readonly prepared: Intervals
}

/** What decides on the tables of a child, of the memory behind a mapping. */
export interface HeldBacking {
  /** Private memory, or a MAP_PRIVATE mapping. */
  readonly isOwn: boolean
  /** Base pages of a transparent huge page, where private memory is on such. */
  readonly hugePages?: number
}

/** Pages touched once, and the tables that are gone since. */
export interface Claim {
  /** Page index of the mapping's address. */
  readonly first: number
  readonly pages: number
  readonly touched: TouchSet
  /** By level, stretches of the address space in pages. */
  readonly freed: ReadonlyMap<LevelName, Intervals>
}

/** A mapping that was just made, of which its group touches so much. */
export function mapped(
  mapping: Mapping,
  generation: number,
  first: number,
  backing: HeldBacking,
): Held {
  const parts = [0, mapping.length]
  const empty = { generation, mapping, first, parts, content: untouched, claims: [], backing }
  return touching({ ...empty, prepared: [] }, mapping.touched)
}

/** What is mapped, in pages of the address space. */
export function extentOf({ first, parts }: Pick<Held, 'first' | 'parts'>): Intervals {
  return parts.map((page) => first + page)
}

/** The mapping after the process touched more of it. */
export function touching(held: Held, more: TouchSet): Held {
  const { length } = held.mapping
  const reached = isWhole(held) ? more : onlyIn(held, more)
  return {
    ...held,
    content: isNothing(held.content) ? reached : joined(held.content, reached, length),
    claims: claimsWith(held.claims, held, reached),
    prepared: union([held.prepared, preparedBy(held, reached)]),
  }
}

/**
 * anon_vma_prepare(): before a page is written that the process has to itself, and before a huge zero
 * page is mapped, do_huge_pmd_anonymous_page() in mm/huge_memory.c. The zero page of base pages, which
 * reading maps, needs none.
 */
function preparedBy(held: Held, touched: TouchSet): Intervals {
  const { backing, mapping, first, parts } = held
  if (!backing.isOwn || isNothing(touched)) return []
  const isTouched = ([from, to]: readonly [number, number]): boolean => {
    if (mapping.access === 'rw') return !isNothing(partOf(touched, from, to, mapping.length))
    const { hugePages } = backing
    if (hugePages === undefined) return false
    const access = { first, pages: mapping.length, touched, draws: 1, counts: 'whole' } as const
    const cover = { from: first + from, to: first + to }
    const { total } = spansTouched([{ ...access, cover }], hugePages, 'huge pages of a mapping')
    return total.expected > 0
  }
  return runsOf(parts).filter(isTouched).flat()
}

/** True where nothing of it is unmapped. */
export function isWhole({ parts, mapping }: Held): boolean {
  return parts.length === 2 && parts[0] === 0 && parts[1] === mapping.length
}

/** What is touched where there is nothing mapped any more is a SIGSEGV, not a table. */
function onlyIn({ parts, mapping }: Held, touched: TouchSet): TouchSet {
  let [left, end] = [touched, 0]
  for (const [from, to] of [...runsOf(parts), [mapping.length, mapping.length] as const]) {
    if (from > end) left = without(left, end, from, mapping.length)
    end = to
  }
  return left
}

/** One claim where the sets make one, and no table of the earlier one is gone. */
function claimsWith(
  claims: readonly Claim[],
  { first, mapping: { length } }: Pick<Held, 'first' | 'mapping'>,
  touched: TouchSet,
): readonly Claim[] {
  if (isNothing(touched)) return claims
  const fits = (claim: Claim): boolean =>
    claim.freed.size === 0 &&
    claim.first === first &&
    claim.pages === length &&
    joinExactly(claim.touched, touched, length)
  const at = claims.findIndex(fits)
  const known = claims[at]
  if (known === undefined) return [...claims, { first, pages: length, touched, freed: new Map() }]
  return claims.with(at, { ...known, touched: joined(known.touched, touched, length) })
}

/** The claims after the tables of some stretches, in pages of the address space, are gone. */
export function freeing(
  claims: readonly Claim[],
  gone: ReadonlyMap<LevelName, Intervals>,
): readonly Claim[] {
  const some = [...gone].filter(([, stretches]) => stretches.length > 0)
  if (some.length === 0) return claims
  return claims.map((claim) => {
    const freed = new Map(claim.freed)
    for (const [level, stretches] of some) {
      freed.set(level, union([freed.get(level) ?? [], stretches]))
    }
    return { ...claim, freed }
  })
}

/** The mapping without a part of it, in pages from its start; its claims stay. */
export function withoutPart(held: Held, from: number, to: number): Held {
  return {
    ...held,
    parts: rangesIn(held.parts, from, to),
    prepared: rangesIn(held.prepared, from, to),
    content: without(held.content, from, to, held.mapping.length),
  }
}

function rangesIn(parts: Intervals, from: number, to: number): Intervals {
  return runsOf(parts).flatMap(([start, end]) => {
    const pieces = [
      [start, Math.min(end, from)],
      [Math.max(start, to), end],
    ] as const
    return pieces.filter(([one, other]) => one < other).flat()
  })
}

/** The mappings of a workload that it is planned as: one for each part; claims are with the first. */
export function mappingsOf(
  held: Held,
  region: string,
  orphans: readonly Claim[],
): readonly Mapping[] {
  const { mapping, first, parts, content } = held
  const claims = [...held.claims, ...orphans]
  return runsOf(parts).map(([from, to], index): Mapping => {
    const part = {
      ...mapping,
      region,
      at: pages(first + from),
      movable: true as const,
      offset: pages(mapping.offset + from),
      length: pages(to - from),
      touched: partOf(content, from, to, mapping.length),
    }
    if (isWhole(held) && isPlain(held, claims)) return part
    return {
      ...part,
      history: index === 0 ? claims.map((claim) => formerOf(claim, first + from)) : [],
    }
  })
}

/** True where tables follow what is touched now. */
function isPlain({ content, first, mapping }: Held, claims: readonly Claim[]): boolean {
  const [only, another] = claims
  if (only === undefined) return isNothing(content)
  if (another !== undefined || only.freed.size > 0 || only.first !== first) return false
  return only.pages === mapping.length && isSame(only.touched, content)
}

function isSame(one: TouchSet, other: TouchSet): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function formerOf({ first, pages: length, touched, freed }: Claim, at: number): FormerTouch {
  const stretches: FreedTables = Object.fromEntries(
    [...freed].map(([level, runs]) => [
      level,
      runsOf(runs).map(([from, to]) => ({ from: from - at, to: to - at })),
    ]),
  )
  return { from: first - at, pages: length, touched, freed: stretches }
}
