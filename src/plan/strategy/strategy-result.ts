import type { Bill } from '../../accounting/bill.ts'
import { billOf } from '../../accounting/bill.ts'
import { workOf } from '../../accounting/faults.ts'
import type { Tally, TallyByRegion } from '../../accounting/tally.ts'
import { tallyByRegion, tallyOf } from '../../accounting/tally.ts'
import type { CgroupNeed } from '../../host/cgroups.ts'
import type { NamedStrategy } from '../../sharing/catalogue.ts'
import type { Arranged } from '../../sharing/strategy.ts'
import { budgetLabel } from '../result/budget-label.ts'
import type { Memory } from '../result/memory-result.ts'
import type { PlannedStrategy } from '../result/result.ts'
import type { AgainstHost, PoolSetup, RiskLevels } from './against-host.ts'
import { againstHost } from './against-host.ts'
import type { TableTotals } from './page-tables.ts'
import { countersOf, groupOf, tableLevelsOf, tableTotalsOf } from './page-tables.ts'
import { regionsOf } from './region-result.ts'
import { withVictims } from './victims.ts'

/** What a strategy is planned with. */
export interface StrategyInput {
  readonly named: NamedStrategy
  readonly arranged: Arranged
  readonly poolSetup: PoolSetup
  /** Physical page tables under base-pages, unrounded; absent while that is what is planned. */
  readonly basePageTableBytes?: number
}

/** A strategy as published, and what it was made from. */
export interface Planned {
  readonly named: NamedStrategy
  readonly result: PlannedStrategy
  readonly outcome: Outcome
  readonly arranged: Arranged
  readonly poolSetup: PoolSetup
  readonly bill: Bill
  readonly tally: TallyByRegion
  /** Physical page tables, unrounded. */
  readonly pageTableBytes: number
}

/** What a plan comes to on the machine, without what it is made of and whom it kills. */
export interface Outcome extends PublishedOutcome {
  /** What is charged to each cgroup: unrounded. */
  readonly charged: readonly CgroupNeed[]
}

/** The part of it that a planned strategy publishes. */
export interface PublishedOutcome extends Pick<PlannedStrategy, 'status'> {
  readonly pageTables: TableTotals
  readonly memory: Omit<Memory, 'lines'>
  readonly risk: RiskLevels
}

/** Bills an arrangement and sets it against the machine. Rounding happens here, once per figure. */
export function planStrategy(input: StrategyInput): Planned {
  const { named, arranged } = input
  const { workload, arrangement } = arranged
  const { host, regions } = workload
  const bill = billOf(host.layout, arrangement)
  const tally = tallyByRegion(host, arrangement, bill, regions.length)
  const against = outcomeAgainst(input, { bill, tally })
  const { outcome, pageTableBytes } = against
  const work = workOf(host.layout, arrangement)
  const basePageTableBytes = input.basePageTableBytes ?? pageTableBytes
  const result: PlannedStrategy = {
    ...identityOf(named),
    status: outcome.status,
    applies: true,
    obstacles: arranged.obstacles,
    pageTables: { ...outcome.pageTables, levels: tableLevelsOf(arrangement, tally, named.id) },
    groups: workload.groups.map((_, index) => groupOf(workload, arrangement, tally, index)),
    regions: regionsOf(arranged, tally),
    counters: countersOf(workload, arrangement, tally),
    savings: {
      bytes: Math.round(basePageTableBytes - pageTableBytes),
      fraction:
        basePageTableBytes === 0 ? 0 : (basePageTableBytes - pageTableBytes) / basePageTableBytes,
    },
    memory: withLines(outcome.memory, against.lines),
    risk: withVictims(arranged, tally, against),
    limits: [],
    faults: { populate: Math.round(work.populate), link: Math.round(work.link) },
    mmapCalls: work.mmapCalls,
    vmas: work.vmas,
  }
  const { poolSetup } = input
  return { named, result, outcome, arranged, poolSetup, bill, tally, pageTableBytes }
}

/** Which strategy it is, as published. */
export function identityOf(
  named: NamedStrategy,
): Pick<PlannedStrategy, 'id' | 'kind' | 'pageBytes'> {
  const { id, kind } = named
  return { id, kind, ...('page' in named ? { pageBytes: named.page.bytes } : {}) }
}

function withLines(
  { pools, commit, ...sums }: Outcome['memory'],
  lines: AgainstHost['lines'],
): Memory {
  const published = lines.map((line) => ({
    name: budgetLabel(line),
    ...line,
    bytes: Math.round(line.bytes),
  }))
  return { ...sums, lines: published, pools, commit }
}

/** The same for a caller that asks for the outcome alone: a search plans hundreds of times. */
export function outcomeOf(input: StrategyInput): Outcome {
  const { workload, arrangement } = input.arranged
  const bill = billOf(workload.host.layout, arrangement)
  const tally = tallyOf(workload.host, arrangement, bill)
  return outcomeAgainst(input, { bill, tally }).outcome
}

function outcomeAgainst(
  { named, arranged, poolSetup }: StrategyInput,
  accounts: { readonly bill: Bill; readonly tally: Tally },
): AgainstHost & Pick<Planned, 'outcome' | 'pageTableBytes'> {
  const { workload, arrangement, windows } = arranged
  const { totals, expectedBytes } = tableTotalsOf(workload, arrangement, accounts.tally, named.id)
  const host = againstHost(arranged, poolSetup, accounts, expectedBytes)
  const status = windows.length > 0 ? 'proposed' : named.status
  const { memory, risk } = host
  return {
    ...host,
    outcome: { status, pageTables: totals, memory, risk, charged: host.cgroups },
    pageTableBytes: expectedBytes,
  }
}
