import { readdirSync, readFileSync } from 'node:fs'
import { findLayout } from '../../src/geometry/catalogue.ts'
import type { Layout } from '../../src/geometry/layout.ts'
import type { TouchSet } from '../../src/space/touch-set.ts'
import { pages } from '../../src/units/quantity.ts'
import type { HostParts, MappingParts, RegionParts, WorkloadParts } from '../build.ts'
import { fiveLevels, x8664 } from '../build.ts'

const folder = new URL('./recorded/', import.meta.url)

/** One kernel's answers. */
export interface Run {
  readonly kernelRun: string
  readonly pageBytes: number
  readonly notes: readonly string[]
  readonly cases: readonly RecordedCase[]
}

export interface RecordedCase {
  readonly id: string
  readonly mappings: readonly RecordedMapping[]
  readonly measured?: { readonly vmPteKB: number; readonly pageTablesKB: number }
  readonly workerBaseVmPteKB?: number
  readonly measuredAcrossProcesses?: readonly {
    readonly processes: number
    readonly sumVmPteKB: number
    readonly pageTablesKB: number
  }[]
}

interface RecordedMapping {
  readonly name: string
  readonly backing: string
  readonly shared: boolean
  readonly address: string
  readonly bytes: number
  readonly hugePages?: 'default' | '1 GiB'
  readonly thp?: boolean
  readonly touched: readonly RecordedTouch[]
}

interface RecordedTouch {
  readonly firstByte?: number
  readonly pages: number
  readonly kind: 'all' | 'every' | 'list' | 'random'
  readonly stride?: number
  readonly first?: number
  readonly list?: readonly number[]
  readonly count?: number
}

/** Reads one recorded file; one that is absent or holds no case is no answer. */
export function readRecorded(name: string): { readonly cases: readonly unknown[] } {
  const file: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
  if (typeof file !== 'object' || file === null || !('cases' in file)) throw new Error(name)
  if (!Array.isArray(file.cases) || file.cases.length === 0) throw new Error(`${name}: no case`)
  return { ...file, cases: file.cases }
}

export function readRun(name: string): Run {
  return readRecorded(name) as Run
}

/** Names of all recorded files. */
export function recordedNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
}

/** The machines that answered. */
export const machines: Readonly<Record<string, HostParts>> = {
  'vm-arm64-6.1-4k-48': on('arm64-4k-48', 1),
  'vm-arm64-6.12-4k-a72': on('arm64-4k-48', 12),
  'vm-arm64-6.12-4k-52-lpa2': on('arm64-4k-52', 12),
  'vm-arm64-6.12-16k-a76': on('arm64-16k-47', 12),
  'vm-arm64-6.12-16k-max': on('arm64-16k-52', 12),
  'vm-ppc64le-6.1-64k-radix': on('ppc64-radix-64k', 1),
  'vm-s390x-6.1': on('s390x', 1),
  single: { kernel: { major: 6, minor: 18 } },
  'vm-x86-6.1': { kernel: { major: 6, minor: 1 } },
  'vm-x86-6.1-pti': { kernel: { major: 6, minor: 1 }, pti: true },
  'vm-x86-6.12-4l': { kernel: { major: 6, minor: 12 } },
  'vm-x86-6.12-5l': { kernel: { major: 6, minor: 12 }, layout: fiveLevels },
  'vm-x86-6.12-pti': { kernel: { major: 6, minor: 12 }, pti: true },
}

/** A kernel 6.x of that minor on a layout. */
function on(id: string, minor: number): HostParts {
  const layout = findLayout(id)
  if (layout === undefined) throw new Error(`no layout ${id}`)
  return { layout, kernel: { major: 6, minor } }
}

/** How the recorder's words for memory are those of a scenario. */
const backings: Readonly<Record<string, RegionParts['backing']>> = {
  anonymous: 'anonymous',
  'anonymous-shared': 'anonymous-shared',
  'posix-shm': 'posix-shm',
  'sysv-shm': 'sysv-shm',
  memfd: 'memfd',
  'tmpfs-huge': 'memfd',
  hugetlbfs: 'hugetlbfs',
}

