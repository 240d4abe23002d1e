import type { BudgetLine, Memory } from '../../src/plan/result/memory-result.ts'
import type { PlannedStrategy, Result } from '../../src/plan/result/result.ts'
import type { GroupResult, RegionResult } from '../../src/plan/result/table-result.ts'
import { findingIds } from '../../src/workload/finding-ids.ts'

/** The case of the mshare postings, by hand: a 300 GB SGA, 1500 clients, a server of 512 GB. */

const kib = 1024
const mib = 1024 * kib
const gib = 1024 * mib
const processes = 1500
const baseTables = 160 * kib
const table = 4096

const bytesOf = (tables: number) => ({ tables, bytes: tables * table })
/** 300 GiB in spans of 2 MiB, 1 GiB, 512 GiB. */
const plainLevels = { pte: bytesOf(230_400_000), pmd: bytesOf(450_000), pud: bytesOf(1500) }
const onceLevels = { pte: bytesOf(153_600), pmd: bytesOf(300), pud: bytesOf(1) }

const supply: readonly BudgetLine[] = [
  { name: 'memory', kind: 'memory', side: 'supply', bytes: 512 * gib, origin: 'given' },
  {
    name: 'min watermark',
    kind: 'watermark',
    side: 'supply',
    bytes: -92_681 * kib,
    origin: 'derived',
  },
]

function memory(pageTables: number): Memory {
  const demand: readonly BudgetLine[] = [
    {
      name: 'resident shared memory: sga',
      kind: 'shared',
      region: 'sga',
      side: 'demand',
      bytes: 300 * gib,
      origin: 'given',
    },
    {
      name: 'private memory',
      kind: 'private',
      side: 'demand',
      bytes: processes * 6 * mib,
      origin: 'given',
    },
    {
      name: 'page tables',
      kind: 'page-tables',
      side: 'demand',
      bytes: pageTables,
      origin: 'derived',
    },
    {
      name: 'kernel memory',
      kind: 'kernel',
      side: 'demand',
      bytes: processes * 48 * kib,
      origin: 'assumed',
    },
  ]
  const beside: BudgetLine = {
    name: 'swap',
    kind: 'swap',
    side: 'beside',
    bytes: 0,
    origin: 'assumed',
  }
  const capacityBytes = supply.reduce((sum, line) => sum + line.bytes, 0)
  const demandBytes = demand.reduce((sum, line) => sum + line.bytes, 0)
  return {
    capacityBytes,
    demandBytes,
    headroomBytes: capacityBytes - demandBytes,
    pools: [],
    commit: {
      mode: 'heuristic',
      committedBytes: 300 * gib + 1500 * 6 * 2 ** 20,
      limitBytes: 256 * gib,
      largestRequestBytes: 6 * 2 ** 20,
      granted: true,
    },
    lines: [...supply, ...demand, beside],
  }
}

interface Figures {
  readonly id: string
  readonly status: 'mainline' | 'proposed'
  readonly pageTables: Omit<PlannedStrategy['pageTables'], 'leastBytes' | 'mostBytes'>
  readonly group: Pick<GroupResult, 'processes'> &
    Pick<GroupResult['perProcess'], 'bytes' | 'vmPteBytes' | 'levels'>
  readonly region: RegionResult
  readonly level: 'safe' | 'oom'
  readonly faults: PlannedStrategy['faults']
  readonly mmapCalls: number
  readonly vmas: number
}

function strategy(figures: Figures): PlannedStrategy {
  const { bytes } = figures.pageTables
  const plainBytes = 945_819_648_000
  const { processes: count, bytes: each, vmPteBytes, levels } = figures.group
  const perProcess = { bytes: each, leastBytes: each, mostBytes: each, vmPteBytes, levels }
  const budget = memory(bytes)
  return {
    id: figures.id,
    status: figures.status,
    applies: true,
    obstacles: [],
    pageTables: { ...figures.pageTables, leastBytes: bytes, mostBytes: bytes },
    groups: [{ name: 'clients', processes: count, perProcess }],
    regions: [figures.region],
    counters: { pageTablesBytes: bytes, sumVmPteBytes: count * vmPteBytes },
    savings: {
      bytes: plainBytes - bytes,
      fraction: (plainBytes - bytes) / plainBytes,
      againstDescribedBytes: plainBytes - bytes,
    },
    memory: budget,
    risk: {
      level: figures.level,
      hostLevel: figures.level,
      headroomFraction: budget.headroomBytes / (512 * gib),
      pageTablesFraction: bytes / budget.demandBytes,
      unswappableBytes: bytes + processes * 48 * kib,
      cgroups: [],
    },
    limits: [],
    faults: figures.faults,
    mmapCalls: figures.mmapCalls,
    vmas: figures.vmas,
  }
}

