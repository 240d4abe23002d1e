import { minWatermark } from '../host/min-watermark.ts'
import { describedStrategy } from '../sharing/catalogue.ts'
import { partCopies } from '../sharing/pools/copies.ts'
import { isDrawn } from '../space/random-draw.ts'
import { tablesPerStack } from '../workload/base-tables.ts'
import type { Named } from '../workload/identity.ts'
import { identityOf } from '../workload/identity.ts'
import type { Assumption, Workload } from '../workload/workload.ts'
import { adviceOn, withoutMshare } from './advice/advice.ts'
import { planCases } from './cases/cases.ts'
import { fileAssumptions } from './findings/file-assumptions.ts'
import { findingsOf } from './findings/findings.ts'
import type { Earlier } from './gates/baseline.ts'
import { baselineFor } from './gates/baseline.ts'
import { comparedGates } from './gates/checked-gates.ts'
import { judge, verdictOf } from './gates/gates.ts'
import { applyWaivers } from './gates/waivers.ts'
import { withBreaking } from './limits/breaking.ts'
import { growingOf, withLimits } from './limits/growing.ts'
import { growthOver } from './limits/growth/grow.ts'
import { sensitivityOf } from './limits/sensitivity.ts'
import { postmortemOf } from './postmortem/postmortem.ts'
import { publishHost } from './result/host-result.ts'
import { standingOf, subjectOf } from './result/outlook.ts'
import { refusalIn } from './result/refusal.ts'
import type { Result } from './result/result.ts'
import { tool } from './result/tool.ts'
import type { PlannedOrRefused, Plans } from './strategy/plans.ts'
import { isPlanned, planAll, tryPlanWhole } from './strategy/plans.ts'
import type { Planned } from './strategy/strategy-result.ts'
import { summaryOf } from './timeline/timeline.ts'

/** What a plan is told beside the workload. The answer of {@link readScenario} says what it must. */
export interface About extends Named {
  /** The defaults that the scenario used, which the result lists; absent: none. */
  readonly assumptions?: readonly Assumption[]
  /** Huge-page pools of the advice are split over this many NUMA nodes; absent: they are not. */
  readonly numaNodes?: number
  /** The date in UTC, as `2027-01-31`, that waivers are judged by; absent: no waiver counts. */
  readonly today?: string
  /** Results to compare with, which page tables may not outgrow; absent: nothing is compared. */
  readonly earlier?: readonly Earlier[]
}

/** A result and what it was made from, for explain. */
export interface Workings {
  /** As planned: copies of a region that a pool treats unlike are groups and regions of their own. */
  readonly workload: Workload
  /** The strategies that were planned, with the figures that the result has of them. */
  readonly planned: readonly Planned[]
  readonly result: Result
  /** Of each case of the scenario; a case has no cases. */
  readonly cases: readonly { readonly name: string; readonly workings: Workings }[]
}

/**
 * In comes a workload, checked and complete, in branded integers; out goes the published result:
 * every strategy asked for with its page tables, memory and risk, then advice, findings and gates.
 * Strategies come first; limits, advice, findings and gates read what was planned, in that order.
 * @throws QuantityError when a number passes 2^53 − 1; it is never rounded instead.
 */
export function plan(scenario: Workload, about: About): Result {
  return planWithWorkings(scenario, about).result
}

