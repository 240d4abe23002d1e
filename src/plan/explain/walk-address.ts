import type { AddressSpace, PlacedMapping, SharedTables } from '../../accounting/arrangement.ts'
import { inProcess, inRegion } from '../../accounting/arrangement.ts'
import { isInVmPte } from '../../accounting/counters.ts'
import { linksAt, needAt, pagesPerLeaf } from '../../accounting/paging.ts'
import type { Layout, Level, LevelName } from '../../geometry/layout.ts'
import type { Access, Piece } from '../../space/access.ts'
import { spansTouched } from '../../space/spans.ts'
import { parseByteAddress, writeAddress } from '../../units/address.ts'
import type { Workings } from '../plan.ts'
import type { AddressFault, AddressWalk, WalkedLeaf, WalkedLevel } from '../result/explanation.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import { identityOf } from '../strategy/strategy-result.ts'

/** What is asked: a byte of the address space of each process of a group. */
export interface WalkRequest {
  readonly address: string
  /** Absent: the only group. */
  readonly group?: string
  /** Absent: as-described. */
  readonly strategy?: string
}

export type Walk =
  | { readonly ok: true; readonly walk: AddressWalk }
  | { readonly ok: false; readonly fault: AddressFault }

/**
 * Walks one address level by level, as the hardware does: which entry of which table, whose table it
 * is, and which counters have it. The tables of the program itself (baseTables) have no addresses.
 */
export function walkAddress({ workload, planned, result }: Workings, request: WalkRequest): Walk {
  const { strategy = 'as-described' } = request
  const found = planned.find((one) => one.result.id === strategy)
  if (found === undefined) {
    const isRefused = result.strategies.some(({ id }) => id === strategy)
    const strategies = planned.map((one) => one.result.id)
    return failed(isRefused ? { kind: 'refused' } : { kind: 'no-strategy', strategies })
  }
  const groups = workload.groups.map(({ name }) => name)
  const index = request.group === undefined ? 0 : groups.indexOf(request.group)
  if (index < 0 || (request.group === undefined && groups.length !== 1)) {
    return failed({ kind: 'no-group', groups: [...new Set(groups)] })
  }
  const page = pageOf(request.address, workload.host.layout)
  if ('kind' in page) return failed(page)
  const space = found.arranged.arrangement.spaces[index]
  const mapping = space?.mappings.find((one) => holds(pieceOf(one), page.page))
  if (space === undefined || mapping === undefined) return failed(holeAt(found, index, page.page))
  const place: Place = { found, index, space, mapping, ...page }
  return { ok: true, walk: walkOf(place, request.address, result.scenario) }
}

function failed(fault: AddressFault): Walk {
  return { ok: false, fault }
}

/** Where the walk is. */
interface Place {
  readonly found: Planned
  /** Of the group. */
  readonly index: number
  readonly space: AddressSpace
  readonly mapping: PlacedMapping
  readonly page: number
  /** Byte in the page. */
  readonly byte: number
}

function pageOf(
  text: string,
  layout: Layout,
): { readonly page: number; readonly byte: number } | AddressFault {
  const address = parseByteAddress(text)
  if (typeof address === 'string') return { kind: address }
  const size = BigInt(layout.pageBytes)
  const end = BigInt(layout.userPages) * size
  if (address < end) return { page: Number(address / size), byte: Number(address % size) }
  // The last page of the lower half may be none of a process (x86-64: TASK_SIZE_MAX), that of the kernel's is.
  const half = 2n ** BigInt((end - 1n).toString(2).length)
  const isUpper = address >= 2n ** 64n - half
  return { kind: isUpper ? 'kernel' : 'beyond', end: `0x${end.toString(16)}` }
}

function pieceOf({ first, pages, within }: PlacedMapping): Piece {
  return within ?? { from: first, to: first + pages }
}

function holds({ from, to }: Piece, page: number): boolean {
  return from <= page && page < to
}

function holeAt({ arranged }: Planned, index: number, page: number): AddressFault {
  const { workload, arrangement } = arranged
  const { pageBytes } = workload.host.layout
  const mappings = arrangement.spaces[index]?.mappings ?? []
  const region = (one: PlacedMapping): string => workload.regions[one.region]?.name ?? ''
  const below = mappings.filter((one) => pieceOf(one).to <= page)
  const above = mappings.filter((one) => pieceOf(one).from > page)
  const [last] = below.toSorted((a, b) => pieceOf(b).to - pieceOf(a).to)
  const [next] = above.toSorted((a, b) => pieceOf(a).from - pieceOf(b).from)
  return {
    kind: 'hole',
    ...(last === undefined
      ? {}
      : { below: { region: region(last), end: writeAddress(pieceOf(last).to, pageBytes) } }),
    ...(next === undefined
      ? {}
      : { above: { region: region(next), start: writeAddress(pieceOf(next).from, pageBytes) } }),
  }
}

