import type { Path } from '../../../units/path.ts'
import { pathText } from '../../../units/path.ts'
import type { Step } from '../../../workload/timeline.ts'
import type { Workload } from '../../../workload/workload.ts'
import type { ScenarioText, StepText } from '../../schema/scenario-text.ts'
import type { Complaint, Flaw } from '../../yaml/issue.ts'
import { parsePath } from '../../yaml/parse-path.ts'
import type { PlainData } from '../../yaml/plain-data.ts'
import type { DeepPartial, Log } from '../section.ts'
import { complain, entriesOf } from '../section.ts'
import { checkAction, runningIn } from './check-steps.ts'
import type { Placed } from './resolve-step.ts'
import { actionsOf, stepKeys } from './resolve-step.ts'
import { withValue } from './set-values.ts'

/** The same scenario with other values; its complaints, where it is none. */
export type ResolveAgain = (
  data: PlainData,
) =>
  | { readonly ok: true; readonly workload: Workload }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/** More steps than anyone reads. */
const mostSteps = 10_000

/**
 * The steps of a timeline, each checked against what runs and exists by then. Values that a step sets make
 * a scenario of their own, which the step carries, and by which later steps are read.
 */
export function timelineOf(
  log: Log,
  given: DeepPartial<ScenarioText>,
  workload: Workload,
  resolveAgain: ResolveAgain,
): Pick<Workload, 'timeline'> {
  const steps = given.timeline
  if (steps === undefined) return {}
  if (steps.length > mostSteps) {
    complain(log, ['timeline'], {
      message: `the timeline has ${steps.length} steps`,
      expected: `at most ${mostSteps}`,
    })
    return {}
  }
  let data = given as PlainData
  let scenario = workload
  const isSound = log.complaints.length === 0
  const drafts = steps.map((step, index): Draft => {
    const path = ['timeline', index]
    let changed: Workload | undefined
    const values = entriesOf(step?.set)
    if (values.length > 0 && isSound) {
      const set = setting(log, path, values, data, resolveAgain)
      data = set.data
      changed = set.workload
      scenario = changed ?? scenario
    }
    const placed = resolved(log, path, step, scenario)
    const name = step?.name === undefined ? {} : { name: step.name }
    const actions = placed.map(({ action }) => action)
    const of = changed === undefined ? {} : { scenario: changed }
    return { placed, scenario, step: { ...name, actions, ...of } }
  })
  const timeline = drafts.map(({ step }) => step)
  checkAll(log, workload, timeline, drafts)
  return { timeline }
}

/** A step that was read, and the scenario as it is by then. */
interface Draft {
  readonly placed: readonly Placed[]
  readonly scenario: Workload
  readonly step: Step<Workload>
}

function checkAll(
  log: Log,
  workload: Workload,
  timeline: readonly Step<Workload>[],
  drafts: readonly Draft[],
): void {
  let running = runningIn(workload, timeline)
  for (const { placed, scenario } of drafts) {
    for (const { action, path } of placed) {
      running = checkAction({ log, path, scenario, running }, action)
    }
  }
}

function resolved(
  log: Log,
  path: Path,
  step: DeepPartial<StepText> | undefined,
  scenario: Workload,
): readonly Placed[] {
  const known = log.complaints.length
  const placed = actionsOf({ log, path, scenario }, step ?? {})
  const isEmpty = Object.keys(step ?? {}).every((key) => key === 'name')
  if (step !== undefined && isEmpty && known === log.complaints.length) {
    complain(log, path, {
      message: 'this step does nothing',
      expected: `one of ${stepKeys.map((key) => `\`${key}\``).join(', ')}`,
    })
  }
  return placed
}

function setting(
  log: Log,
  path: Path,
  values: readonly (readonly [string, unknown])[],
  before: PlainData,
  resolveAgain: ResolveAgain,
): { readonly data: PlainData; readonly workload?: Workload } {
  let data = before
  for (const [written, value] of values) {
    const fixed = flawOfFixed(written)
    const changed = fixed ? { flaw: fixed } : withValue(data, written, value as PlainData)
    if ('flaw' in changed) complain(log, [...path, 'set', written], changed.flaw, 'key')
    else data = changed.data
  }
  const again = resolveAgain(withoutTimeline(data))
  if (again.ok) return { data, workload: again.workload }
  const first = values[0]?.[0] ?? ''
  for (const { path: at, ...flaw } of again.complaints) {
    log.complaints.push({ ...flaw, path: placeOf(path, values, at, first) })
  }
  return { data: before }
}

/** What no step can change: it is not of the machine, or the machine would have to start anew. */
function flawOfFixed(written: string): Flaw | undefined {
  const [top, key] = parsePath(written)?.map(({ step }) => String(step)) ?? []
  const path = top === 'host' && key !== undefined ? `host.${key}` : top
  const isSettable =
    top === 'host' ? key !== undefined && !atStart.has(key) : top === 'regions' || top === 'groups'
  if (path === undefined || isSettable) return undefined
  return {
    message: `a step cannot set \`${path}\``,
    expected:
      top === 'host'
        ? 'a value that a running machine can change; `cases` plan other machines'
        : 'a value of the host, a region or a group',
  }
}

const atStart: ReadonlySet<string> = new Set(['layout', 'kernel', 'pti', 'hugepageSizes'])

/** Where the value is written that is wrong, or that makes something else wrong. */
function placeOf(
  path: Path,
  values: readonly (readonly [string, unknown])[],
  at: Path,
  first: string,
): Path {
  const named = pathText(at)
  const found = values.find(([written]) => named === written || named.startsWith(`${written}.`))
  return [...path, 'set', found?.[0] ?? first]
}

function withoutTimeline(data: PlainData): PlainData {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data
  const copy = Object.assign(Object.create(null), data)
  delete copy['timeline']
  return copy
}