/** The same, keeping what was planned. */
export function planWithWorkings(scenario: Workload, about: About): Workings {
  const { assumptions = [], numaNodes, today, earlier } = about
  const identity = identityOf(scenario, about)
  const workload = partCopies(scenario)
  const plans = planAll(workload, assumptions)
  const { asked, basePages } = plans
  const described = tablesDescribed(asked)
  const answered = subjectOf({ strategies: asked.map(({ result }) => result) })
  const subject = asked.filter(isPlanned).find(({ result }) => result === answered)
  const growing = growingOf(scenario, workload, basePages.result)
  const howFar = (one: Planned): Planned['result'] =>
    withLimits(scenario, one, {
      growing,
      memory: one === subject && (growing === undefined || standingOf(one.result) !== 'safe'),
    })
  const published = asked.map((one) => {
    if (!isPlanned(one)) return one
    const compared = againstDescribed({ ...one, result: howFar(one) }, described)
    return { ...one, result: withBreaking(workload, compared) }
  })
  const sensitivity =
    subject === undefined ? undefined : sensitivityOf(workload, subject, assumptions)
  const postmortem =
    workload.measured?.outOfMemory === undefined ? undefined : postmortemOf(workload, answered)
  const strategies = published.map(({ result }) => result)
  const { host, allow } = workload
  const gates = comparedGates(workload.gates, earlier !== undefined)
  const advised = { assumptions, ...(numaNodes === undefined ? {} : { numaNodes }) }
  const advising = adviceOn(workload, asked, advised)
  const findingsIn = (planned: readonly PlannedOrRefused[]): Result['findings'] =>
    applyWaivers(
      findingsOf(workload, planned.filter(isPlanned), basePages, assumptions, advising),
      allow ?? [],
      today,
    )
  const findings = findingsIn(asked)
  const judged = judge(gates, {
    strategies,
    findings,
    memoryBytes: host.memory,
    ...(earlier === undefined ? {} : { baseline: baselineFor(identity, gates.strategy, earlier) }),
  })
  const { workings: cases, ...inAll } = withCases(scenario, about, judged)
  const result: Result = {
    schema: 'mshare-plan/result/1',
    tool,
    scenario: identity,
    host: publishHost(host),
    assumptions: [...assumptions, ...derivedAssumptions(workload, asked)],
    strategies,
    ...advising,
    ...(subject?.named.kind === 'described' && subject.result.status === 'proposed'
      ? withoutMshareOf(workload)
      : {}),
    ...(postmortem === undefined ? {} : { postmortem }),
    ...(scenario.timeline === undefined ? {} : summaryOf(scenario)),
    ...(scenario.growth === undefined ? {} : growthOver(scenario, { withPoints: true })),
    ...(sensitivity === undefined ? {} : { sensitivity }),
    findings,
    ...(allow === undefined ? {} : { waivers: allow }),
    ...inAll,
    ...judgedLater(gates, judged, plans, findingsIn),
    verdict: verdictOf(inAll.gates),
  }
  return { workload, planned: published.filter(isPlanned), result, cases }
}

/** The gates, and each case of the scenario with its own. */
function withCases(
  scenario: Workload,
  { earlier: _, assumptions: __, ...about }: About,
  judged: Result['gates'],
): Pick<Result, 'cases' | 'gates'> & { readonly workings: Workings['cases'] } {
  if (scenario.cases === undefined) return { gates: judged, workings: [] }
  const workings: Workings['cases'][number][] = []
  const { cases, gates } = planCases(scenario, ({ name, scenario: one, assumptions }) => {
    const made = planWithWorkings(one, { ...about, assumptions })
    workings.push({ name, workings: made })
    return made.result
  })
  return { cases, gates: [...judged, ...gates], workings }
}

/** For who checks the saved result of a plan that had no gate. */
function judgedLater(
  { strategy }: Workload['gates'],
  gates: Result['gates'],
  { asked, judged }: Plans,
  findingsIn: (planned: readonly PlannedOrRefused[]) => Result['findings'],
): Pick<Result, 'judged'> {
  if (gates.length > 0 || (judged === undefined && strategy === 'as-described')) return {}
  if (judged === undefined) return { judged: { strategy } }
  const unasked = { result: judged.result, findings: findingsIn([...asked, judged]) }
  return { judged: { strategy, unasked } }
}

function withoutMshareOf(workload: Workload): Pick<Result, 'withoutMshare'> {
  const planned = tryPlanWhole(withoutMshare(workload), describedStrategy)
  if (planned === undefined) return {}
  const { pageTables, memory: whole, risk } = planned.result
  const { lines: _, ...memory } = whole
  return { withoutMshare: { pageTables, memory, risk } }
}

