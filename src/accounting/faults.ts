import type { Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'
import type { Access, Piece } from '../space/access.ts'
import { isDrawn } from '../space/random-draw.ts'
import { spansTouched } from '../space/spans.ts'
import { within53Bits } from '../units/quantity.ts'
import { sumBy } from '../units/sum.ts'
import type { Arrangement, PlacedMapping, SharedTables } from './arrangement.ts'
import { inProcess, inRegion, membersIn } from './arrangement.ts'
import { linkedReach, ownLeaves, sharedLeaves } from './filled-leaves.ts'
import { leafPages } from './leaf-pages.ts'

/** Page faults, mmap calls and VMAs of the planned mappings; faults are unrounded expectations. */
export interface Work {
  /** Faults that fill an entry. */
  readonly populate: number
  /** Faults that link shared tables into a process: one for each unit of address space touched. */
  readonly link: number
  readonly mmapCalls: number
  readonly vmas: number
}

/** fault_around_bytes, 64 KiB unless changed in debugfs: mm/memory.c. */
const faultAroundBytes = 65536

/** Counts what the processes of an arrangement do to get at their memory. */
export function workOf(layout: Layout, arrangement: Arrangement): Work {
  let [populate, link, mmapCalls, vmas] = [0, 0, 0, 0]
  for (const { processes, draws, mappings } of arrangement.spaces) {
    for (const mapping of mappings) {
      populate += processes * ownPopulate(layout, mapping, draws)
      mmapCalls += processes * mapping.objects
      vmas += processes * mapping.objects
    }
    const windows = mappings.filter(({ paging }) => paging.kind === 'window')
    const unit = levelOf(layout, 'pud')?.reach ?? 1
    link += processes * spansOf(windows, draws, unit, 'all')
  }
  for (const shared of arrangement.shared) {
    const copies = shared.copies ?? 1
    populate +=
      copies *
      (shared.kind === 'mshare'
        ? msharePopulate(layout, arrangement, shared)
        : linkedPopulate(layout, arrangement, shared))
    mmapCalls += copies * shared.onceCalls
    vmas += copies * shared.onceVmas
  }
  return {
    populate: within53Bits(populate, 'populate faults'),
    link: within53Bits(link, 'link faults'),
    mmapCalls: within53Bits(mmapCalls, 'mmap calls'),
    vmas: within53Bits(vmas, 'VMAs'),
  }
}

function spansOf(
  mappings: readonly PlacedMapping[],
  draws: number,
  reach: number,
  counts: Access['counts'],
): number {
  const accesses = mappings.map((mapping) => inProcess(mapping, draws, counts))
  return accesses.length === 0 ? 0 : spansTouched(accesses, reach, 'link faults').total.expected
}

function ownPopulate(layout: Layout, mapping: PlacedMapping, draws: number): number {
  if (mapping.faultAround && mapping.access === 'ro') {
    return populateOf(layout, mapping.paging, [inProcess(mapping, draws)], true)
  }
  return ownLeaves(layout, mapping, draws, 'populate faults')
}

/**
 * hugetlb with shared pmd tables: each huge page is filled once, and a process that comes to a
 * table which others have filled takes one fault to link it (huge_pmd_share() in mm/hugetlb.c).
 */
function linkedPopulate(layout: Layout, { spaces }: Arrangement, shared: SharedTables): number {
  const reach = linkedReach(layout, shared.paging)
  const tables = spansTouched(membersIn(shared, spaces), reach, 'populate faults').total.expected
  const visits = sumBy(shared.members, ({ space, mapping }) => {
    const { processes = 0, draws = 1 } = spaces[space] ?? {}
    return (processes / (shared.copies ?? 1)) * spansOf([mapping], draws, reach, 'whole')
  })
  return sharedLeaves(layout, shared, spaces, 'populate faults') + visits - tables
}

function populateOf(
  layout: Layout,
  paging: SharedTables['paging'],
  accesses: readonly Access[],
  around: boolean,
): number {
  if (!around) return leafPages(layout, paging, accesses, 'populate faults')
  return spansTouched(accesses, blockPages(layout), 'populate faults').total.expected
}

function blockPages(layout: Layout): number {
  return Math.max(1, faultAroundBytes / layout.pageBytes)
}

/**
 * Under shared tables a page is populated once: by writers page by page; readers then still take a
 * fault for each 64 KiB block in which they touch a page that no writer does. Where a writer draws
 * at random, or strides through more than 100,000 pages, its pages are not taken off the readers'
 * blocks: the count is then a bound.
 */
function msharePopulate(layout: Layout, { spaces }: Arrangement, shared: SharedTables): number {
  const { paging, members } = shared
  const reads = (access: 'rw' | 'ro'): boolean => shared.faultAround && access === 'ro'
  const accessesOf = (around: boolean): Access[] =>
    members
      .filter(({ mapping }) => reads(mapping.access) === around)
      .map((member) => inRegion(member, spaces, shared.first))
  const writers = accessesOf(false)
  const readers = accessesOf(true).flatMap((reader) => withoutWritten(reader, writers))
  return populateOf(layout, paging, writers, false) + populateOf(layout, paging, readers, true)
}

/** The ranges that a reader touches and no writer fills. */
function withoutWritten(reader: Access, writers: readonly Access[]): readonly Access[] {
  if (writers.some((writer) => isSameSet(reader, writer))) return []
  const written = writers.flatMap(writtenBy).sort((a, b) => a.from - b.from)
  const pieces: Access[] = []
  let from = reader.first
  const end = reader.first + reader.pages
  for (const hole of written) {
    if (hole.from > from) pieces.push({ ...reader, within: { from, to: Math.min(end, hole.from) } })
    from = Math.max(from, hole.to)
  }
  pieces.push({ ...reader, within: { from, to: end } })
  return pieces.filter(({ within }) => within !== undefined && within.from < within.to)
}

const mostStrides = 100_000

/** Pages that a writer certainly writes, as pieces of the axis. */
function writtenBy({ first, pages, touched }: Access): readonly Piece[] {
  switch (touched.kind) {
    case 'ranges':
      return touched.ranges.map((range) => {
        const from = first + range.first
        return { from, to: from + range.length }
      })
    case 'every': {
      const strides = Math.ceil(pages / touched.stride)
      if (strides > mostStrides) return []
      return Array.from({ length: strides }, (_, i) => {
        const from = first + i * touched.stride
        return { from, to: from + 1 }
      })
    }
    case 'random':
    case 'clusters':
    case 'zipf':
      return []
  }
}

function isSameSet(a: Access, b: Access): boolean {
  const { touched } = a
  if (isDrawn(touched) || touched.kind !== b.touched.kind) return false
  return (
    a.first === b.first &&
    a.pages === b.pages &&
    JSON.stringify(touched) === JSON.stringify(b.touched)
  )
}
