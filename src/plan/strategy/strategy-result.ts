import type { Bill } from '../../accounting/bill.ts'
import { billOf } from '../../accounting/bill.ts'
import { workOf } from '../../accounting/faults.ts'
import type { Tally } from '../../accounting/tally.ts'
import { tallyOf } from '../../accounting/tally.ts'
import type { NamedStrategy } from '../../sharing/catalogue.ts'
import type { Arranged } from '../../sharing/strategy.ts'
import type { PlannedStrategy } from '../result/result.ts'
import type { Means } from './against-host.ts'
import { standingOf } from './against-host.ts'
import { countersOf, groupOf, pageTablesOf } from './page-tables.ts'
import { regionOf } from './region-result.ts'

/** What a strategy is planned with. */
export interface Planning {
  readonly named: NamedStrategy
  readonly arranged: Arranged
  readonly means: Means
  /** Physical page tables under base-pages, unrounded; absent while that is what is planned. */
  readonly yardstick?: number
}

/** A strategy as published, and what it was made from. */
export interface Planned {
  readonly named: NamedStrategy
  readonly result: PlannedStrategy
  readonly arranged: Arranged
  readonly means: Means
  readonly bill: Bill
  readonly tally: Tally
  /** Physical page tables, unrounded. */
  readonly pageTableBytes: number
}

/** What a plan comes to on the machine, without what it is made of. */
export type Outlook = Pick<PlannedStrategy, 'status' | 'pageTables' | 'memory' | 'risk'>

/** Bills an arrangement and sets it against the machine. Rounding happens here, once per figure. */
export function planStrategy(planning: Planning): Planned {
  const { named, arranged } = planning
  const { workload, arrangement } = arranged
  const { bill, tally, pageTableBytes, ...outlook } = billed(planning)
  const work = workOf(workload.host.layout, arrangement)
  const yardstick = planning.yardstick ?? pageTableBytes
  const result: PlannedStrategy = {
    id: named.id,
    status: outlook.status,
    applies: true,
    obstacles: arranged.obstacles,
    pageTables: outlook.pageTables,
    groups: workload.groups.map((_, index) => groupOf(workload, arrangement, tally, index)),
    regions: workload.regions.map((_, index) => regionOf(arranged, tally, index)),
    counters: countersOf(workload, arrangement, tally),
    savings: {
      bytes: Math.round(yardstick - pageTableBytes),
      fraction: yardstick === 0 ? 0 : (yardstick - pageTableBytes) / yardstick,
    },
    memory: outlook.memory,
    risk: outlook.risk,
    faults: { populate: Math.round(work.populate), link: Math.round(work.link) },
    mmapCalls: work.mmapCalls,
    vmas: work.vmas,
  }
  return { named, result, arranged, means: planning.means, bill, tally, pageTableBytes }
}

/** The same, for whoever asks only what it comes to: it costs less. */
export function outlookOf(planning: Planning): Outlook {
  const { status, pageTables, memory, risk } = billed(planning)
  return { status, pageTables, memory, risk }
}

function billed({
  named,
  arranged,
  means,
}: Planning): Outlook & Pick<Planned, 'bill' | 'tally' | 'pageTableBytes'> {
  const { workload, arrangement, windows } = arranged
  const { host } = workload
  const bill = billOf(host.layout, arrangement)
  const tally = tallyOf(host, arrangement, bill, workload.regions.length)
  const { result, expectedBytes } = pageTablesOf(workload, arrangement, tally, named.id)
  return {
    status: windows.length > 0 ? 'proposed' : named.status,
    pageTables: result,
    ...standingOf(arranged, means, { bill, tally }, expectedBytes),
    bill,
    tally,
    pageTableBytes: expectedBytes,
  }
}
