import type { SpaceFault } from './fault.ts'
import type { HeaderLine } from './header-line.ts'
import { endOfLine, textOf } from './header-line.ts'
import type { MappingCounts } from './mapping.ts'
import { frameKib } from './mapping.ts'

/**
 * What is read of every mapping; behind it what is of interest where a private mapping has memory of
 * its own, and what is where `status` does not say it; last what is read of shared memory
 * and huge pages only.
 */
export const keys = [
  'KernelPageSize',
  'Rss',
  'Anonymous',
  'Pss',
  'Swap',
  'ShmemPmdMapped',
  'FilePmdMapped',
  'Shared_Hugetlb',
  'Private_Hugetlb',
] as const
/** Indices of the keys. */
export const pageSize = 0
export const rss = 1
export const anonymous = 2
export const pss = 3
const [swap, shmemPmd, filePmd] = [4, 5, 6] as const
export const sharedHuge = 7
export const privateHuge = 8
const ofAll = 3
/** The number of keys that are read where a private mapping has memory of its own, from the first on. */
export const ofOwnMemory = 4
const withoutStatus = 5
/** Larger than any base page, in KiB. */
export const hugeKib = 256

/** The fields of the mapping at hand, and where they stood in the one before. */
export interface FieldBlock {
  /** By the index of their key; 0 where it is missing. */
  readonly values: Float64Array
  /** The number of keys that are read of every mapping, from the first. */
  readonly least: number
  /** Distance of each field from the end of the first line; −1: it is missing. */
  places: Int32Array | undefined
  flagsPlace: number
  /** Behind `VmFlags:`; −1 where they are missing. */
  flagsAt: number
  /** The kernel prints Pss. */
  hasPss: boolean
  /** It prints what a mapping has of hugetlb. */
  hasHugetlb: boolean
  next: number
  /** Lines behind the first: of a faulty mapping those before the fault. */
  lines: number
  /** Where each of them began, as far from the end of the first line, in a mapping laid out as `places` say. */
  lineStarts: readonly number[]
  fault: SpaceFault | undefined
  /** Where the line begins that is faulty; −1 where all of the mapping is. */
  faultAt: number
}

/** @param withSwap whether Swap of private memory is read. */
export function emptyBlock(withSwap: boolean): FieldBlock {
  return {
    values: new Float64Array(keys.length),
    least: withSwap ? withoutStatus : ofAll,
    places: undefined,
    flagsPlace: 0,
    flagsAt: -1,
    hasPss: false,
    hasHugetlb: false,
    next: 0,
    lines: 0,
    lineStarts: [],
    fault: undefined,
    faultAt: -1,
  }
}

/** KernelPageSize, in KiB. */
export function pageKib({ values }: FieldBlock): number {
  return values[pageSize] ?? 0
}

/** Pages that are there, or swapped out where that is read. */
export function presentKib({ values, least }: FieldBlock): number {
  return (values[rss] ?? 0) + (least > ofAll ? (values[swap] ?? 0) : 0)
}

/** Memory of its own that the process has in common with others since fork(): in the Rss of each, in Pss once. */
export function copiedKib({ values, hasPss }: FieldBlock): number {
  const own = values[anonymous] ?? 0
  return own === 0 || !hasPss ? 0 : Math.max(0, own - (values[pss] ?? 0))
}

export function anonymousKib({ values }: FieldBlock): number {
  return values[anonymous] ?? 0
}

export function swapKib({ values }: FieldBlock): number {
  return values[swap] ?? 0
}

/** Values of a mapping that no kernel prints. */
export function impossibleIn(block: FieldBlock, header: HeaderLine): SpaceFault | undefined {
  const { values } = block
  if (!isPageSize(values[pageSize] ?? 0)) return { kind: 'unknown-page-size' }
  const present = values[rss] ?? 0
  if (present > (header.end - header.start) * frameKib) {
    return { kind: 'rss-above-mapping' }
  }
  if ((values[anonymous] ?? 0) > present) return { kind: 'anonymous-above-rss' }
  // Other mappings are read without these fields.
  const isRare = header.shared || (values[pageSize] ?? 0) >= hugeKib
  return isRare ? impossibleHuge(block, header) : undefined
}

function impossibleHuge(
  { values }: FieldBlock,
  { start, end }: HeaderLine,
): SpaceFault | undefined {
  const mapped = (values[shmemPmd] ?? 0) + (values[filePmd] ?? 0)
  if (mapped > (values[rss] ?? 0)) return { kind: 'huge-above-rss' }
  const hugetlb = (values[sharedHuge] ?? 0) + (values[privateHuge] ?? 0)
  const isWithin = hugetlb <= (end - start) * frameKib
  return isWithin ? undefined : { kind: 'hugetlb-above-mapping' }
}

/** Powers of two in KiB, from 4 to the 16 GiB of ppc64. */
function isPageSize(kibytes: number): boolean {
  return (
    kibytes === 4 || (kibytes > 4 && kibytes <= 2 ** 24 && Number.isInteger(Math.log2(kibytes)))
  )
}

/** The counts that are kept for a mapping of an object. */
export function countsOf(
  bytes: Uint8Array,
  { values, flagsAt, hasHugetlb }: FieldBlock,
): MappingCounts {
  const flags =
    flagsAt < 0 ? [] : textOf(bytes, flagsAt, endOfLine(bytes, flagsAt)).trim().split(' ')
  const value = (index: number): number => values[index] ?? 0
  const isHugetlb = flags.includes('ht')
  const isHuge = isHugetlb || value(pageSize) >= hugeKib
  const hugetlb = value(sharedHuge) + value(privateHuge)
  return {
    page: value(pageSize),
    rss: value(rss),
    swap: value(swap),
    pss: Math.min(value(pss), value(rss)),
    pmdMapped: value(shmemPmd) + value(filePmd),
    ...(isHuge && !hasHugetlb ? {} : { hugetlb }),
    locked: flags.includes('lo'),
    isHugetlb,
    mixed: flags.includes('mm'),
    device: flags.includes('io') || flags.includes('pf'),
  }
}
