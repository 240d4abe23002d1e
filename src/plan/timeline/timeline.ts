import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { describedStrategy, strategiesOf } from '../../sharing/catalogue.ts'
import { riskLevels } from '../../workload/gates.ts'
import type { Named } from '../../workload/identity.ts'
import { identityOf } from '../../workload/identity.ts'
import type { Action } from '../../workload/timeline.ts'
import type { Workload } from '../../workload/workload.ts'
import { refusedOf } from '../limits/reasons.ts'
import { publishHost } from '../result/host-result.ts'
import { refusalIn } from '../result/refusal.ts'
import type {
  TimelineAction,
  TimelineFigures,
  TimelinePeak,
  TimelineResult,
  TimelineStrategy,
} from '../result/timeline/timeline-result.ts'
import type { SummaryStep, TimelineSummary } from '../result/timeline/timeline-summary.ts'
import { tool } from '../result/tool.ts'
import { planOrUnknown } from '../strategy/plans.ts'
import type { Outcome } from '../strategy/strategy-result.ts'
import { workloadOf } from './snapshot.ts'
import type { State } from './state.ts'
import { processesOf } from './state.ts'
import type { Moment } from './states.ts'
import { momentsOf } from './states.ts'

/**
 * Plans a workload after each step of its timeline, under each strategy.
 * @param strategies ids; absent: all that the workload asks for.
 */
export function timeline(
  workload: Workload,
  named: Named,
  strategies?: readonly string[],
): TimelineResult {
  const moments = momentsOf(workload)
  const known = strategiesOf(workload.host.layout)
  const asked = strategies ?? workload.strategies ?? known.map(({ id }) => id)
  const workloads = moments.map(({ state }) => workloadOf(state))
  const planned = known
    .filter(({ id }) => asked.includes(id))
    .flatMap((strategy): readonly TimelineStrategy[] => {
      const one = strategyOver(workloads, strategy)
      return one.steps.every(({ pageTables }) => pageTables === undefined) ? [] : [one]
    })
  const { name, file, line, fingerprint } = identityOf(workload, named)
  return {
    schema: 'mshare-plan/timeline/1',
    tool,
    scenario: { name, file, ...(line === undefined ? {} : { line }), fingerprint },
    host: publishHost(workload.host),
    steps: moments.map((moment, step) => publishStep(workload, moment, step)),
    strategies: planned,
    refused: refusedOf(workload, asked, planned),
  }
}

/** What a plan says of the timeline of its scenario; empty where it has none. */
export function summaryOf(workload: Workload): { readonly timeline?: TimelineSummary } {
  if (workload.timeline === undefined) return {}
  const { steps, strategies } = timeline(workload, { name: '' }, [describedStrategy.id])
  const [described] = strategies
  if (described === undefined) return {}
  const summaryAt = (step: number): SummaryStep | undefined => {
    const { pageTables, headroomBytes, level, refusal } = described.steps[step] ?? {}
    if (pageTables === undefined || headroomBytes === undefined || level === undefined)
      return undefined
    const name = steps[step]?.name
    return {
      step,
      ...(name === undefined ? {} : { name }),
      pageTablesBytes: pageTables.bytes,
      headroomBytes,
      level,
      ...(refusal === undefined ? {} : { refusal }),
    }
  }
  const peak = summaryAt(described.peak.pageTables)
  const shortest = summaryAt(described.peak.headroom)
  if (peak === undefined || shortest === undefined) return {}
  return { timeline: { steps: steps.length - 1, peak, shortest } }
}

function strategyOver(workloads: readonly Workload[], strategy: NamedStrategy): TimelineStrategy {
  const outcomes = workloads.map((workload) => planOrUnknown(() => workload, strategy))
  const steps = outcomes.map(figuresOf)
  const isProposed = outcomes.some((one) => typeof one === 'object' && one.status === 'proposed')
  return {
    id: strategy.id,
    status: isProposed ? 'proposed' : strategy.status,
    steps,
    peak: peakIn(steps),
  }
}

function figuresOf(outcome: Outcome | 'unknown' | undefined): TimelineFigures {
  if (outcome === undefined || outcome === 'unknown') return {}
  const { pageTables, memory, risk } = outcome
  const { bytes, leastBytes, mostBytes, onceBytes } = pageTables
  const refusal = refusalIn(memory)
  return {
    pageTables: { bytes, leastBytes, mostBytes, onceBytes },
    demandBytes: memory.demandBytes,
    headroomBytes: memory.headroomBytes,
    level: risk.level,
    ...(refusal === undefined ? {} : { refusal }),
  }
}

function peakIn(steps: readonly TimelineFigures[]): TimelinePeak {
  const worst = (amount: (figures: TimelineFigures) => number): number => {
    let peak = 0
    const first = steps[0]
    let most = first === undefined ? 0 : amount(first)
    steps.forEach((figures, step) => {
      if (amount(figures) <= most) return
      most = amount(figures)
      peak = step
    })
    return peak
  }
  return {
    pageTables: worst(({ pageTables }) => pageTables?.bytes ?? -1),
    headroom: worst(({ headroomBytes }) =>
      headroomBytes === undefined ? Number.NEGATIVE_INFINITY : -headroomBytes,
    ),
    risk: worst(badness),
  }
}

/** Worse than every level is what does not run at all. */
function badness({ level, refusal }: TimelineFigures): number {
  if (level === undefined) return -1
  return refusal === undefined ? riskLevels.indexOf(level) : riskLevels.length
}

function publishStep(
  workload: Workload,
  { state, consequences }: Moment,
  step: number,
): TimelineResult['steps'][number] {
  const { name, actions = [] } = workload.timeline?.[step - 1] ?? {}
  const groups = groupsOf(state)
  return {
    step,
    ...(name === undefined ? {} : { name }),
    actions: actions.map(publishAction),
    consequences,
    processes: groups.reduce((sum, { processes }) => sum + processes, 0),
    groups,
  }
}

function groupsOf(state: State): TimelineResult['steps'][number]['groups'] {
  return state.scenario.groups.map(({ name }) => ({ name, processes: processesOf(state, name) }))
}

function publishAction(action: Action): TimelineAction {
  switch (action.kind) {
    case 'touch': {
      const { touched: _, ...rest } = action
      return rest
    }
    case 'unmap':
    case 'dontneed': {
      const { ranges: _, ...rest } = action
      return rest
    }
    case 'pool': {
      const { kind, pageBytes, count: pages } = action
      return { kind, pageBytes, pages }
    }
    case 'start':
    case 'stop':
    case 'crash':
    case 'fork':
    case 'create':
    case 'attach':
    case 'unlink':
    case 'close':
    case 'set':
      return action
  }
}