/** Page tables as described, unrounded; `undefined` where that does not start. */
export function tablesDescribed(asked: readonly PlannedOrRefused[]): number | undefined {
  const described = asked.filter(isPlanned).find(({ named }) => named.kind === 'described')
  if (described === undefined || refusalIn(described.result.memory) !== undefined) return undefined
  return described.pageTableBytes
}

/** With what it saves against as-described, in whole bytes. */
export function againstDescribed(planned: Planned, described: number | undefined): Planned {
  if (described === undefined) return planned
  const { result, pageTableBytes } = planned
  const againstDescribedBytes = Math.round(described - pageTableBytes)
  return {
    ...planned,
    result: { ...result, savings: { ...result.savings, againstDescribedBytes } },
  }
}

/** What is assumed wherever a result is made, beside the defaults of the scenario. */
function derivedAssumptions(
  workload: Workload,
  asked: readonly PlannedOrRefused[],
): readonly Assumption[] {
  const { host } = workload
  const counters: Assumption = {
    path: 'counters.pageTablesBytes',
    value: 'baseTables in full, without kernel page tables',
    source: 'kernel page tables are counted since Linux 6.16 and depend on the machine',
  }
  const always = [
    counters,
    ...allocationsByChance(workload),
    ...accuracyOfRanks(workload),
    ...stacksUnderThreads(workload),
    ...fileAssumptions(workload, asked),
  ]
  if (host.minFree !== undefined) return always
  return [
    {
      path: 'host.minFree',
      value: `${minWatermark(host)} B`,
      source: 'mm/page_alloc.c calculate_min_free_kbytes(), mm/khugepaged.c',
    },
    ...always,
  ]
}

/**
 * The allocations of the expected tables stand for the expected allocations: for `n` tables, `m` to
 * an allocation, both ⌈E n / m⌉ and E⌈n / m⌉ are at least E n / m and less than one more.
 */
function allocationsByChance({ host, groups }: Workload): readonly Assumption[] {
  const shares = host.layout.levels.some(
    (level) => host.layout.allocation(level, host).tablesPerChunk > 1,
  )
  const chance = groups.some(({ maps }) => maps.some(({ touched }) => isDrawn(touched)))
  if (!shares || !chance) return []
  return [
    {
      path: 'pageTables.bytes',
      value: 'under random touching, the allocations of the expected tables, rounded up',
      source: 'several tables share one: less than one off at each level of each process',
    },
  ]
}

/** How near the sums over ranks come: docs/model/space.md has the reasons. */
function accuracyOfRanks({ groups }: Workload): readonly Assumption[] {
  const orders = new Set(
    groups.flatMap(({ maps }) =>
      maps.flatMap(({ touched }) => (touched.kind === 'zipf' ? [touched.order] : [])),
    ),
  )
  const scattered = '; scattered, at most 0.2 tables too high at each level'
  return orders.size === 0
    ? []
    : [
        {
          path: 'pageTables.levels',
          value: `expected under zipf, within 1e-9${orders.has('scattered') ? scattered : ''}`,
          source: 'sums by the Euler–Maclaurin formula',
        },
      ]
}

/** A process that is turned into a thread brings a stack, whose guard and top need tables. */
function stacksUnderThreads({ host, groups, strategies }: Workload): readonly Assumption[] {
  const asked = strategies === undefined || strategies.includes('threads')
  if (!asked || !groups.some(({ processes }) => processes > 1)) return []
  const each = tablesPerStack(host.kernel)
  return [
    {
      path: 'strategies.threads',
      value: 'base tables once for each group, without those of further stacks',
      source: `each thread that a process becomes needs ${each === 1 ? 'a pte table' : `${each} pte tables`} at most for its stack`,
    },
  ]
}
