import { explain } from '../../plan/explain/explain.ts'
import type { Workings } from '../../plan/plan.ts'
import { planWithWorkings } from '../../plan/plan.ts'
import type { Explanation } from '../../plan/result/explanation.ts'
import type { ScenarioIdentity } from '../../plan/result/result.ts'
import { renderExplanations } from '../../render/explain.ts'
import { renderJson } from '../../render/json.ts'
import type { Ink } from '../../render/text/ink.ts'
import { findTerm, termNames } from '../../render/words/terms/terms.ts'
import { nearest } from '../../scenario/yaml/suggest.ts'
import { printable } from '../../units/printable.ts'
import { splitOperands } from '../arguments/operands.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliverResults } from '../output/delivery.ts'
import type { Failure } from '../output/report.ts'
import { reportText } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import { isFailure } from '../scenarios/attempt.ts'
import type { Document } from '../scenarios/document.ts'
import { planRanges } from '../scenarios/ranged.ts'
import type { ReadScenario } from '../scenarios/scenario-file.ts'
import type { ScenarioResults } from '../scenarios/scenario-results.ts'
import { scenarioResults } from '../scenarios/scenario-results.ts'
import { findSources } from '../scenarios/sources.ts'
import { unknownStrategy } from '../scenarios/unknown-strategy.ts'
import { explainAddress } from './explain/explain-address.ts'
import { explainTopics } from './explain-topics.ts'
import { isFindingId, namesFile } from './topics.ts'

interface Explained {
  readonly scenario: ScenarioIdentity
  readonly explanations: readonly Explanation[]
}

interface Planned extends Explained {
  /** Ids of all strategies, those without a number among them. */
  readonly strategies: readonly string[]
  /** Parts of the result that another command shows. */
  readonly parts: readonly (keyof typeof shownBy)[]
}

/** Commands that show what may have no number here: gates on what is not planned, steps. */
const shownBy = { gates: 'check', timeline: 'timeline' } as const

/** Shows how the numbers of every scenario named come about, or what terms and findings mean. */
export async function explainCommand(request: Request, world: World): Promise<Status> {
  const { strategy } = request.options
  const [first] = request.operands
  if (request.options.address !== undefined) return explainAddress(request, world)
  if (request.options.group !== undefined) {
    await reportText('--group requires --address ADDRESS', world)
    return status.invalid
  }
  if (first === undefined || !namesFile(first, world)) return explainTopics(request, world)
  const { files, texts } = splitOperands(request.operands, world)
  const sources = await findSources(files, request.implied, world)
  const writable = await checkOutputs(request, sources.paths, world)
  if (writable !== status.answered) return writable
  const compute = (scenario: ReadScenario): Planned => explainScenario(scenario, request)
  const ranged = (document: Document): ReturnType<typeof explainRanged> =>
    explainRanged(document, request)
  const deliver = async ({ results, failed }: ScenarioResults<Planned>): Promise<Status> => {
    const selected = results.map((result) => select(result, strategy, selectors(texts, results)))
    const empty = selected.every(({ explanations }) => explanations.length === 0)
    if (results.length > 0 && empty) {
      const strategies = [...new Set(results.flatMap((result) => result.strategies))]
      const parts = results.flatMap((result) => result.parts)
      await reportText(printable(whyEmpty(strategy, texts, strategies, parts)), world)
      return status.invalid
    }
    return deliverResults(request, { count: selected.length, failed }, world, {
      table: (ink) => table(selected, ink),
      json: () => json(selected),
    })
  }
  return scenarioResults(request, sources, world, compute, deliver, ranged)
}

/** One some of whose values are ranges, as `plan` answers it. */
async function explainRanged(
  document: Document,
  request: Request,
): Promise<Planned | Failure | undefined> {
  const made: Workings[] = []
  const planned = await planRanges(document, request, {}, (workload, about) => {
    const workings = planWithWorkings(workload, about)
    made.push(workings)
    return workings.result
  })
  if (planned === undefined || isFailure(planned)) return planned
  const [workings] = made
  if (workings === undefined) throw new Error('nothing was planned')
  const { result } = planned
  return explainedOf(result.scenario, { ...workings, result })
}

function explainScenario(
  { workload, about, assumptions }: ReadScenario,
  { options: { numaNodes } }: Request,
): Planned {
  const nodes = numaNodes === undefined ? {} : { numaNodes }
  return explainedOf(about, planWithWorkings(workload, { ...about, assumptions, ...nodes }))
}

function explainedOf(scenario: ScenarioIdentity, workings: Workings): Planned {
  const { strategies, gates, timeline } = workings.result
  return {
    scenario,
    explanations: explain(workings),
    strategies: strategies.map(({ id }) => id),
    parts: [
      ...(gates.length === 0 ? [] : ['gates' as const]),
      ...(timeline === undefined ? [] : ['timeline' as const]),
    ],
  }
}

/** Parts of paths; a text that is in no path may be a term with numbers. */
function selectors(texts: readonly string[], results: readonly Explained[]): readonly string[] {
  return texts.map((text) => {
    const isInPath = results.some(({ explanations }) =>
      explanations.some(({ path }) => path.includes(text)),
    )
    return isInPath ? text : (findTerm(text)?.numbers ?? text)
  })
}

function select(
  { scenario, explanations }: Explained,
  strategy: string | undefined,
  texts: readonly string[],
): Explained {
  const start = strategy === undefined ? '' : `.strategies.${strategy}.`
  return {
    scenario,
    explanations: explanations.filter(
      ({ path }) =>
        `.${path}`.includes(start) &&
        (texts.length === 0 || texts.some((text) => path.includes(text))),
    ),
  }
}

function whyEmpty(
  strategy: string | undefined,
  texts: readonly string[],
  known: readonly string[],
  parts: Planned['parts'],
): string {
  const unknown = unknownStrategy(strategy, known)
  if (unknown !== undefined) return unknown
  const part = parts.find((one) => one === texts[0])
  if (part !== undefined)
    return `explain has no number of ${part}; run mshare-plan ${shownBy[part]}`
  const of = strategy === undefined ? '' : ` of ${strategy}`
  if (texts.length === 0) return `nothing to explain${of}`
  const hint = hintFor(texts[0] ?? '')
  return `no number${of} has ${texts.join(' or ')} in its path${hint === undefined ? '' : `; ${hint}`}`
}

/** What explains a text that no path has. */
function hintFor(text: string): string | undefined {
  const term = findTerm(text)
  if (term !== undefined) return `for its meaning: mshare-plan explain ${quoted(term.name)}`
  if (isFindingId(text)) return `for the finding: mshare-plan explain ${text.toUpperCase()}`
  const near = nearest(text, termNames)
  return near === undefined ? undefined : `did you mean ${quoted(near)}?`
}

/** As a shell needs it. */
function quoted(name: string): string {
  return /^[\w-]+$/.test(name) ? name : `'${name}'`
}

async function json(explained: readonly Explained[]): Promise<string> {
  return renderJson({ schema: 'mshare-plan/explanations/1', scenarios: explained })
}

async function table(explained: readonly Explained[], ink: Ink): Promise<string> {
  const titled = explained.length > 1
  return explained
    .map(({ scenario, explanations }) => {
      const title = titled ? `${printable(scenario.file)}: ${printable(scenario.name)}\n\n` : ''
      return title + renderExplanations(explanations, ink)
    })
    .join('\n')
}