/** A recorded case as a workload: the same mappings, touched alike, in so many processes. */
export function asWorkload(
  { mappings, workerBaseVmPteKB }: RecordedCase,
  host: HostParts,
  processes = 1,
): WorkloadParts {
  const layout = host.layout ?? x8664
  const maps = mappings.map((mapping) => mapOf(mapping, layout))
  return {
    host,
    regions: Object.fromEntries(
      mappings.map((mapping) => [mapping.name, regionOf(mapping, layout)]),
    ),
    groups: { workers: { processes, baseTables: (workerBaseVmPteKB ?? 0) * 1024, maps } },
    strategies: ['as-described'],
  }
}

/**
 * The process before it maps anything: what the program itself has touched, and nothing else. Its
 * tables take part in what later ones are allocated beside (ppc64 fragments, s390x halves of a
 * page), so it is mapped here in full.
 */
export function withProgram(parts: WorkloadParts, program: Program | undefined): WorkloadParts {
  if (program === undefined) return parts
  const { at, bytes } = program
  const groups = Object.entries(parts.groups ?? {}).map(([name, group]) => {
    const maps = [{ region: 'program', at }, ...(group.maps ?? [])]
    return [name, { ...group, maps }] as const
  })
  const region = { size: bytes, backing: 'anonymous' as const }
  return {
    ...parts,
    regions: { program: region, ...parts.regions },
    groups: Object.fromEntries(groups),
  }
}

/** Memory that the recording program had touched before: enough of it to own the same tables. */
export interface Program {
  readonly at: number
  readonly bytes: number
}

/** The same workload with none of its mappings made. */
export function beforeMapping(parts: WorkloadParts): WorkloadParts {
  const groups = Object.entries(parts.groups ?? {}).map(
    ([name, group]) => [name, { ...group, maps: [] }] as const,
  )
  return { ...parts, groups: Object.fromEntries(groups) }
}

function regionOf(
  { name, backing, bytes, hugePages, thp }: RecordedMapping,
  layout: Layout,
): RegionParts {
  const known = backings[backing]
  if (known === undefined) throw new Error(`${name}: backing ${backing}`)
  if (hugePages === '1 GiB') throw new Error(`${name}: 1 GiB pages`)
  return {
    size: bytes,
    backing: known,
    // The emulated s390x had no huge pages: where THP was asked for, it used base pages.
    thp: (thp ?? false) && layout.architecture !== 's390x',
    ...(hugePages === 'default' ? { pageBytes: defaultHugePage(layout) } : {}),
  }
}

/** The huge page that one pmd entry maps. */
function defaultHugePage({ hugePages, levels }: Layout): number {
  const huge = hugePages.find((page) => page.leaf === 'pmd' && page.pages === levels[0]?.reach)
  if (huge === undefined) throw new Error('no huge page of one pmd entry')
  return huge.bytes
}

function mapOf(
  { name, address, shared, backing, touched, bytes }: RecordedMapping,
  layout: Layout,
): MappingParts {
  const [touch, more] = touched
  if (more !== undefined) throw new Error(`${name}: touched more than once`)
  return {
    region: name,
    at: Number(BigInt(address)),
    private: !shared && backing !== 'anonymous',
    touched: touch === undefined ? rangesOf([]) : touchSetOf(touch, bytes, layout),
  }
}

/** Pages that the program touched, as the recorder listed them. */
function touchSetOf(touch: RecordedTouch, bytes: number, layout: Layout): TouchSet {
  const from = (touch.firstByte ?? 0) / layout.pageBytes
  switch (touch.kind) {
    case 'all':
      return rangesOf([[from, touch.pages]])
    case 'list':
      return rangesOf((touch.list ?? []).map((page) => [from + page, 1]))
    case 'random':
      return { kind: 'random', drawn: pages(touch.count ?? 0) }
    case 'every':
      return strideOf(touch, from, bytes / layout.pageBytes)
  }
}

function strideOf(touch: RecordedTouch, from: number, mapped: number): TouchSet {
  const { stride = 1, first = 0 } = touch
  const whole = from === 0 && touch.pages === mapped
  if (whole && first === 0) return { kind: 'every', stride: pages(stride) }
  const touches = Math.ceil((touch.pages - first) / stride)
  return rangesOf(Array.from({ length: touches }, (_, i) => [from + first + i * stride, 1]))
}

function rangesOf(list: readonly (readonly [number, number])[]): TouchSet {
  const ranges = list.map(([first, length]) => ({ first: pages(first), length: pages(length) }))
  return { kind: 'ranges', ranges }
}
