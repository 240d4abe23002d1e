import type { Level } from '../geometry/layout.ts'
import type { KernelVersion } from '../units/kernel-version.ts'
import { isAtLeast } from '../units/kernel-version.ts'
import type { Bytes } from '../units/quantity.ts'
import { bytes } from '../units/quantity.ts'
import { sum } from '../units/sum.ts'
import type { Group } from './group.ts'
import type { Host } from './host.ts'

/** The parts of `baseTables` where a scenario does not give them, in bytes. */
export interface BaseTables {
  /** Program, libraries, heap and stack of a process without further memory. */
  readonly assumed: Bytes
  /** Tables of private memory on base pages, where it lies in one piece. */
  readonly ofPrivate: Bytes
  /** Tables of the stacks of all threads but the first. */
  readonly ofStacks: Bytes
}

/** The properties that decide on the tables of a process. */
export type Owner = Pick<Group, 'private' | 'threads'>

/** Page tables of one process whose `baseTables` are not given. */
export function baseTablesOf(
  host: Host,
  { private: own, threads }: Owner,
  assumed: Bytes,
): BaseTables {
  return { assumed, ofPrivate: tablesOfPrivate(host, own), ofStacks: tablesOfStacks(host, threads) }
}

export function sumOfBaseTables({ assumed, ofPrivate, ofStacks }: BaseTables): Bytes {
  return bytes(assumed + ofPrivate + ofStacks, 'base tables')
}

/** The group with other private memory in each process: `baseTables` that are derived follow it. */
export function withTablesOf(host: Host, group: Group, own: Bytes): Group {
  if (group.assumedTables === undefined) return group
  const owner = { private: own, threads: group.threads }
  const baseTables = sumOfBaseTables(baseTablesOf(host, owner, group.assumedTables))
  return { ...group, baseTables }
}

/** The least VmPTE of a process whose own memory is `own`. */
export function leastTables({ layout }: Host, own: Bytes): Bytes {
  const ofEach = processLevels(layout.levels).map(
    ({ reach, tableBytes }) => Math.ceil(own / layout.pageBytes / reach) * tableBytes,
  )
  return bytes(sum(ofEach), 'page tables of private memory')
}

/** Levels whose tables VmPTE counts: mm_pgtables_bytes() in include/linux/mm.h. */
function processLevels(levels: readonly Level[]): readonly Level[] {
  return levels.filter(({ name }) => name === 'pte' || name === 'pmd' || name === 'pud')
}

/**
 * ⌈memory / reach⌉ tables at each level. Above the pte level the first is among those of the program:
 * its heap lies behind it.
 */
function tablesOfPrivate(host: Host, own: Bytes): Bytes {
  const { layout } = host
  const sizes = processLevels(layout.levels).map((level) => {
    const spans = Math.ceil(own / layout.pageBytes / level.reach)
    const there = level.name === 'pte' ? 0 : 1
    return Math.max(0, spans - there) * tableMemory(host, level)
  })
  return bytes(sum(sizes), 'page tables of private memory')
}

/** Memory of one table among many: where several share an allocation, its part of it. */
function tableMemory({ layout, kernel, pti }: Host, level: Level): number {
  const { chunkBytes, tablesPerChunk } = layout.allocation(level, { kernel, pti })
  return chunkBytes / tablesPerChunk
}

/** RLIMIT_STACK on most machines, and so the stack of a thread: _STK_LIM in include/uapi/linux/resource.h. */
const stackBytes = 8 * 2 ** 20

/**
 * Since Linux 6.13 (mm: add MADV_GUARD_INSTALL) glibc 2.42 guards a stack by an entry of a pte table
 * at its bottom; before, by mprotect() of pages that no table has. Its top is touched in any case.
 */
const guardEntries: KernelVersion = { major: 6, minor: 13 }

/** pte tables that one stack needs, where a table spans no more than a part of it. */
export function tablesPerStack(kernel: KernelVersion): number {
  return isAtLeast(kernel, guardEntries) ? 2 : 1
}

/** Stacks lie one after another, so that tables which span several are shared by them. */
function tablesOfStacks(host: Host, threads: number): Bytes {
  const { layout, kernel } = host
  const [pte] = layout.levels
  if (pte === undefined) return bytes(0)
  const stacks = threads - 1
  const spans = Math.ceil((stacks * stackBytes) / layout.pageBytes / pte.reach)
  const tables = Math.min(stacks * tablesPerStack(kernel), spans)
  return bytes(tables * tableMemory(host, pte), 'page tables of stacks')
}
