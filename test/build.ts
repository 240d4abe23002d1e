import { findLayout } from '../src/geometry/catalogue.ts'
import type { Layout } from '../src/geometry/layout.ts'
import { plan } from '../src/plan/plan.ts'
import type { PlannedStrategy, Result } from '../src/plan/result/result.ts'
import { planAll } from '../src/plan/strategy/plans.ts'
import type { TouchSet } from '../src/space/touch-set.ts'
import { bytes, count, pages } from '../src/units/quantity.ts'
import type { Gates } from '../src/workload/gates.ts'
import type { Group, Mapping } from '../src/workload/group.ts'
import type { Host } from '../src/workload/host.ts'
import type { MshareTerms, Region, ResidentAmount } from '../src/workload/region.ts'
import type { Assumption, Workload } from '../src/workload/workload.ts'

export const [kib, mib, gib, tib] = [2 ** 10, 2 ** 20, 2 ** 30, 2 ** 40]

export const x8664: Layout = layoutNamed('x86-64')
export const fiveLevels: Layout = layoutNamed('x86-64-5level')

export function layoutNamed(id: string): Layout {
  const layout = findLayout(id)
  if (layout === undefined) throw new RangeError(`no layout ${id}`)
  return layout
}

/** A region in a test: its size in bytes, and what is not ordinary about it. */
export interface RegionParts
  extends Partial<
    Pick<
      Region,
      'backing' | 'thp' | 'locked' | 'fallback' | 'after' | 'name' | 'program' | 'programRelease'
    >
  > {
  readonly size: number
  readonly pageBytes?: number
  readonly objects?: number
  /** A number is the figure itself, in bytes. */
  readonly resident?: number | { readonly atLeast: number }
  readonly mshare?: MshareTerms
}

/** A mapping in a test: addresses, offsets and lengths in bytes; the whole region by default. */
export interface MappingParts {
  readonly region: string
  readonly at?: number
  readonly offset?: number
  readonly length?: number
  readonly touched?: TouchSet
  readonly access?: 'rw' | 'ro'
  readonly private?: boolean
}

export interface GroupParts
  extends Partial<Pick<Group, 'uid' | 'gid' | 'cgroup' | 'oomScoreAdj' | 'shortLived'>> {
  readonly processes?: number
  readonly threads?: number
  readonly private?: number
  readonly lockedPrivate?: number
  readonly baseTables?: number
  readonly assumedTables?: number
  readonly kernelMemory?: number
  readonly maps?: readonly MappingParts[]
}

export interface HostParts
  extends Partial<Pick<Host, 'layout' | 'kernel' | 'pti' | 'thp' | 'overcommit'>> {
  readonly memory?: number
  readonly swap?: number
  readonly minFree?: number
  readonly reserves?: Readonly<Record<string, number>>
  readonly hugepages?: readonly { readonly pageBytes: number; readonly count: number }[]
  readonly hugepageSizes?: readonly number[]
  readonly cgroups?: Readonly<Record<string, number>>
}

export interface WorkloadParts extends Partial<Pick<Workload, 'mshareRevision' | 'strategies'>> {
  readonly host?: HostParts
  readonly regions?: Readonly<Record<string, RegionParts>>
  readonly groups?: Readonly<Record<string, GroupParts>>
  readonly gates?: Partial<Gates>
}

/**
 * A workload with what a test does not speak of left out of the sums: no base tables, no kernel
 * memory, 64 GiB of memory on x86-64 with Linux 6.18.
 */
export function workload(parts: WorkloadParts = {}): Workload {
  const host = hostOf(parts.host ?? {})
  const pageBytes = host.layout.pageBytes
  const regions = Object.entries(parts.regions ?? {}).map(([name, region]) =>
    regionOf(name, region, pageBytes),
  )
  return {
    host,
    regions,
    groups: Object.entries(parts.groups ?? {}).map(([name, group]) =>
      groupOf(name, group, regions, pageBytes),
    ),
    mshareRevision: parts.mshareRevision ?? 'v3-2025',
    ...(parts.strategies === undefined ? {} : { strategies: parts.strategies }),
    gates: { strategy: 'as-described', ...parts.gates },
  }
}

function hostOf(parts: HostParts): Host {
  const { memory, swap, minFree, reserves, hugepages, hugepageSizes, cgroups, ...rest } = parts
  return {
    layout: x8664,
    kernel: { major: 6, minor: 18 },
    pti: false,
    overcommit: { mode: 'heuristic', ratio: 50 },
    thp: { anonymous: 'madvise', shmem: 'never' },
    ...rest,
    memory: bytes(memory ?? 64 * gib),
    swap: bytes(swap ?? 0),
    reserves: Object.entries(reserves ?? {}).map(([name, held]) => ({ name, bytes: bytes(held) })),
    ...(minFree === undefined ? {} : { minFree: bytes(minFree) }),
    ...(hugepageSizes === undefined
      ? {}
      : { hugepageSizes: hugepageSizes.map((size) => bytes(size)) }),
    hugepages: (hugepages ?? []).map((pool) => ({
      pageBytes: bytes(pool.pageBytes),
      count: count(pool.count),
    })),
    cgroups: Object.entries(cgroups ?? {}).map(([name, limit]) => ({ name, limit: bytes(limit) })),
  }
}

