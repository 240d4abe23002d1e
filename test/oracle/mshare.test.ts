import { describe, expect, test } from 'vitest'
import type { PlannedStrategy } from '../../src/plan/result/result.ts'
import type { GroupParts, RegionParts, WorkloadParts } from '../build.ts'
import { billed, every, gib, mib, nth, range, strategy, tib, untouched } from '../build.ts'
import { readRecorded } from './recorded.ts'

type Mode = 'first-only' | 'all-write' | 'others-read' | 'disjoint-write'

interface Faults {
  readonly populate: number
  readonly link: number
}

interface MshareCase {
  readonly object: {
    readonly offsetInRegion: number
    readonly bytes: number
    readonly pages: '4 KiB' | '2 MiB hugetlb' | '2 MiB THP' | '1 GiB hugetlb'
  }
  readonly touched: {
    readonly kind: 'all' | 'every' | 'disjoint' | 'first'
    readonly stepBytes?: number
    readonly pages?: number
  }
  readonly mode: Mode
  readonly processes: number
  readonly tablePagesOnceUnderMshare: number
  readonly tablePagesAllProcessesPlain: number
  readonly vmPteGrowthKB: { readonly mshareSharer: string; readonly plainProcess: string }
  /** Of the first process, and of each later one where those take any. */
  readonly faultsFirstAndEachLater: { readonly mshare: Faults[]; readonly plain: Faults[] }
}

const recorded = readRecorded('mshare-v3').cases as readonly MshareCase[]

/** Processes of plain mappings share the pmd table of a whole GiB of 2 MiB hugetlb. */
function sharesPmdTable({ object, processes }: MshareCase): boolean {
  return object.pages === '2 MiB hugetlb' && object.bytes >= gib && processes > 1
}

/** A multiple of 512 GiB, for the window as for the plain mapping. */
const address = 32 * tib

const pagesOf: Readonly<Record<MshareCase['object']['pages'], Omit<RegionParts, 'size'>>> = {
  '4 KiB': { backing: 'memfd' },
  '2 MiB hugetlb': { backing: 'hugetlbfs', pageBytes: 2 * mib },
  '2 MiB THP': { backing: 'memfd', thp: true },
  '1 GiB hugetlb': { backing: 'hugetlbfs', pageBytes: gib },
}

const leafBytes: Readonly<Record<MshareCase['object']['pages'], number>> = {
  '4 KiB': 4096,
  '2 MiB hugetlb': 2 * mib,
  '2 MiB THP': 2 * mib,
  '1 GiB hugetlb': gib,
}

/** The region holds the object at its offset; every process maps the whole of it. */
function asWorkload(one: MshareCase): WorkloadParts {
  const { object } = one
  return {
    regions: {
      object: { size: object.offsetInRegion + object.bytes, ...pagesOf[object.pages] },
    },
    groups: groupsOf(one),
    strategies: ['as-described', 'mshare'],
  }
}

function groupsOf(one: MshareCase): Readonly<Record<string, GroupParts>> {
  const { mode, processes } = one
  const group = (many: number, map: Omit<MapOf, 'region' | 'at'>): GroupParts => ({
    processes: many,
    maps: [{ region: 'object', at: address, ...map }],
  })
  const touched = touchSetOf(one)
  switch (mode) {
    case 'all-write':
      return { all: group(processes, { touched }) }
    case 'first-only':
      return { first: group(1, { touched }), later: group(processes - 1, { touched: untouched }) }
    case 'others-read':
      return {
        first: group(1, { touched }),
        later: group(processes - 1, { touched, access: 'ro' }),
      }
    case 'disjoint-write': {
      const part = one.object.bytes / 4096 / processes
      return Object.fromEntries(
        Array.from({ length: processes }, (_, process) => [
          `process ${process}`,
          group(1, { touched: range(process * part, part) }),
        ]),
      )
    }
  }
}

type MapOf = NonNullable<GroupParts['maps']>[number]

