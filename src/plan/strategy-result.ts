import { type Arrangement, inProcess, inRegion } from '../accounting/arrangement.ts'
import { billOf } from '../accounting/bill.ts'
import { workOf } from '../accounting/faults.ts'
import { leafEntries } from '../accounting/leaf-entries.ts'
import { type ProcessTally, type Tally, tallyOf } from '../accounting/tally.ts'
import type { Layout, LevelName } from '../geometry/layout.ts'
import { budgetOf, type Origin } from '../host/budget.ts'
import { cgroupStandings } from '../host/cgroups.ts'
import { residentMemory } from '../host/resident.ts'
import { riskOf, worstOf } from '../host/risk.ts'
import type { NamedStrategy } from '../sharing/catalogue.ts'
import { addressText } from '../sharing/mshare-placement.ts'
import { octal } from '../sharing/mshare-terms.ts'
import type { Arranged } from '../sharing/strategy.ts'
import type { Estimate } from '../units/estimate.ts'
import { exactly, sumOf, times } from '../units/estimate.ts'
import { within53Bits } from '../units/quantity.ts'
import type { HugePagePool, Workload } from '../workload/workload.ts'
import type {
  GroupResult,
  LevelTotal,
  Memory,
  PageTables,
  PlannedStrategy,
  RegionResult,
  Risk,
} from './result.ts'

/** What a strategy is planned with. */
export interface Planning {
  readonly named: NamedStrategy
  readonly arranged: Arranged
  readonly pools: readonly HugePagePool[]
  readonly poolOrigin: Origin
  readonly assumed: ReadonlySet<string>
  /** Physical page tables under base-pages, unrounded; absent while that is what is planned. */
  readonly yardstick?: number
}

/** A strategy as published, and what it was made from. */
export interface Planned {
  readonly result: PlannedStrategy
  readonly arranged: Arranged
  /** Physical page tables, unrounded. */
  readonly pageTableBytes: number
}

/** Bills an arrangement and sets it against the machine. Rounding happens here, once per figure. */
export function planStrategy(planning: Planning): Planned {
  const { named, arranged } = planning
  const { workload, arrangement } = arranged
  const { host } = workload
  const tally = tallyOf(host, arrangement, billOf(host.layout, arrangement))
  const work = workOf(host.layout, arrangement)
  const pageTables = pageTablesOf(workload, arrangement, tally, named.id)
  const total = pageTables.expectedBytes
  const { memory, risk } = standingOf(planning, tally, total)
  const yardstick = planning.yardstick ?? total
  const result: PlannedStrategy = {
    id: named.id,
    status: arranged.windows.length > 0 ? 'proposed' : named.status,
    applies: true,
    obstacles: arranged.obstacles,
    pageTables: pageTables.result,
    groups: workload.groups.map((_, index) => groupOf(workload, arrangement, tally, index)),
    regions: workload.regions.map((_, index) => regionOf(arranged, tally, index)),
    counters: countersOf(workload, arrangement, tally),
    savings: {
      bytes: Math.round(yardstick - total),
      fraction: yardstick === 0 ? 0 : (yardstick - total) / yardstick,
    },
    memory,
    risk,
    faults: { populate: Math.round(work.populate), link: Math.round(work.link) },
    mmapCalls: work.mmapCalls,
    vmas: work.vmas,
  }
  return { result, arranged, pageTableBytes: total }
}

function pageTablesOf(
  { groups }: Workload,
  { spaces }: Arrangement,
  tally: Tally,
  id: string,
): { readonly result: PageTables; readonly expectedBytes: number } {
  const quantity = `page tables under ${id}`
  const base = sumOf(
    groups.map(({ baseTables }, g) => times(exactly(baseTables), spaces[g]?.processes ?? 0, quantity)),
    quantity,
  )
  const once = sumOf(
    tally.shared.map(({ bytes }) => bytes),
    quantity,
  )
  const own = tally.spaces.map(({ bytes }, g) => times(bytes, spaces[g]?.processes ?? 0, quantity))
  const total = sumOf([base, once, ...own], quantity)
  const result: PageTables = {
    bytes: Math.round(total.expected),
    leastBytes: total.least,
    mostBytes: total.most,
    onceBytes: Math.round(once.expected),
    baseBytes: base.expected,
    levels: levelsOf(spaces, tally, quantity),
  }
  return { result, expectedBytes: total.expected }
}

function levelsOf(
  spaces: Arrangement['spaces'],
  tally: Tally,
  quantity: string,
): PageTables['levels'] {
  const tables = new Map<LevelName, Estimate[]>()
  const bytes = new Map<LevelName, Estimate[]>()
  const add = (levels: ProcessTally['levels'], processes: number): void => {
    for (const level of levels) {
      const known = tables.get(level.name) ?? []
      tables.set(level.name, [...known, times(level.tables, processes, quantity)])
      bytes.set(level.name, [...(bytes.get(level.name) ?? []), times(level.bytes, processes, quantity)])
    }
  }
  tally.spaces.forEach(({ levels }, g) => {
    add(levels, spaces[g]?.processes ?? 0)
  })
  for (const { levels } of tally.shared) add(levels, 1)
  return Object.fromEntries(
    [...tables].map(([name, parts]) => {
      const total = sumOf(parts, quantity)
      return [name, levelTotal(total, sumOf(bytes.get(name) ?? [], quantity).expected)]
    }),
  )
}

function levelTotal(tables: Estimate, bytes: number): LevelTotal {
  const rounded = { tables: Math.round(tables.expected), bytes: Math.round(bytes) }
  return tables.least === tables.most ? rounded : { ...rounded, expectedTables: tables.expected }
}

