import type { Bill } from '../../accounting/bill.ts'
import { billOf } from '../../accounting/bill.ts'
import { workOf } from '../../accounting/faults.ts'
import type { Tally } from '../../accounting/tally.ts'
import { tallyOf } from '../../accounting/tally.ts'
import type { NamedStrategy } from '../../sharing/catalogue.ts'
import type { Arranged } from '../../sharing/strategy.ts'
import { budgetLabel } from '../result/budget-label.ts'
import type { Memory } from '../result/memory-result.ts'
import type { PlannedStrategy } from '../result/result.ts'
import type { AgainstHost, PoolSetup } from './against-host.ts'
import { againstHost } from './against-host.ts'
import { countersOf, groupOf, pageTablesOf } from './page-tables.ts'
import { regionsOf } from './region-result.ts'

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
  readonly arranged: Arranged
  readonly poolSetup: PoolSetup
  readonly bill: Bill
  readonly tally: Tally
  /** Physical page tables, unrounded. */
  readonly pageTableBytes: number
}

/** What a plan comes to on the machine, without what it is made of. */
export interface Outcome extends Pick<PlannedStrategy, 'status' | 'pageTables' | 'risk'> {
  readonly memory: Omit<Memory, 'lines'>
}

/** Bills an arrangement and sets it against the machine. Rounding happens here, once per figure. */
export function planStrategy(input: StrategyInput): Planned {
  const { named, arranged } = input
  const { workload, arrangement } = arranged
  const { bill, tally, pageTableBytes, lines, ...outcome } = billed(input)
  const work = workOf(workload.host.layout, arrangement)
  const basePageTableBytes = input.basePageTableBytes ?? pageTableBytes
  const result: PlannedStrategy = {
    ...identityOf(named),
    status: outcome.status,
    applies: true,
    obstacles: arranged.obstacles,
    pageTables: outcome.pageTables,
    groups: workload.groups.map((_, index) => groupOf(workload, arrangement, tally, index)),
    regions: regionsOf(arranged, tally),
    counters: countersOf(workload, arrangement, tally),
    savings: {
      bytes: Math.round(basePageTableBytes - pageTableBytes),
      fraction:
        basePageTableBytes === 0 ? 0 : (basePageTableBytes - pageTableBytes) / basePageTableBytes,
    },
    memory: withLines(outcome.memory, lines),
    risk: outcome.risk,
    limits: [],
    faults: { populate: Math.round(work.populate), link: Math.round(work.link) },
    mmapCalls: work.mmapCalls,
    vmas: work.vmas,
  }
  return { named, result, arranged, poolSetup: input.poolSetup, bill, tally, pageTableBytes }
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
  const { status, pageTables, memory, risk } = billed(input)
  return { status, pageTables, memory, risk }
}

function billed({
  named,
  arranged,
  poolSetup,
}: StrategyInput): Outcome & AgainstHost & Pick<Planned, 'bill' | 'tally' | 'pageTableBytes'> {
  const { workload, arrangement, windows } = arranged
  const { host } = workload
  const bill = billOf(host.layout, arrangement)
  const tally = tallyOf(host, arrangement, bill, workload.regions.length)
  const { result, expectedBytes } = pageTablesOf(workload, arrangement, tally, named.id)
  return {
    status: windows.length > 0 ? 'proposed' : named.status,
    pageTables: result,
    ...againstHost(arranged, poolSetup, { bill, tally }, expectedBytes),
    bill,
    tally,
    pageTableBytes: expectedBytes,
  }
}
