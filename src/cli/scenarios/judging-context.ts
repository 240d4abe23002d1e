import { baselineFor } from '../../plan/gates/baseline.ts'
import type { Baseline } from '../../plan/gates/growth.ts'
import { reJudge } from '../../plan/gates/re-judge.ts'
import type { Result, ScenarioIdentity } from '../../plan/result/result.ts'
import type { ReadResult } from '../../saved/read-saved.ts'
import { bytes } from '../../units/quantity.ts'
import type { Gates } from '../../workload/gates.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { largestSaved, shownPath } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { status } from '../output/status.ts'
import { savedFileOf } from './saved-files.ts'
import { readText } from './scenario-file.ts'

/** What the results of a run are judged by, in addition to their own gates. */
export interface JudgingContext {
  /** Absent: waivers do not count. */
  readonly today?: string
  /** Absent: nothing is compared. */
  readonly earlier?: readonly ReadResult[]
}

/** Today's date for waivers, and the baseline. */
export async function judgingContextOf(
  request: Request,
  world: World,
): Promise<JudgingContext | Failure> {
  const { noWaivers, baseline } = request.options
  const dated = noWaivers ? {} : { today: world.today() }
  if (baseline === undefined) return dated
  const text = await readText(baseline, largestSaved, world)
  if (typeof text !== 'string') return text
  const { isSaved } = await import('../../saved/saved-mark.ts')
  if (!isSaved(text)) {
    const said = `--baseline ${shownPath(baseline)} is not a saved result; name a file that mshare-plan wrote as JSON`
    return { status: status.invalid, text: said }
  }
  const file = await savedFileOf(text, baseline)
  return 'status' in file ? file : { ...dated, earlier: file.results }
}

/** The gates of a scenario with those that follow from the command: page tables of a baseline may not grow. */
export function gatesToJudge(
  gates: Gates,
  command: Request['command'],
  context: JudgingContext,
): Gates {
  const compared = context.earlier !== undefined && gates.growth === undefined
  const all = compared ? { ...gates, growth: [nothing] } : gates
  return command === 'check' && !saysEnough(gates) ? { risk: 'tight', ...all } : all
}

/** What a scenario is compared with under the strategy that is judged. */
export function baselineOf(
  { earlier }: JudgingContext,
  scenario: Pick<ScenarioIdentity, 'name' | 'file'>,
  { strategy }: Gates,
): Baseline | undefined {
  return earlier === undefined ? undefined : baselineFor(scenario, strategy, earlier)
}

/** The result with the verdict of today: by the gates of the command line, else by its own. */
export function reJudged(
  saved: ReadResult,
  asked: Omit<Gates, 'strategy'>,
  context: JudgingContext,
): Result {
  const gates = gatesToJudge({ ...saved.gates, ...asked }, 'check', context)
  const baseline = baselineOf(context, saved.scenario, gates) ?? saved.baseline
  // Everything else is as this program wrote it, and is only passed on.
  return { ...saved.whole, ...reJudge(saved, gates, baseline, context.today) } as Result
}

const nothing = { kind: 'bytes', bytes: bytes(0) } as const

/** Findings and growth do not say that the memory is enough. */
function saysEnough({ risk, headroom, pageTables }: Gates): boolean {
  return risk !== undefined || headroom !== undefined || pageTables !== undefined
}