function walkOf(place: Place, address: string, scenario: AddressWalk['scenario']): AddressWalk {
  const { found, index, space, mapping, page, byte } = place
  const { workload } = found.arranged
  const { layout } = workload.host
  const group = workload.groups[index]
  const map = group?.maps[mapping.map]
  const leaf = leafOf(place)
  const levels = layout.levels.filter((level) => hasLevel(layout, level, space))
  const passed = levels.slice(levels.findIndex(({ name }) => name === leaf.level)).toReversed()
  const names = new Set<LevelName>(levels.map(({ name }) => name))
  return {
    schema: 'mshare-plan/address/1',
    scenario,
    strategy: { ...identityOf(found.named), status: found.result.status },
    layout: layout.id,
    group: group?.name ?? '',
    processes: space.processes,
    address: address.trim().toLowerCase(),
    mapping: {
      region: workload.regions[mapping.region]?.name ?? '',
      map: mapping.map,
      start: writeAddress(mapping.first, layout.pageBytes),
      end: writeAddress(mapping.first + mapping.pages, layout.pageBytes),
      placed: map?.at === undefined || mapping.first !== map.at ? 'assumed' : 'given',
      access: mapping.access,
      private: map?.private ?? false,
      offsetBytes: (page - mapping.first + mapping.offset) * layout.pageBytes + byte,
    },
    levels: passed.map((level) => levelOf(place, level)),
    folded: (['p4d', 'pud', 'pmd'] as const).filter((name) => !names.has(name)),
    leaf,
  }
}

/** Some levels a process has only where it maps enough. */
function hasLevel(layout: Layout, { name }: Level, { mappings }: AddressSpace): boolean {
  const growth = layout.grows.find(({ level }) => level === name)
  return growth === undefined || mappings.some(({ first, pages }) => first + pages > growth.above)
}

function levelOf(place: Place, level: Level): WalkedLevel {
  const { found, index, mapping, page } = place
  const { workload } = found.arranged
  const { layout, kernel, pti } = workload.host
  const start = Math.floor(page / level.reach) * level.reach
  const span = { from: start, to: start + level.reach }
  const shared = sharedAt(place, level, span)
  const table = shared === undefined ? 'own' : shared.kind
  const isCounted = layout.allocation(level, { kernel, pti }).countedBytes > 0
  const isInProcess = isInVmPte(level.name) && table !== 'mshare'
  return {
    level: level.name,
    index: Math.floor(page / (level.reach / level.entries)) % level.entries,
    entries: level.entries,
    start: writeAddress(span.from, layout.pageBytes),
    end: writeAddress(span.to, layout.pageBytes),
    table,
    existsProbability:
      shared === undefined ? existing(place, level, span) : used(place, shared, level, span),
    sharedBy: shared === undefined ? [] : sharersOf(found, shared, mapping, span, index),
    counters: [
      ...(isInProcess ? (['VmPTE'] as const) : []),
      ...(isCounted ? (['PageTables'] as const) : []),
    ],
  }
}

/** The tables that exist once and have the one that the walk passes; `undefined`: it is the process's. */
function sharedAt({ found, mapping }: Place, level: Level, span: Piece): SharedTables | undefined {
  const { arrangement, workload } = found.arranged
  const { paging, region } = mapping
  const all = arrangement.shared.filter((one) => one.region === region)
  if (paging.kind === 'window') {
    const isOwn = needAt(workload.host.layout, paging, level.name) !== 'none'
    return isOwn ? undefined : all.find(({ kind }) => kind === 'mshare')
  }
  if (!linksAt(paging, level.name) || !covers(mapping, span)) return undefined
  return all.find(({ kind }) => kind === 'linked')
}

/** hugetlb shares a table only where the mapping covers all that it maps, with whole huge pages. */
function covers(mapping: PlacedMapping, { from, to }: Piece): boolean {
  const piece = pieceOf(mapping)
  const size = mapping.paging.kind === 'huge' ? mapping.paging.pages : 1
  const end = piece.from + Math.ceil((piece.to - piece.from) / size) * size
  return piece.from <= from && to <= end
}

