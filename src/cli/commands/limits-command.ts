import { findLimits } from '../../plan/limits/find-limits.ts'
import type { Subject } from '../../plan/limits/variables.ts'
import type { LimitsResult } from '../../plan/result/limits-result.ts'
import type { LimitsList } from '../../plan/result/published.ts'
import { renderJson, renderJsonLines } from '../../render/json.ts'
import { renderLimits } from '../../render/limits.ts'
import { nearest } from '../../scenario/yaml/suggest.ts'
import { strategiesOf } from '../../sharing/catalogue.ts'
import { printable } from '../../units/printable.ts'
import { splitOperands } from '../arguments/operands.ts'
import type { Options } from '../arguments/options.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliverResults } from '../output/delivery.ts'
import { reportText } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status, worstStatus } from '../output/status.ts'
import type { ReadScenario } from '../scenarios/scenario-file.ts'
import { scenarioResults } from '../scenarios/scenario-results.ts'
import { findSources } from '../scenarios/sources.ts'

/** Finds how far every scenario named can grow before its risk gets worse. */
export async function limitsCommand(request: Request, world: World): Promise<Status> {
  const { files, texts } = splitOperands(request.operands, world)
  const sources = await findSources(files, request.implied, world)
  const writable = await checkOutputs(request, sources.paths, world)
  if (writable !== status.answered) return writable
  const unknown = new Set<string>()
  const { results, failed } = await scenarioResults(request, sources, world, (scenario) =>
    limitsIn(scenario, request.options, texts, unknown),
  )
  if (unknown.size > 0) {
    await reportText([...unknown].join('\n'), world)
    return worstStatus([...failed, status.invalid])
  }
  const found = results.flatMap(({ strategies }) => strategies.flatMap(({ limits }) => limits))
  if (texts.length > 0 && results.length > 0 && found.length === 0) {
    const shown = printable(texts.join(' or '))
    await reportText(`no limit has ${shown} in its metric, group or region`, world)
    return worstStatus([...failed, status.invalid])
  }
  const delivered = await deliverResults(request, results.length, failed, world, {
    table: async (ink) => {
      return results.map((result) => renderLimits(result, ink)).join('\n')
    },
    json: () => json(results),
    ndjson: async () => renderJsonLines(results),
  })
  return worstStatus([...failed, delivered])
}

function limitsIn(
  { workload, about }: ReadScenario,
  { strategy, noChart }: Options,
  texts: readonly string[],
  unknown: Set<string>,
): LimitsResult {
  const known = strategiesOf(workload.host.layout).map(({ id }) => id)
  if (strategy !== undefined && !known.includes(strategy)) {
    const near = nearest(strategy, known)
    const hint = near === undefined ? `strategies are ${known.join(', ')}` : `did you mean ${near}?`
    unknown.add(printable(`strategy ${strategy} is unknown; ${hint}`))
    return { schema: 'mshare-plan/limits/1', scenario: about, strategies: [], refused: [] }
  }
  const isWanted = ({ metric, group = '', region = '' }: Subject): boolean =>
    texts.length === 0 ||
    texts.some((text) => [metric, group, region].some((name) => name.includes(text)))
  const ids = strategy === undefined ? {} : { strategies: [strategy] }
  return findLimits(workload, about, { ...ids, isWanted, withCharts: !noChart })
}

async function json(results: readonly LimitsResult[]): Promise<string> {
  const [only, another] = results
  const one = only !== undefined && another === undefined
  const list: LimitsList = { schema: 'mshare-plan/limits-list/1', scenarios: results }
  return renderJson(one ? only : list)
}
