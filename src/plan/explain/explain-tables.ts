import { writeKernel } from '../../units/kernel-version.ts'
import type { Explanation } from '../result/explanation.ts'
import { groupInPath } from '../result/explanation.ts'
import type { Planned } from '../strategy/strategy-result.ts'
import { explainSavings } from './explain-savings.ts'
import { added, put, putProduct, putSum } from './formula.ts'

const ownRule = 'every process has its own tables: mm/memory.c __handle_mm_fault()'
const sizeRule = 'table size = entries · entry size'

/** Page tables in all, by level, per process and by region; counters; savings. */
export function explainTables(planned: Planned, all: readonly Planned[]): readonly Explanation[] {
  return [
    ...explainTotals(planned),
    ...explainLevels(planned),
    ...explainGroups(planned),
    ...explainRegions(planned),
    ...explainCounters(planned),
    ...explainSavings(planned, all),
  ]
}

const onceRules = {
  mshare: 'shared tables belong to no process: mshare host address spaces',
  linked: 'processes share PMD tables of huge pages: mm/hugetlb.c huge_pmd_share()',
} as const

function rootOf({ result }: Planned): string {
  return `strategies.${result.id}`
}

function explainTotals(planned: Planned): readonly Explanation[] {
  const { named, result, tally, arranged } = planned
  const { pageTables, groups } = result
  const root = `${rootOf(planned)}.pageTables`
  const total = (
    key: 'bytes' | 'leastBytes' | 'mostBytes',
    pick: 'expected' | 'least' | 'most',
  ): Explanation =>
    added(
      `${root}.${key}`,
      `physical page tables of all processes${pick === 'expected' ? '' : `, the ${pick} that can happen`}`,
      'baseBytes + onceBytes + Σ processes · own tables of one',
      [
        put(pageTables.baseBytes),
        put(tally.shared.reduce((sum, { bytes }) => sum + bytes[pick], 0)),
        ...groups.map(
          ({ processes }, g) => `${put(processes)} · ${put(tally.spaces[g]?.bytes[pick] ?? 0)}`,
        ),
      ],
      pageTables[key],
      'bytes',
      ownRule,
    )
  const bounds = [total('leastBytes', 'least'), total('mostBytes', 'most')]
  return [
    total('bytes', 'expected'),
    ...(pageTables.leastBytes === pageTables.mostBytes ? [] : bounds),
    added(
      `${root}.onceBytes`,
      'tables that exist once however many processes there are',
      'Σ shared tables · table size',
      tally.shared.map(({ bytes }) => put(bytes.expected)),
      pageTables.onceBytes,
      'bytes',
      [...new Set(arranged.arrangement.shared.map(({ kind }) => onceRules[kind]))].join('; ') ||
        onceRules.mshare,
    ),
    added(
      `${root}.baseBytes`,
      "the groups' baseTables",
      'Σ processes · baseTables',
      arranged.workload.groups.map(({ baseTables }, g) =>
        putProduct(groups[g]?.processes ?? 0, baseTables),
      ),
      pageTables.baseBytes,
      'bytes',
      named.kind === 'threads'
        ? 'scenario, groups.*.baseTables; where derived, with the private memory of all processes'
        : 'scenario, groups.*.baseTables',
    ),
  ]
}

function explainLevels(planned: Planned): readonly Explanation[] {
  const { result, tally, arranged } = planned
  const { layout, ...allocator } = arranged.workload.host
  return layout.levels.flatMap((level, index) => {
    const { tablesPerChunk, chunkBytes } = layout.allocation(level, allocator)
    const figures = result.pageTables.levels[level.name]
    if (figures === undefined) return []
    const path = `${rootOf(planned)}.pageTables.levels.${level.name}`
    const terms = [
      ...result.groups.map(({ processes }, g) =>
        putProduct(processes, tally.spaces[g]?.levels[index]?.tables.expected ?? 0),
      ),
      ...tally.shared.map(({ levels }) => put(levels[index]?.tables.expected ?? 0)),
    ]
    const tables = figures.expectedTables ?? figures.tables
    return [
      added(
        `${path}.tables`,
        `${level.name} tables, all processes and what exists once`,
        'Σ processes · tables of one + shared tables',
        terms,
        figures.tables,
        'tables',
        ownRule,
      ),
      {
        path: `${path}.bytes`,
        meaning: `memory of the ${level.name} tables`,
        formula: 'Σ processes · allocations of one · size of an allocation',
        substituted: `${put(tables)} tables, ${put(tablesPerChunk)} to an allocation of ${put(chunkBytes)} B`,
        value: figures.bytes,
        unit: 'bytes',
        source: `${sizeRule}: ${put(level.entries)} · ${level.entryBytes} B; ${layout.sources[0] ?? ''}`,
      },
    ]
  })
}

function explainGroups(planned: Planned): readonly Explanation[] {
  const { result, tally, arranged } = planned
  return result.groups.flatMap(({ perProcess }, g) => {
    const own = tally.spaces[g]
    const base = arranged.workload.groups[g]?.baseTables ?? 0
    if (own === undefined) return []
    const path = `${rootOf(planned)}.groups.${groupInPath(result.groups, g)}.perProcess`
    return [
      added(
        `${path}.bytes`,
        'page tables of one process',
        'baseTables + Σ levels',
        [put(base), ...own.levels.map(({ bytes }) => put(bytes.expected))],
        perProcess.bytes,
        'bytes',
        ownRule,
      ),
      ...processLevels(planned, g, path),
      added(
        `${path}.vmPteBytes`,
        'what VmPTE says: pte, pmd and pud tables, never p4d or pgd',
        'baseTables + pte + pmd + pud',
        [put(base), put(own.vmPteBytes.expected)],
        perProcess.vmPteBytes,
        'bytes',
        'include/linux/mm.h mm_pgtables_bytes(), fs/proc/task_mmu.c',
      ),
    ]
  })
}