/** Members whose mapping has the same part of the region. */
function sharersOf(
  { arranged: { workload, arrangement } }: Planned,
  shared: SharedTables,
  mapping: PlacedMapping,
  span: Piece,
  own: number,
): WalkedLevel['sharedBy'] {
  const shift = mapping.offset - mapping.first
  const part = { from: span.from + shift, to: span.to + shift }
  const seen = new Set<number>()
  return shared.members.flatMap(({ space, mapping: other }) => {
    const from = part.from + other.first - other.offset
    const isIn =
      shared.kind === 'linked'
        ? covers(other, { from, to: from + span.to - span.from })
        : overlaps(pieceOf(other), { from, to: from + span.to - span.from })
    if (seen.has(space) || !(isIn || space === own)) return []
    seen.add(space)
    const { processes = 0 } = arrangement.spaces[space] ?? {}
    return [{ group: workload.groups[space]?.name ?? '', processes }]
  })
}

function overlaps(one: Piece, other: Piece): boolean {
  return one.from < other.to && other.from < one.to
}

/** Probability that a table of the process exists: something that it maps is touched. */
function existing({ found, space }: Place, level: Level, span: Piece): number {
  const { layout } = found.arranged.workload.host
  if (level.name === 'pgd') return 1
  const accesses = space.mappings.flatMap((mapping): readonly Access[] => {
    const need = needAt(layout, mapping.paging, level.name)
    const piece = pieceOf(mapping)
    if (need === 'none' || !overlaps(piece, span)) return []
    const access = inProcess(mapping, space.draws, need)
    return [{ ...access, within: cut(piece, span), cover: access.cover ?? piece }]
  })
  return probability(accesses, level.reach)
}

/** The same for a table that exists once: any of the processes touches what it maps. */
function used({ found, mapping }: Place, shared: SharedTables, level: Level, span: Piece): number {
  const { spaces } = found.arranged.arrangement
  const origin = mapping.first - mapping.offset
  const accesses = shared.members.flatMap((member): readonly Access[] => {
    const access = inRegion(member, spaces, origin)
    const piece = access.within ?? { from: access.first, to: access.first + access.pages }
    return overlaps(piece, span) ? [{ ...access, within: cut(piece, span) }] : []
  })
  return probability(accesses, level.reach)
}

function cut(piece: Piece, span: Piece): Piece {
  return { from: Math.max(piece.from, span.from), to: Math.min(piece.to, span.to) }
}

function probability(accesses: readonly Access[], reach: number): number {
  if (accesses.length === 0) return 0
  return Math.min(1, spansTouched(accesses, reach, 'tables on the walk').total.expected)
}

function leafOf({ found, space, mapping, page }: Place): WalkedLeaf {
  const { workload, arrangement } = found.arranged
  const { layout } = workload.host
  const shared = arrangement.shared.find(
    (one) => one.kind === 'mshare' && one.region === mapping.region,
  )
  const paging =
    mapping.paging.kind === 'window' && shared !== undefined ? shared.paging : mapping.paging
  const touchedProbability = probability(
    [{ ...inProcess(mapping, space.draws), within: { from: page, to: page + 1 } }],
    1,
  )
  const size = pagesPerLeaf(layout, paging)
  const start = Math.floor(page / size) * size
  const piece = pieceOf(mapping)
  const isWhole = paging.kind === 'huge' || (piece.from <= start && start + size <= piece.to)
  const isHuge = (paging.kind === 'huge' || paging.kind === 'partly-huge') && isWhole
  const base = layout.levels[0]?.name ?? 'pte'
  const thp = workload.regions[mapping.region]?.thp === true && paging.kind === 'base'
  return {
    level: isHuge ? paging.leaf : base,
    pageBytes: (isHuge ? size : 1) * layout.pageBytes,
    pageStart: writeAddress(isHuge ? start : page, layout.pageBytes),
    kind: kindOf(isHuge, paging.kind === 'huge', thp),
    touchedProbability,
  }
}

function kindOf(isHuge: boolean, isHugetlb: boolean, isDeposit: boolean): WalkedLeaf['kind'] {
  if (isHuge) return isHugetlb ? 'hugetlb' : 'transparent'
  return isDeposit ? 'deposit' : 'base'
}
