import { poolsNeeded } from '../host/pools.ts'
import { type NamedStrategy, strategiesOf } from '../sharing/catalogue.ts'
import type { Assumption, Workload } from '../workload/workload.ts'
import { minWatermark } from '../host/min-watermark.ts'
import { findingsOf } from './findings.ts'
import { judge, verdictOf } from './gates.ts'
import type { RefusedStrategy, Result, ScenarioIdentity } from './result.ts'
import { type Planned, planStrategy } from './strategy-result.ts'

/** What a result says about itself. */
export interface About {
  readonly tool: Result['tool']
  readonly scenario: ScenarioIdentity
  readonly assumptions: readonly Assumption[]
}

/**
 * Plans a workload under every strategy asked for.
 * @throws QuantityError when a number passes 2^53 − 1; it is never rounded instead.
 */
export function plan(workload: Workload, about: About): Result {
  const attempts = planAll(workload, about.assumptions)
  const strategies = attempts.map(({ result }) => result)
  const { host, gates } = workload
  const judged = judge(gates, strategies, host.memory)
  const { layout, kernel, memory, swap, pti } = host
  return {
    schema: 'mshare-plan/result/1',
    tool: about.tool,
    scenario: about.scenario,
    host: {
      layout: layout.id,
      kernel: `${kernel.major}.${kernel.minor}`,
      memoryBytes: memory,
      swapBytes: swap,
      pti,
      pageBytes: layout.pageBytes,
    },
    assumptions: [...about.assumptions, ...derivedAssumptions(workload)],
    strategies,
    findings: findingsOf(workload, attempts.filter(isPlanned), about.assumptions),
    gates: judged,
    verdict: verdictOf(judged),
  }
}

function isPlanned(attempt: Attempt): attempt is Planned {
  return 'arranged' in attempt
}

/** What is assumed wherever a result is made, beside the defaults of the scenario. */
function derivedAssumptions({ host }: Workload): readonly Assumption[] {
  const counters: Assumption = {
    path: 'counters.pageTablesBytes',
    value: 'baseTables in full, without kernel page tables',
    source: 'kernel page tables are counted since Linux 6.16 and depend on the machine',
  }
  if (host.minFree !== undefined) return [counters]
  return [
    {
      path: 'host.minFree',
      value: `${minWatermark(host)} B`,
      source: 'mm/page_alloc.c calculate_min_free_kbytes(), mm/khugepaged.c',
    },
    counters,
  ]
}

type Attempt = Planned | { readonly result: RefusedStrategy }

function planAll(workload: Workload, assumptions: readonly Assumption[]): readonly Attempt[] {
  const known = strategiesOf(workload.host.layout)
  const assumed = new Set(assumptions.map(({ path }) => path))
  const yardstick = planOne(workload, requireStrategy(known, 'base-pages'), assumed)
  return idsToPlan(workload, known).map((id) => {
    const named = known.find((strategy) => strategy.id === id)
    if (named === undefined) return { result: notOnThisLayout(workload, id) }
    if (id === 'base-pages' || !('arranged' in yardstick)) return yardstick
    return planOne(workload, named, assumed, yardstick.pageTableBytes)
  })
}

/** Those asked for, and the one that a gate judges. */
function idsToPlan({ strategies, gates }: Workload, known: readonly NamedStrategy[]): readonly string[] {
  const asked = strategies ?? known.map(({ id }) => id)
  const { strategy, ...metrics } = gates
  const judged = Object.keys(metrics).length > 0 ? [strategy] : []
  return [...new Set([...asked, ...judged])]
}

function requireStrategy(known: readonly NamedStrategy[], id: string): NamedStrategy {
  const named = known.find((strategy) => strategy.id === id)
  if (named === undefined) throw new RangeError(`no strategy ${id}`)
  return named
}

function notOnThisLayout({ host }: Workload, id: string): RefusedStrategy {
  const obstacles = [{ kind: 'layout', need: id, found: host.layout.id }] as const
  return { id, status: 'mainline', applies: false, obstacles }
}

function planOne(
  workload: Workload,
  named: NamedStrategy,
  assumed: ReadonlySet<string>,
  yardstick?: number,
): Attempt {
  const arranged = named.arrange(workload)
  if (!arranged.applies) {
    const { obstacles } = arranged
    return { result: { id: named.id, status: named.status, applies: false, obstacles } }
  }
  const described = named.id === 'as-described'
  const pools = described ? workload.host.hugepages : poolsNeeded(arranged.workload)
  const poolOrigin = described ? 'given' : 'derived'
  const planning = { named, arranged, pools, poolOrigin, assumed } as const
  return planStrategy(yardstick === undefined ? planning : { ...planning, yardstick })
}