function groupOf(
  { groups }: Workload,
  { spaces }: Arrangement,
  tally: Tally,
  index: number,
): GroupResult {
  const group = groups[index]
  const own = tally.spaces[index]
  if (group === undefined || own === undefined) throw new RangeError(`no group ${index}`)
  const bytes = sumOf([own.bytes, exactly(group.baseTables)], `page tables of ${group.name}`)
  return {
    name: group.name,
    processes: spaces[index]?.processes ?? 0,
    perProcess: {
      bytes: Math.round(bytes.expected),
      leastBytes: bytes.least,
      mostBytes: bytes.most,
      vmPteBytes: Math.round(own.vmPteBytes.expected + group.baseTables),
      levels: Object.fromEntries(
        own.levels.map(({ name, tables }) => [name, Math.round(tables.expected)]),
      ),
    },
  }
}

function regionOf({ workload, arrangement, windows }: Arranged, tally: Tally, index: number): RegionResult {
  const region = workload.regions[index]
  if (region === undefined) throw new RangeError(`no region ${index}`)
  const { layout } = workload.host
  const levels = tally.regions[index] ?? []
  const bytes = levels.reduce((sum, level) => sum + level.bytes, 0)
  const window = windows.find((candidate) => candidate.region === index)
  return {
    name: region.name,
    bytes: Math.round(within53Bits(bytes, `page tables of region ${region.name}`)),
    leafEntryBytes: Math.round(leafEntryBytes(layout, arrangement, index, region.name)),
    levels: Object.fromEntries(
      levels.map(({ name, tables, bytes: levelBytes }) => {
        const rounded = { tables: Math.round(tables), bytes: Math.round(levelBytes) }
        const whole = Number.isInteger(tables)
        return [name, whole ? rounded : { ...rounded, expectedTables: tables }]
      }),
    ),
    ...(window === undefined
      ? {}
      : {
          mshare: {
            name: region.name,
            start: addressText(layout, window.first),
            size: within53Bits(window.pages * layout.pageBytes, `window of region ${region.name}`),
            mode: octal(window.mode),
            owner: window.owner,
          },
        }),
  }
}

function leafEntryBytes(layout: Layout, arrangement: Arrangement, region: number, name: string): number {
  const quantity = `leaf entries of region ${name}`
  const entryBytes = layout.levels[0]?.entryBytes ?? 0
  let entries = 0
  for (const { processes, draws, mappings } of arrangement.spaces) {
    for (const mapping of mappings) {
      if (mapping.region !== region || mapping.paging.kind === 'window') continue
      const own = leafEntries(layout, mapping.paging, [inProcess(mapping, draws)], quantity)
      entries = within53Bits(entries + processes * own, quantity)
    }
  }
  for (const shared of arrangement.shared) {
    if (shared.region !== region) continue
    const cover = { from: shared.first, to: shared.first + shared.pages }
    const touchers = shared.members.map((member) =>
      inRegion(member, arrangement.spaces, shared.first, 'all', cover),
    )
    entries += leafEntries(layout, shared.paging, touchers, quantity)
  }
  return within53Bits(entries * entryBytes, quantity)
}

function countersOf(
  { groups }: Workload,
  { spaces }: Arrangement,
  tally: Tally,
): PlannedStrategy['counters'] {
  let [pageTables, vmPte] = [0, 0]
  tally.spaces.forEach((space, g) => {
    const processes = spaces[g]?.processes ?? 0
    const base = groups[g]?.baseTables ?? 0
    pageTables += processes * (space.pageTablesBytes.expected + base)
    vmPte += processes * (space.vmPteBytes.expected + base)
  })
  for (const { pageTablesBytes } of tally.shared) pageTables += pageTablesBytes.expected
  return {
    pageTablesBytes: Math.round(within53Bits(pageTables, 'PageTables')),
    sumVmPteBytes: Math.round(within53Bits(vmPte, 'sum of VmPTE')),
  }
}

function standingOf(
  { arranged, pools, poolOrigin, assumed }: Planning,
  tally: Tally,
  pageTableBytes: number,
): { readonly memory: Memory; readonly risk: Risk } {
  const { workload, arrangement, windows } = arranged
  const { host, groups } = workload
  const resident = residentMemory(workload, arrangement)
  const budget = budgetOf({ workload, resident, pools, poolOrigin, pageTableBytes, assumed })
  const cgroups = cgroupStandings({
    workload,
    arrangement,
    resident,
    processTableBytes: groups.map(({ baseTables }, g) => (tally.spaces[g]?.bytes.expected ?? 0) + baseTables),
    shared: windows.map(({ shared, region, owner }) => ({
      bytes: tally.shared[shared]?.bytes.expected ?? 0,
      region,
      owner,
    })),
  })
  const headroom = budget.capacityBytes - budget.demandBytes
  const level = riskOf({ ...budget, of: host.memory, swapBytes: host.swap })
  return {
    memory: {
      capacityBytes: Math.round(budget.capacityBytes),
      demandBytes: Math.round(budget.demandBytes),
      headroomBytes: Math.round(headroom),
      lines: budget.lines.map((line) => ({ ...line, bytes: Math.round(line.bytes) })),
    },
    risk: {
      level: worstOf([level, ...cgroups.map((cgroup) => cgroup.level)]),
      headroomFraction: headroom / host.memory,
      unswappableBytes: Math.round(budget.unswappableBytes),
      cgroups: cgroups.map(({ name, limitBytes, demandBytes, level: ofCgroup }) => ({
        name,
        limitBytes,
        demandBytes: Math.round(demandBytes),
        headroomBytes: Math.round(limitBytes - demandBytes),
        level: ofCgroup,
      })),
    },
  }
}
