import { findLimits } from '../../plan/limits/find-limits.ts'
import type { About, Workings } from '../../plan/plan.ts'
import { againstDescribed, planWithWorkings, tablesDescribed } from '../../plan/plan.ts'
import type { Change } from '../../plan/result/advice-result.ts'
import { publishHost } from '../../plan/result/host-result.ts'
import type { LimitsResult } from '../../plan/result/limits-result.ts'
import { subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { tool } from '../../plan/result/tool.ts'
import { isPlanned, planAll } from '../../plan/strategy/plans.ts'
import { growthOf } from '../../render/screen/how-far.ts'
import { workloadOf } from '../../scenario/resolve/resolve-workload.ts'
import type { DeepPartial, Log } from '../../scenario/resolve/section.ts'
import type { ResolveAgain } from '../../scenario/resolve/timeline/resolve-timeline.ts'
import { timelineOf } from '../../scenario/resolve/timeline/resolve-timeline.ts'
import type { ScenarioText } from '../../scenario/schema/scenario-text.ts'
import type { Complaint } from '../../scenario/yaml/issue.ts'
import type { PlainData } from '../../scenario/yaml/plain-data.ts'
import { partCopies } from '../../sharing/pools/copies.ts'
import { identityOf } from '../../workload/identity.ts'
import type { Workload } from '../../workload/workload.ts'
import { changedData } from './changed-data.ts'
import type { ReportEntry } from './report-data.ts'

/** A scenario of the page with changes, ready to plan; or what is wrong with it then. */
export type Changed =
  | {
      readonly ok: true
      readonly data: PlainData
      readonly workload: Workload
      readonly about: About
    }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/**
 * Resolves a scenario with changes as `--set` would. Its shape was checked when the page was written, and
 * the changes keep it.
 */
export function changedScenario(entry: ReportEntry, changes: readonly Change[]): Changed {
  const { file = 'example', line, name, isNamedByFile, context } = entry
  const data = changedData(entry.data, changes)
  const log: Log = { complaints: [], assumptions: [] }
  const workload = resolved(log, data)
  const { complaints, assumptions } = log
  if (workload === undefined || complaints.length > 0) return { ok: false, complaints }
  const byFile = { path: 'name', value: name, source: 'the name of the file' }
  return {
    ok: true,
    data,
    workload,
    about: {
      ...{ name, file, ...(line === undefined ? {} : { line }), ...context },
      assumptions: isNamedByFile ? [byFile, ...assumptions] : assumptions,
    },
  }
}

function resolved(log: Log, data: PlainData): Workload | undefined {
  const given = data as DeepPartial<ScenarioText>
  const base = workloadOf(log, given, 'plan')
  if (base === undefined || given.timeline === undefined) return base
  return { ...base, ...timelineOf(log, given, base, resolvedAgain) }
}

/** With the values that a step sets, which were checked with the scenario. */
function resolvedAgain(data: PlainData): ReturnType<ResolveAgain> {
  const log: Log = { complaints: [], assumptions: [] }
  const workload = workloadOf(log, data as DeepPartial<ScenarioText>, 'plan')
  const { complaints } = log
  return workload === undefined || complaints.length > 0
    ? { ok: false, complaints }
    : { ok: true, workload }
}

/** Everything that is planned of it: what `plan` prints as JSON, and what that was made of. */
export function planChanged({
  workload,
  about,
}: Extract<Changed, { readonly ok: true }>): Workings {
  return planWithWorkings(workload, about)
}

/**
 * Only the strategies, without limits, and with advice and findings of another plan or none: what a value
 * that is still changing comes to, at once.
 */
export function planAtOnce(
  { workload, about }: Extract<Changed, { readonly ok: true }>,
  other?: Result,
): Result {
  const { assumptions = [] } = about
  const { asked } = planAll(partCopies(workload), assumptions)
  const described = tablesDescribed(asked)
  const { withoutMshare: _, ...rest } = other ?? {
    ...({ schema: 'mshare-plan/result/1', tool, advice: [], rejected: [] } as const),
    ...({ findings: [], gates: [], verdict: 'none' } as const),
    scenario: identityOf(workload, about),
    assumptions,
    withoutMshare: undefined,
  }
  return {
    ...rest,
    host: publishHost(workload.host),
    strategies: asked.map((one) =>
      isPlanned(one) ? againstDescribed(one, described).result : one.result,
    ),
  }
}

/** How memory fills as sessions grow, under each strategy, where sessions are what grows. */
export function growthLimits(workload: Workload, result: Result): LimitsResult | undefined {
  const subject = subjectOf(result)
  const growing = subject === undefined ? undefined : growthOf(subject)
  if (growing === undefined) return undefined
  return findLimits(workload, result.scenario, {
    isWanted: ({ metric, group }) => metric === growing.metric && group === growing.group,
    withCharts: true,
  })
}