const plain = (id: string) =>
  strategy({
    id,
    status: 'mainline',
    pageTables: {
      bytes: 945_819_648_000,
      onceBytes: 0,
      baseBytes: processes * baseTables,
      levels: { ...plainLevels, pgd: bytesOf(1500) },
    },
    group: {
      processes,
      bytes: 630_546_432,
      vmPteBytes: 630_542_336,
      levels: { pte: 153_600, pmd: 300, pud: 1, pgd: 1 },
    },
    region: {
      name: 'sga',
      bytes: 945_567_744_000,
      leafEntryBytes: 943_718_400_000,
      levels: plainLevels,
    },
    level: 'oom',
    faults: { populate: 117_964_800_000, link: 0 },
    mmapCalls: 1500,
    vmas: 1500,
  })

const threads = strategy({
  id: 'threads',
  status: 'mainline',
  pageTables: {
    bytes: 630_546_432,
    onceBytes: 0,
    baseBytes: baseTables,
    levels: { ...onceLevels, pgd: bytesOf(1) },
  },
  group: {
    processes: 1,
    bytes: 630_546_432,
    vmPteBytes: 630_542_336,
    levels: { pte: 153_600, pmd: 300, pud: 1, pgd: 1 },
  },
  region: {
    name: 'sga',
    bytes: 630_378_496,
    leafEntryBytes: 629_145_600,
    levels: onceLevels,
  },
  level: 'safe',
  faults: { populate: 78_643_200, link: 0 },
  mmapCalls: 1,
  vmas: 1,
})

const mshare = strategy({
  id: 'mshare',
  status: 'proposed',
  pageTables: {
    bytes: 882_286_592,
    onceBytes: 630_382_592,
    baseBytes: processes * baseTables,
    levels: { ...onceLevels, pgd: bytesOf(1501) },
  },
  group: { processes, bytes: 167_936, vmPteBytes: 163_840, levels: { pgd: 1 } },
  region: {
    name: 'sga',
    bytes: 630_382_592,
    leafEntryBytes: 629_145_600,
    levels: { ...onceLevels, pgd: bytesOf(1) },
    mshare: {
      name: 'sga',
      start: '0x400000000000',
      size: 512 * gib,
      mode: '0600',
      owner: 'clients',
    },
  },
  level: 'safe',
  faults: { populate: 78_643_200, link: 1500 },
  mmapCalls: 1501,
  vmas: 1501,
})