/** Tables of one process at each level: what its mappings are billed, and what it owns anyway. */
function processLevels({ result, bill }: Planned, g: number, path: string): readonly Explanation[] {
  const levels = result.groups[g]?.perProcess.levels
  return (bill.spaces[g] ?? []).map(({ level, shares, unconditional }) =>
    added(
      `${path}.levels.${level.name}`,
      `${level.name} tables of one process, without baseTables`,
      'what every process has + Σ maps',
      [put(unconditional), ...shares.map((share, m) => `maps[${m}] ${put(share)}`)],
      levels?.[level.name] ?? 0,
      'tables',
      level.name === 'pgd' ? 'every process has one: pgd_alloc()' : ownRule,
    ),
  )
}

function explainRegions(planned: Planned): readonly Explanation[] {
  const { result, tally, arranged } = planned
  const { layout } = arranged.workload.host
  const entryBytes = layout.levels[0]?.entryBytes ?? 0
  return result.regions.flatMap(({ name, bytes, leafEntryBytes, mshare }, r) => {
    const path = `${rootOf(planned)}.regions.${name}`
    return [
      added(
        `${path}.bytes`,
        mshare === undefined
          ? 'page tables billed to the region, all processes'
          : 'page tables billed to the region, its host page table included (proposed)',
        'Σ levels',
        (tally.regions[r] ?? []).map(({ name: level, bytes: of }) => `${level} ${put(of)}`),
        bytes,
        'bytes',
        'a table that several mappings of a process reach is billed to the first in file order',
      ),
      ...regionLevels(planned, r, path),
      {
        path: `${path}.leafEntryBytes`,
        meaning: 'entries that map the pages of the region',
        formula: 'leaf entries · entry size',
        substituted: `${put(leafEntryBytes / entryBytes)} · ${entryBytes}`,
        value: leafEntryBytes,
        unit: 'bytes',
        source: 'one entry for each page, in each set of tables that maps it',
      },
    ]
  })
}

/** Tables of a region at each level: one process's bill times processes, and what exists once. */
function regionLevels(
  { result, arranged, bill }: Planned,
  region: number,
  path: string,
): readonly Explanation[] {
  const { spaces, shared } = arranged.arrangement
  return arranged.workload.host.layout.levels.flatMap((level, index) => {
    const figures = result.regions[region]?.levels[level.name]
    if (figures === undefined) return []
    const terms = spaces.flatMap(({ mappings, processes }, g) =>
      mappings.flatMap((mapping, m) =>
        mapping.region === region
          ? [putProduct(processes, bill.spaces[g]?.[index]?.shares[m] ?? 0)]
          : [],
      ),
    )
    const once = shared.flatMap((tables, t) =>
      tables.region === region
        ? [putTimes(tables.copies ?? 1, bill.shared[t]?.[index]?.total.expected ?? 0)]
        : [],
    )
    return [
      added(
        `${path}.levels.${level.name}.tables`,
        `${level.name} tables billed to the region`,
        'Σ processes · billed to one + shared tables',
        [...terms, ...once],
        figures.tables,
        'tables',
        ownRule,
      ),
    ]
  })
}

function explainCounters(planned: Planned): readonly Explanation[] {
  const { result, tally, arranged } = planned
  const { host, groups } = arranged.workload
  const path = `${rootOf(planned)}.counters`
  const counted = host.layout.levels
    .filter((level) => host.layout.allocation(level, host).countedBytes > 0)
    .map(({ name }) => name)
  const perGroup = (bytesOf: (group: number) => number): readonly string[] =>
    result.groups.map(
      ({ processes }, g) =>
        `${put(processes)} · (${putSum([put(groups[g]?.baseTables ?? 0), put(bytesOf(g))])})`,
    )
  return [
    added(
      `${path}.pageTablesBytes`,
      `what meminfo PageTables grows by on Linux ${writeKernel(host.kernel)}: ${counted.join(', ')}`,
      'Σ processes · (baseTables + counted levels) + shared',
      [
        ...perGroup((g) => tally.spaces[g]?.pageTablesBytes.expected ?? 0),
        ...tally.shared.map(({ pageTablesBytes }) => put(pageTablesBytes.expected)),
      ],
      result.counters.pageTablesBytes,
      'bytes',
      'NR_PAGETABLE: pmd since 5.10, pud since 6.7, p4d and pgd since 6.14',
    ),
    added(
      `${path}.sumVmPteBytes`,
      'sum of VmPTE over all processes',
      'Σ processes · VmPTE of one',
      perGroup((g) => tally.spaces[g]?.vmPteBytes.expected ?? 0),
      result.counters.sumVmPteBytes,
      'bytes',
      'fs/proc/task_mmu.c task_mem()',
    ),
  ]
}

/** `n · m`, or just `m` where there is one of them. */
function putTimes(copies: number, value: number): string {
  return copies === 1 ? put(value) : putProduct(copies, value)
}