function touchSetOf({ object, touched }: MshareCase) {
  switch (touched.kind) {
    case 'every':
      return every((touched.stepBytes ?? 0) / 4096)
    case 'first':
      return range(0, ((touched.pages ?? 0) * leafBytes[object.pages]) / 4096)
    case 'all':
    case 'disjoint':
      return range(object.offsetInRegion / 4096, object.bytes / 4096)
  }
}

/** The first process and all later ones. */
function sumOf([first, later]: readonly Faults[], processes: number): Faults {
  const { populate, link } = first ?? { populate: Number.NaN, link: Number.NaN }
  return {
    populate: populate + (processes - 1) * (later?.populate ?? 0),
    link: link + (processes - 1) * (later?.link ?? 0),
  }
}

/** pte, pmd and pud tables of the region: what that kernel counts. */
function tablesOf(planned: PlannedStrategy): number {
  const { pte, pmd, pud } = nth(planned.regions, 0).levels
  return [pte, pmd, pud].reduce((sum, level) => sum + (level?.tables ?? 0), 0)
}

/** VmPTE of each kind of process, as `+520/+0`. */
function vmPteOf({ groups }: PlannedStrategy): string {
  const grown = groups
    .filter(({ processes }) => processes > 0)
    .map(({ perProcess }) => `+${perProcess.vmPteBytes / 1024}`)
  return [...new Set(grown)].join('/')
}

/** The recorder says `+0/+0` where two kinds of process grew alike. */
function merged(growth: string): string {
  return [...new Set(growth.split('/'))].join('/')
}

function titleOf({ object, touched, mode, processes }: MshareCase): string {
  const { bytes, offsetInRegion, pages } = object
  return `${bytes} B at ${offsetInRegion} on ${pages}, ${touched.kind}, ${mode}, ${processes}`
}

test('a kernel that runs mshare answered 27 cases, one with shared pmd tables', () => {
  expect(recorded).toHaveLength(27)
  expect(recorded.filter(({ object }) => object.pages === '4 KiB')).toHaveLength(17)
  expect(recorded.filter(sharesPmdTable).map(titleOf)).toEqual([
    '1073741824 B at 0 on 2 MiB hugetlb, first, all-write, 10',
  ])
})

describe.each(recorded.map((one) => [titleOf(one), one] as const))('%s', (_, one) => {
  const result = billed(asWorkload(one))
  const shared = strategy(result, 'mshare')
  const plain = strategy(result, 'as-described')

  test('has the tables that exist once under mshare', () => {
    expect(tablesOf(shared)).toBe(one.tablePagesOnceUnderMshare)
  })

  test('adds nothing to the VmPTE of a sharer', () => {
    expect(vmPteOf(shared)).toBe(merged(one.vmPteGrowthKB.mshareSharer))
  })

  test('takes the populate and link faults under mshare', () => {
    expect(shared.faults).toEqual(sumOf(one.faultsFirstAndEachLater.mshare, one.processes))
  })

  test('has the tables of plain mappings', () => {
    expect(tablesOf(plain)).toBe(one.tablePagesAllProcessesPlain)
  })

  test('adds to the VmPTE of a plain process', () => {
    expect(vmPteOf(plain)).toBe(merged(one.vmPteGrowthKB.plainProcess))
  })

  test('takes the faults of plain mappings', () => {
    expect(plain.faults).toEqual(sumOf(one.faultsFirstAndEachLater.plain, one.processes))
  })
})

test('1 GiB touched: a plain process goes from an oom_score of 666 to 839, a sharer stays at 666', () => {
  // So that kernel answered on a machine of 4 GiB, whose MemTotal is 3.86 GiB.
  const host = { memory: Math.floor(3.86 * 1024) * mib }
  const scores = (touched: MapOf['touched']) => {
    const maps = [{ region: 'object', at: address, touched: touched ?? untouched }]
    const result = billed({
      host,
      regions: { object: { size: gib, backing: 'memfd' } },
      groups: { all: { processes: 2, private: mib, baseTables: 40 * 1024, maps } },
      strategies: ['as-described', 'mshare'],
    })
    return ['as-described', 'mshare'].map((id) => strategy(result, id).risk.victim?.score)
  }
  expect(scores(untouched)).toEqual([666, 666])
  expect(scores(range(0, gib / 4096))).toEqual([839, 666])
})