function regionOf(name: string, parts: RegionParts, pageBytes: number): Region {
  const { size, pageBytes: own, objects, resident, ...rest } = parts
  return {
    name,
    backing: 'posix-shm',
    thp: false,
    locked: false,
    fallback: 'fail',
    program: 'other',
    ...rest,
    size: bytes(size),
    pages: pages(Math.ceil(size / pageBytes)),
    pageBytes: bytes(own ?? pageBytes),
    objects: count(objects ?? 1),
    ...(resident === undefined ? {} : { resident: residentAmount(resident) }),
  }
}

function residentAmount(parts: NonNullable<RegionParts['resident']>): ResidentAmount {
  return typeof parts === 'number'
    ? { bytes: bytes(parts), atLeast: false }
    : { bytes: bytes(parts.atLeast), atLeast: true }
}

function groupOf(
  name: string,
  parts: GroupParts,
  regions: readonly Region[],
  pageBytes: number,
): Group {
  const { processes, threads, lockedPrivate, baseTables, kernelMemory, maps, ...others } = parts
  const { assumedTables, ...rest } = others
  return {
    name,
    uid: 1000,
    gid: 1000,
    oomScoreAdj: 0,
    shortLived: false,
    ...rest,
    processes: count(processes ?? 1),
    threads: count(threads ?? 1),
    private: bytes(parts.private ?? 0),
    lockedPrivate: bytes(lockedPrivate ?? 0),
    baseTables: bytes(baseTables ?? 0),
    ...(assumedTables === undefined ? {} : { assumedTables: bytes(assumedTables) }),
    kernelMemory: bytes(kernelMemory ?? 0),
    maps: (maps ?? []).map((mapping) => mappingOf(mapping, regions, pageBytes)),
  }
}

function mappingOf(parts: MappingParts, regions: readonly Region[], pageBytes: number): Mapping {
  const region = regions.find(({ name }) => name === parts.region)
  if (region === undefined) throw new RangeError(`no region ${parts.region}`)
  const offset = pages((parts.offset ?? 0) / pageBytes)
  const rest = pages(region.pages - offset)
  const length = parts.length === undefined ? rest : pages(parts.length / pageBytes)
  return {
    region: parts.region,
    ...(parts.at === undefined ? {} : { at: pages(parts.at / pageBytes) }),
    offset,
    length,
    touched: parts.touched ?? range(0, length),
    access: parts.access ?? 'rw',
    private: parts.private ?? false,
  }
}

/** Touches the pages of one run. */
export function range(first: number, length: number): TouchSet {
  return { kind: 'ranges', ranges: [{ first: pages(first), length: pages(length) }] }
}

/** Touches the page at each multiple of so many pages. */
export function every(stride: number): TouchSet {
  return { kind: 'every', stride: pages(stride) }
}

/** Touches so many distinct pages, drawn anew in each process. */
export function random(drawn: number): TouchSet {
  return { kind: 'random', drawn: pages(drawn) }
}

/** Touches so many distinct clusters of so many pages, drawn anew in each process. */
export function clusters(drawn: number, clusterPages: number): TouchSet {
  return { kind: 'clusters', drawn: count(drawn), clusterPages: pages(clusterPages) }
}

/** Draws pages with replacement, by rank. */
export function zipf(
  exponent: number,
  accesses: number,
  order: 'in-order' | 'scattered' = 'in-order',
): Extract<TouchSet, { kind: 'zipf' }> {
  return { kind: 'zipf', exponent, accesses: count(accesses), order }
}

export const untouched: TouchSet = { kind: 'ranges', ranges: [] }

/** The plan of a workload, as the tests of the model ask for it. */
export function planned(parts: WorkloadParts, assumptions: readonly Assumption[] = []): Result {
  return plan(workload(parts), {
    name: 'test',
    fingerprint: '',
    assumptions,
  })
}

/** The strategies alone: what breaks first, findings and advice cost many more plans. */
export function billed(parts: WorkloadParts): Pick<Result, 'strategies'> {
  return { strategies: planAll(workload(parts), []).asked.map(({ result }) => result) }
}

/** The plan of a workload as its scenario describes it. */
export function asDescribed(described: Workload): PlannedStrategy {
  const { asked } = planAll({ ...described, strategies: ['as-described'] }, [])
  return strategy({ strategies: asked.map(({ result }) => result) }, 'as-described')
}

/** One strategy of a plan that must have been planned. */
export function strategy(result: Pick<Result, 'strategies'>, id: string): PlannedStrategy {
  const found = result.strategies.find((candidate) => candidate.id === id)
  if (found?.applies !== true) throw new RangeError(`${id} was not planned`)
  return found
}

/** The element at an index that must exist. */
export function nth<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new RangeError(`nothing at ${index}`)
  return found
}

/** The case of the 2022 cover letter: 300 GiB of shared memory, and clients of 6 MiB each. */
export function lkmlServer(
  processes = 1500,
  host: HostParts = {},
  sga: Partial<RegionParts> = {},
): WorkloadParts {
  return {
    host: { memory: 512 * gib, ...host },
    regions: { sga: { size: 300 * gib, ...sga } },
    groups: {
      clients: {
        processes,
        private: 6 * mib,
        baseTables: 160 * kib,
        kernelMemory: 48 * kib,
        maps: [{ region: 'sga' }],
      },
    },
  }
}
