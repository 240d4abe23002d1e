import { findLimits } from '../../plan/limits/find-limits.ts'
import type { Subject } from '../../plan/limits/variables.ts'
import type { LimitsResult } from '../../plan/result/limits-result.ts'
import { renderLimits } from '../../render/limits.ts'
import { strategiesOf } from '../../sharing/catalogue.ts'
import { printable } from '../../units/printable.ts'
import { splitOperands } from '../arguments/operands.ts'
import type { Options } from '../arguments/options.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs } from '../output/delivery.ts'
import { gather, tablesIn } from '../output/gathering.ts'
import type { Part, Wanted } from '../output/part.ts'
import { textsOf, wantedBy } from '../output/part.ts'
import type { Failure } from '../output/report.ts'
import { reportText } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import type { Answerer } from '../scenarios/answers.ts'
import { answerAll } from '../scenarios/answers.ts'
import { isFailure } from '../scenarios/attempt.ts'
import type { ReadScenario } from '../scenarios/scenario-file.ts'
import { readScenarioDocument } from '../scenarios/scenario-file.ts'
import { findSources } from '../scenarios/sources.ts'
import { unknownStrategy } from '../scenarios/unknown-strategy.ts'
import { crewFor, deliverGathered, jsonText } from './gathered.ts'

/** Finds how far every scenario named can grow before its risk gets worse. */
export async function limitsCommand(request: Request, world: World): Promise<Status> {
  const { files, texts } = splitOperands(request.operands, world)
  const sources = await findSources(files, request.implied, world)
  const writable = await checkOutputs(request, sources.paths, world)
  if (writable !== status.answered) return writable
  const task: LimitsTask = { request, texts, wanted: wantedBy(request, world) }
  // Where the texts name nothing in any scenario, nothing is printed of any.
  const gathering = gather<HasLimits>(request, world, texts.length === 0)
  const crew = crewFor(limitsAnswerer(task), task, world)
  try {
    return await answerAll(request, sources, world, crew, gathering.take, async (answered) => {
      const isEmpty = gathering.count() > 0 && !gathering.entries().includes(true)
      if (texts.length > 0 && isEmpty) {
        const shown = printable(texts.join(' or '))
        const why = texts.includes('growth')
          ? 'the scenario has no `growth`, such as `growth: { from: 2026-12-01, groups.clients.processes: +40 per month }`'
          : `no limit has ${shown} in its metric, group or region`
        await reportText(why, world)
        return status.invalid
      }
      const { failures } = answered
      const several = gathering.count() > 1 || failures.length > 0
      return deliverGathered(request, gathering, answered, world, {
        table: async (ink) => tablesIn(gathering, ink),
        json: () => jsonText(gathering.texts('json'), several && limitsList, failures),
      })
    })
  } finally {
    gathering.close()
  }
}

const limitsList = { schema: 'mshare-plan/limits-list/1', key: 'scenarios' } as const

/** Whether a result has any of the limits that were asked for. */
type HasLimits = boolean

/** What the answers of `limits` are made by, here and in threads. */
export interface LimitsTask {
  readonly request: Request
  readonly texts: readonly string[]
  readonly wanted: Wanted
}

/** Answers documents of `limits`. */
export function limitsAnswerer({ request, texts, wanted }: LimitsTask): Answerer<Part<HasLimits>> {
  return async (document) => {
    const scenario = await readScenarioDocument(document, request)
    if (isFailure(scenario)) return scenario
    const result = limitsIn(scenario, request.options, texts)
    if (isFailure(result)) return result
    return [
      {
        verdict: 'none',
        rank: [],
        entry:
          result.growth !== undefined || result.strategies.some(({ limits }) => limits.length > 0),
        texts: textsOf(result, wanted, renderLimits),
      },
    ]
  }
}

function limitsIn(
  { workload, about }: ReadScenario,
  { strategy, noChart }: Options,
  texts: readonly string[],
): LimitsResult | Failure {
  const known = strategiesOf(workload.host.layout).map(({ id }) => id)
  const unknown = unknownStrategy(strategy, known)
  if (unknown !== undefined) return { status: status.invalid, text: printable(unknown) }
  const isWanted = ({ metric, group = '', region = '' }: Subject): boolean =>
    texts.length === 0 ||
    texts.some((text) => [metric, group, region].some((name) => name.includes(text)))
  const ids = strategy === undefined ? {} : { strategies: [strategy] }
  const withGrowth = texts.length === 0 || texts.some((text) => 'growth'.includes(text))
  return findLimits(workload, about, { ...ids, isWanted, withGrowth, withCharts: !noChart })
}