export const lkml: Result = {
  schema: 'mshare-plan/result/1',
  tool: { name: 'mshare-plan', version: '0.1.0' },
  scenario: {
    name: 'Oracle SGA of 300 GB, 1500 dedicated connections',
    file: 'scenarios/oracle-sga-300g.yaml',
    fingerprint: '0'.repeat(64),
  },
  host: {
    layout: 'x86-64',
    kernel: '6.18',
    memoryBytes: 512 * gib,
    swapBytes: 0,
    pti: false,
    pageBytes: 4096,
  },
  assumptions: [
    { path: 'host.layout', value: 'x86-64', source: 'the most common server layout' },
    { path: 'host.kernel', value: '6.18', source: 'the newest kernel this version knows' },
    {
      path: 'host.minFree',
      value: '92681 KiB',
      source: 'clamp(⌊√(16·MemTotal kB)⌋, 128, 262144): mm/page_alloc.c',
    },
    { path: 'host.swap', value: '0 B', source: 'default' },
    { path: 'host.pti', value: 'false', source: 'default' },
    {
      path: 'groups.clients.baseTables',
      value: '160 KiB',
      source: 'between 116 and 236 KiB measured for idle PostgreSQL backends',
    },
    { path: 'groups.clients.kernelMemory', value: '48 KiB', source: 'measured: stack, task, mm' },
    { path: 'groups.clients.threads', value: '1', source: 'default' },
    { path: 'groups.clients.uid', value: '0', source: 'default' },
    { path: 'groups.clients.maps[0].touched', value: 'all', source: 'default' },
  ],
  strategies: [plain('as-described'), plain('base-pages'), threads, mshare],
  advice: [
    {
      id: 'hugetlb-2m',
      action: 'huge-pages',
      status: 'mainline',
      purpose: 'level',
      strategy: 'hugetlb-2m',
      savedBytes: 943_970_304_000,
      pageTableBytes: 1_849_344_000,
      headroomBytes: 216_180_000_000,
      addedHeadroomBytes: 943_970_304_000,
      riskLevel: 'safe',
      efforts: ['restart'],
      changes: [{ path: 'regions.sga.pageSize', value: '2 MiB' }],
      pageBytes: 2 * mib,
      regions: [
        {
          name: 'sga',
          backing: 'sysv-shm',
          program: 'oracle',
          pages: 153_600,
          overheadPages: 0,
          isNew: true,
          exact: true,
        },
      ],
      largerPages: [{ pageBytes: gib, pages: 300, headroomBytes: 216_180_000_000 }],
      memlockBytes: 300 * gib,
      sysv: { shmmaxBytes: 300 * gib, shmallPages: 78_643_200 },
      pools: [
        {
          pageBytes: 2 * mib,
          pages: 153_600,
          paddingPages: 0,
          sparePages: 0,
          configuredPages: 0,
          recipe: { pages: 153_601, segments: 1, difference: 1 },
        },
      ],
      settings: [
        {
          kind: 'pool',
          place: '/etc/sysctl.d/99-hugepages.conf',
          lines: ['vm.nr_hugepages = 153600'],
        },
        {
          kind: 'database',
          program: 'oracle',
          place: 'init.ora',
          lines: ['use_large_pages = only', 'memory_target = 0'],
        },
      ],
    },
    {
      id: 'pooler',
      action: 'pooler',
      status: 'mainline',
      purpose: 'level',
      group: 'clients',
      processes,
      safeProcesses: 270,
      savedBytes: 775_572_111_360,
      pageTableBytes: 170_247_536_640,
      headroomBytes: 55_000_000_000,
      addedHeadroomBytes: 782_000_000_000,
      riskLevel: 'safe',
      efforts: ['reconnect'],
      changes: [{ path: 'groups.clients.processes', value: 270 }],
      pools: [],
      settings: [
        {
          kind: 'connections',
          program: 'oracle',
          place: 'SQL*Plus',
          lines: ["EXECUTE DBMS_CONNECTION_POOL.ALTER_PARAM('', 'MAXSIZE', '270')"],
        },
      ],
    },
    {
      id: 'memory',
      action: 'memory',
      status: 'mainline',
      purpose: 'level',
      memoryBytes: 512 * gib,
      safeBytes: 1322 * gib,
      cgroups: [],
      savedBytes: 0,
      pageTableBytes: 945_820_000_000,
      headroomBytes: 132 * gib,
      addedHeadroomBytes: 810 * gib,
      riskLevel: 'safe',
      efforts: ['new-hardware'],
      changes: [{ path: 'host.memory', value: '1322 GiB' }],
      pools: [],
      settings: [],
    },
  ],
  rejected: [
    { id: 'thp-2m', action: 'transparent-huge-pages', status: 'mainline', reason: 'refused' },
  ],
  findings: [
    {
      id: findingIds['huge-pages-do-it-today'],
      kind: 'huge-pages-do-it-today',
      severity: 'note',
      hugePageBytes: 2 * mib,
      hugeTableBytes: 1_849_344_000,
      describedTableBytes: 945_573_888_000,
      mshareTableBytes: 636_526_592,
    },
    {
      id: findingIds['tables-exceed-data'],
      kind: 'tables-exceed-data',
      severity: 'error',
      strategy: 'as-described',
      region: 'sga',
      tableBytes: 945_567_744_000,
      dataBytes: 300 * gib,
    },
    {
      id: findingIds['swap-cannot-help'],
      kind: 'swap-cannot-help',
      severity: 'warning',
      strategy: 'as-described',
      unswappableBytes: 945_893_376_000,
      capacityBytes: 512 * gib - 92_681 * kib,
    },
  ],
  gates: [],
  verdict: 'none',
}

/** The same with gates: one holds, one does not, one could not be judged. */
export const lkmlGated: Result = {
  ...lkml,
  gates: [
    {
      metric: 'risk',
      strategy: 'as-described',
      limit: 'tight',
      actual: 'oom',
      margin: -2,
      unit: 'level',
      holds: false,
    },
    {
      metric: 'pageTables',
      strategy: 'as-described',
      limit: 2 ** 40,
      actual: 945_819_648_000,
      margin: 2 ** 40 - 945_819_648_000,
      unit: 'bytes',
      holds: true,
    },
    { metric: 'headroom', strategy: 'hugetlb-2m', limit: 2 ** 30, unit: 'bytes', holds: false },
  ],
  verdict: 'fail',
}

/** One group draws 1000 of the 78,643,200 pages at random: chance decides the tables. */
export function randomCase(): Result {
  const random = (each: PlannedStrategy): PlannedStrategy => ({
    ...each,
    pageTables: {
      ...each.pageTables,
      bytes: 4_200_000_000,
      leastBytes: 3_000_000,
      mostBytes: 9_000_000_000,
      levels: {
        ...each.pageTables.levels,
        pte: { tables: 997, bytes: 4_082_735, expectedTables: 996.7613888852 },
      },
    },
    groups: each.groups.map((group) => ({
      ...group,
      perProcess: { ...group.perProcess, leastBytes: 180_224, mostBytes: 5_500_928 },
    })),
    regions: each.regions.map((region) => ({
      ...region,
      levels: {
        ...region.levels,
        pte: { tables: 997, bytes: 4_082_735, expectedTables: 996.7613888852 },
      },
    })),
  })
  const [described, ...others] = lkml.strategies.filter((each) => each.applies)
  return { ...lkml, strategies: described === undefined ? [] : [random(described), ...others] }
}

/** The same with every outside name replaced. */
export function renamed(name: string): Result {
  const text = JSON.stringify(lkml, (key, value: unknown) =>
    ['name', 'file', 'region', 'group', 'owner'].includes(key) && value !== 'mshare-plan'
      ? name
      : value,
  )
  return JSON.parse(text) as Result
}
