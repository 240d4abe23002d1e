import type { Cause, CauseKind, Comparison, Part } from '../../plan/result/verify-result.ts'
import type { ByteUnit } from '../../units/format.ts'
import { exactBytes, formatBytes, formatCount } from '../../units/format.ts'
import { amounts, processCount } from '../text/amounts.ts'

type Words = (cause: Cause) => string

/** The cause of a part of a residual, and how far it can go. */
const words: Readonly<Record<CauseKind, Words>> = {
  chance: () => 'pages drawn at random, within what can happen',
  rounding: () =>
    'less than 1 KiB in each process: base tables are an average, VmPTE is in whole kB',
  'other-pages': ({ leastBytes, mostBytes }) =>
    `memory on other pages than planned (${formatBytes(leastBytes)} to ${formatBytes(mostBytes)})`,
  'own-tables': ({ leastBytes, mostBytes }) =>
    `private memory needs other tables than baseTables say (${formatBytes(leastBytes)} to ${formatBytes(mostBytes)})`,
  'empty-tables': ({ mostBytes }) =>
    `tables without touched pages, left by reclaim, MADV_DONTNEED or pages unknown to the scenario (${formatBytes(mostBytes)} at most, with all mapped pages touched)`,
  'small-pages': ({ mostBytes }) =>
    `base pages where the scenario has transparent huge pages (${formatBytes(mostBytes)} at most)`,
  short: ({ leastBytes }) =>
    `fewer pages were touched than the scenario says (${formatBytes(0 - leastBytes)} at most, with none touched)`,
  'unknown-levels': ({ leastBytes, mostBytes }) =>
    `levels that PageTables of this kernel counts differently from VmPTE, in tables of which only VmPTE is known (from ${formatBytes(leastBytes)} to ${formatBytes(mostBytes)})`,
  'not-captured': () =>
    'processes that were not measured, and tables of the kernel that PageTables counts',
  'kernel-tables': ({ mostBytes }) =>
    `may be page tables of the kernel itself, counted since Linux 6.16 (${formatBytes(mostBytes)} at most, with all memory mapped once)`,
  'not-measured': () => 'groups that are predicted, but were not measured',
  'shared-tables': () =>
    'tables that hugetlb links in processes whose mappings are not in the scenario',
}

/** Each cause with its part of the residual, then what is left. */
export function causeLines({ causes, unexplainedBytes }: Comparison): readonly string[] {
  const named = causes.map((cause) => `${signed(cause.bytes)}: ${words[cause.kind](cause)}`)
  return unexplainedBytes === 0 ? named : [...named, `${signed(unexplainedBytes)}: unexplained`]
}

/** An amount that says which way it goes; exact in the unit of those beside it, or where it is small. */
export function signed(bytes: number, unit?: ByteUnit): string {
  const sign = bytes > 0 ? '+' : ''
  if (unit !== undefined) return `${sign}${exactBytes(bytes, unit)}`
  return `${sign}${Math.abs(bytes) < 10_240 ? exactBytes(bytes) : formatBytes(bytes)}`
}

/** A part of a predicted PageTables. */
export function partWords(part: Part): string {
  switch (part.kind) {
    case 'groups':
      return `VmPTE of ${processCount(part.processes)} in groups, predicted`
    case 'elsewhere':
      return `VmPTE of ${processCount(part.processes)} elsewhere, measured`
    case 'level':
      return part.bytes > 0
        ? `${part.level} tables that are in no VmPTE`
        : `${part.level} tables that only VmPTE counts`
    case 'links': {
      const [once, all] = amounts(part.onceBytes, part.inVmPteBytes)
      return `${tables(part.tables)} linked by hugetlb: ${once}, not ${all}`
    }
    case 'mshare':
      return 'tables that exist once under mshare (proposed)'
  }
}

/** Why a sum of VmPTE can be larger than PageTables. */
export function linksSentence(parts: readonly Part[]): string {
  const links = parts.find((part) => part.kind === 'links')
  if (links === undefined) {
    return 'processes came or went between the two, or hugetlb links tables that are not planned.'
  }
  const [once, all] = amounts(links.onceBytes, links.inVmPteBytes)
  return `hugetlb links ${tables(links.tables)}, which the VmPTE of every process counts (${all} together) and PageTables once (${once}).`
}

function tables(count: number): string {
  return `${formatCount(count)} pmd ${count === 1 ? 'table' : 'tables'}`
}
