import type { Bill } from '../../accounting/bill.ts'
import { billOf } from '../../accounting/bill.ts'
import { isInVmPte } from '../../accounting/counters.ts'
import type { ProcessTally, Tally } from '../../accounting/tally.ts'
import { tallyOf } from '../../accounting/tally.ts'
import type { LevelName } from '../../geometry/layout.ts'
import { describedSharing } from '../../sharing/as-described.ts'
import type { Arranged, Strategy } from '../../sharing/strategy.ts'
import type { Estimate } from '../../units/estimate.ts'
import { exactly, sumOf, times } from '../../units/estimate.ts'
import { within53Bits } from '../../units/quantity.ts'
import { sum, sumBy } from '../../units/sum.ts'
import type { Group } from '../../workload/group.ts'
import type { MeasuredProcesses } from '../../workload/measured.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Part } from '../result/verify-result.ts'

/** What the counters should say of a workload. */
export interface Forecast {
  /** VmPTE of planned mappings, all processes of each group together. */
  readonly planned: readonly Estimate[]
  /** The same with the programs' own tables. */
  readonly vmPte: readonly Estimate[]
  /** What PageTables counts of all processes of each group, without what exists once. */
  readonly own: readonly Estimate[]
  /** All of PageTables, with processes elsewhere and what exists once. */
  readonly pageTables: Estimate
  /** What PageTables is made of, from whole bytes. */
  readonly parts: readonly Part[]
  /** True where some region is shared through mshare. */
  readonly proposed: boolean
}

/**
 * @param baseBytes the programs' own tables, all processes of each group together.
 * @param elsewhere processes in no group, of which only VmPTE is known.
 * @param arrange how its memory is shared: as described, unless said otherwise.
 * @throws QuantityError when a number passes 2^53 − 1.
 */
export function forecastOf(
  workload: Workload,
  baseBytes: readonly number[],
  elsewhere?: MeasuredProcesses,
  arrange: Strategy = describedSharing,
): Forecast {
  const described = describe(workload, arrange)
  const { arranged, tally } = described
  const { groups } = workload
  const planned = groups.map((group) =>
    sumOf(
      partsOf(described, group).map((part) =>
        times(part.tally?.vmPteBytes ?? exactly(0), part.processes, sumOfVmPte),
      ),
      sumOfVmPte,
    ),
  )
  const vmPte = planned.map((sum, g) => sumOf([sum, exactly(baseBytes[g] ?? 0)], sumOfVmPte))
  const own = groups.map((group, g) => {
    const counted = partsOf(described, group).map((part) =>
      times(part.tally?.pageTablesBytes ?? exactly(0), part.processes, pageTables),
    )
    return sumOf([...counted, exactly(baseBytes[g] ?? 0)], pageTables)
  })
  const strangers = strangersOf(workload, elsewhere)
  const once = tally.shared.map((shared) => shared.pageTablesBytes)
  const spaces = groups.flatMap((group) => partsOf(described, group))
  return {
    planned,
    vmPte,
    own,
    pageTables: sumOf(
      [...own, ...once, exactly(elsewhere?.vmPte ?? 0), strangers.counted],
      pageTables,
    ),
    parts: [
      groupsPart(workload, vmPte),
      ...(elsewhere === undefined
        ? []
        : [{ kind: 'elsewhere', processes: elsewhere.processes, bytes: elsewhere.vmPte } as const]),
      ...levelParts(workload, [...spaces, strangers]),
      ...linksPart(described),
      ...msharePart(described),
    ],
    proposed: arranged.windows.length > 0,
  }
}

const pageTables = 'PageTables'
const sumOfVmPte = 'sum of VmPTE'

/** VmPTE of planned mappings of one process of each group; cheaper than a forecast. */
export function plannedEach(
  workload: Workload,
  arrange: Strategy = describedSharing,
): readonly Estimate[] {
  const described = describe(workload, arrange)
  return workload.groups.map((group) => {
    const parts = partsOf(described, group).flatMap(({ tally }) => tally?.vmPteBytes ?? [])
    const [one = exactly(0), ...others] = parts
    if (others.length === 0) return one
    return {
      least: Math.min(...parts.map(({ least }) => least)),
      expected: one.expected,
      most: Math.max(...parts.map(({ most }) => most)),
    }
  })
}

