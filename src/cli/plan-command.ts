import { plan } from '../plan/plan.ts'
import type { Result } from '../plan/result.ts'
import type { Ink } from '../render/ink.ts'
import type { Workload } from '../workload/workload.ts'
import { answerAll } from './answers.ts'
import { checkOutputs, deliverAnswers } from './delivery.ts'
import type { Format, Request } from './request.ts'
import { findSources } from './sources.ts'
import type { Status } from './status.ts'
import { status, worstStatus } from './status.ts'
import { tool } from './version.ts'
import type { World } from './world.ts'
import { worstFirst } from './worst-first.ts'

/**
 * Plans every scenario named and prints the results, worst first; `check` plans what its gates judge
 * and prints the verdicts.
 */
export async function planCommand(request: Request, world: World): Promise<Status> {
  const sources = await findSources(request.operands, request.implied, world)
  const writable = await checkOutputs(request, sources.paths, world)
  if (writable !== status.answered) return writable
  const { answers, statuses } = await answerAll(
    request,
    sources,
    world,
    ({ workload, about, assumptions }) =>
      plan(request.command === 'check' ? gated(workload) : workload, {
        tool,
        scenario: about,
        assumptions,
        ...nodesOf(request),
      }),
  )
  const results = worstFirst(answers)
  const judged = results.map(({ verdict }) => (verdict === 'fail' ? status.gateFailed : 0))
  const delivered = await deliverAnswers(request, results.length, statuses, world, (format, ink) =>
    request.command === 'check' && format === 'table'
      ? verdicts(results, ink)
      : render(results, sources.several, format, ink, request.verbose),
  )
  return worstStatus([...statuses, ...judged, delivered])
}

function nodesOf({ numaNodes }: Request): { readonly numaNodes?: number } {
  return numaNodes === undefined ? {} : { numaNodes }
}

/** Only what is judged; without any gate, having to swap is already too much. */
function gated(workload: Workload): Workload {
  const { gates } = workload
  const { strategy, ...metrics } = gates
  const judged = Object.keys(metrics).length > 0 ? gates : { strategy, risk: 'tight' as const }
  return { ...workload, gates: judged, strategies: [strategy] }
}

async function verdicts(results: readonly Result[], ink: Ink): Promise<string> {
  const { renderVerdicts } = await import('../render/verdicts.ts')
  return renderVerdicts(results, ink)
}

async function render(
  results: readonly Result[],
  several: boolean,
  format: Format,
  ink: Ink,
  verbose: boolean,
): Promise<string> {
  if (format === 'json') {
    const { renderJson } = await import('../render/json.ts')
    return renderJson(several ? { schema: 'mshare-plan/results/1', results } : results[0])
  }
  const { renderTable } = await import('../render/table.ts')
  return results.map((result) => renderTable(result, ink, { verbose })).join('\n')
}