interface Described {
  readonly arranged: Arranged
  readonly bill: Bill
  readonly tally: Tally
}

function describe(workload: Workload, arrange: Strategy): Described {
  const arranged = arrange(workload)
  const { arrangement } = arranged
  const { host } = arranged.workload
  const bill = billOf(host.layout, arrangement)
  return { arranged, bill, tally: tallyOf(host, arrangement, bill) }
}

/** Alike processes, and what each of them owns beside baseTables. */
interface Crowd {
  readonly processes: number
  readonly tally: ProcessTally | undefined
}

/** A group's processes, in parts where the huge-page pool does not treat them alike. */
function partsOf({ arranged, tally }: Described, { name }: Group): readonly Crowd[] {
  return arranged.workload.groups.flatMap((group, g) =>
    group.name === name
      ? [{ processes: arranged.arrangement.spaces[g]?.processes ?? 0, tally: tally.spaces[g] }]
      : [],
  )
}

/** Processes that map nothing planned: each has what every process has. */
function strangersOf(
  { host }: Workload,
  elsewhere: MeasuredProcesses | undefined,
): Crowd & { readonly counted: Estimate } {
  const processes = elsewhere?.processes ?? 0
  const arrangement = { spaces: [{ processes, draws: 1, mappings: [] }], shared: [] }
  const [tally] = tallyOf(host, arrangement, billOf(host.layout, arrangement)).spaces
  const counted = times(tally?.pageTablesBytes ?? exactly(0), processes, pageTables)
  return { processes, tally, counted }
}

function groupsPart({ groups }: Workload, vmPte: readonly Estimate[]): Part {
  const processes = sum(groups.map((group) => group.processes))
  const bytes = sum(vmPte.map(({ expected }) => Math.round(expected)))
  return { kind: 'groups', processes, bytes: within53Bits(bytes, sumOfVmPte) }
}

/** Level by level, what PageTables counts less what VmPTE counts of the processes' own tables. */
function levelParts({ host }: Workload, crowds: readonly Crowd[]): readonly Part[] {
  const { layout } = host
  const beyond = (name: LevelName, tableBytes: number): number =>
    sumBy(crowds, ({ processes, tally }) => {
      const level = tally?.levels.find((one) => one.name === name)
      const inVmPte = isInVmPte(name) ? (level?.tables.expected ?? 0) * tableBytes : 0
      return processes * ((level?.counted.expected ?? 0) - inVmPte)
    })
  return layout.levels.flatMap(({ name, tableBytes }) => {
    const bytes = Math.round(within53Bits(beyond(name, tableBytes), pageTables))
    return bytes === 0 ? [] : [{ kind: 'level', level: name, bytes } as const]
  })
}

function linksPart({ arranged, bill, tally }: Described): readonly Part[] {
  const { spaces } = arranged.arrangement
  const linked = tally.shared.filter((_, s) => arranged.arrangement.shared[s]?.kind === 'linked')
  if (linked.length === 0) return []
  const tables = linked.flatMap(({ levels }) => levels.map((level) => level.tables.expected))
  const once = linked.map((shared) => shared.pageTablesBytes.expected)
  const inVmPte = spaces.map(({ processes }, g) => processes * linkedBytes(bill.spaces[g] ?? []))
  const onceBytes = Math.round(sum(once))
  const inVmPteBytes = Math.round(within53Bits(sum(inVmPte), pageTables))
  if (onceBytes === 0 && inVmPteBytes === 0) return []
  const bytes = onceBytes - inVmPteBytes
  return [{ kind: 'links', tables: Math.round(sum(tables)), onceBytes, inVmPteBytes, bytes }]
}

function linkedBytes(levels: Bill['spaces'][number]): number {
  return sum(levels.map(({ level, linked }) => linked.expected * level.tableBytes))
}

function msharePart({ arranged, tally }: Described): readonly Part[] {
  const hosts = tally.shared.filter((_, s) => arranged.arrangement.shared[s]?.kind === 'mshare')
  if (hosts.length === 0) return []
  const bytes = Math.round(sum(hosts.map((shared) => shared.pageTablesBytes.expected)))
  return [{ kind: 'mshare', bytes }]
}
