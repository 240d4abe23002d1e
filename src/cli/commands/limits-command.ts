import type { Subject } from '../../plan/limits/limits.ts'
import { limitsOf } from '../../plan/limits/limits.ts'
import type { LimitsResult } from '../../plan/result/limit-result.ts'
import type { Ink } from '../../render/text/ink.ts'
import { nearest } from '../../scenario/yaml/suggest.ts'
import { strategiesOf } from '../../sharing/catalogue.ts'
import { printable } from '../../units/printable.ts'
import { separated } from '../arguments/operands.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliverAnswers } from '../output/delivery.ts'
import { reportText } from '../output/report.ts'
import type { Format, Request } from '../output/request.ts'
import type { Status } from '../output/status.ts'
import { status, worstStatus } from '../output/status.ts'
import type { Question } from '../scenarios/scenario-file.ts'
import { answerAll } from '../scenarios/scenario-results.ts'
import { findSources } from '../scenarios/sources.ts'

/** Finds how far every scenario named can grow before its risk gets worse. */
export async function limitsCommand(request: Request, world: World): Promise<Status> {
  const { files, wanted } = separated(request.operands, world)
  const sources = await findSources(files, request.implied, world)
  const writable = await checkOutputs(request, sources.paths, world)
  if (writable !== status.answered) return writable
  const unknown = new Set<string>()
  const { answers, statuses } = await answerAll(request, sources, world, (question) =>
    limitsIn(question, request.strategy, wanted, unknown),
  )
  if (unknown.size > 0) {
    await reportText([...unknown].join('\n'), world)
    return worstStatus([...statuses, status.invalid])
  }
  const found = answers.flatMap(({ strategies }) => strategies.flatMap(({ limits }) => limits))
  if (wanted.length > 0 && answers.length > 0 && found.length === 0) {
    const texts = printable(wanted.join(' or '))
    await reportText(`no limit has ${texts} in its metric, its group or its region`, world)
    return worstStatus([...statuses, status.invalid])
  }
  const delivered = await deliverAnswers(request, answers.length, statuses, world, (format, ink) =>
    render(answers, format, ink),
  )
  return worstStatus([...statuses, delivered])
}

function limitsIn(
  { workload, about }: Question,
  strategy: string | undefined,
  wanted: readonly string[],
  unknown: Set<string>,
): LimitsResult {
  const known = strategiesOf(workload.host.layout).map(({ id }) => id)
  if (strategy !== undefined && !known.includes(strategy)) {
    const near = nearest(strategy, known)
    const hint = near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`
    unknown.add(printable(`no strategy ${strategy}: ${hint}`))
    return { schema: 'mshare-plan/limits/1', scenario: about, strategies: [] }
  }
  const ids = strategy === undefined ? undefined : [strategy]
  const isWanted = ({ metric, group = '', region = '' }: Subject): boolean =>
    wanted.length === 0 ||
    wanted.some((text) => [metric, group, region].some((name) => name.includes(text)))
  const strategies = limitsOf(workload, ids, isWanted)
  return { schema: 'mshare-plan/limits/1', scenario: about, strategies }
}

async function render(answers: readonly LimitsResult[], format: Format, ink: Ink): Promise<string> {
  const [only, another] = answers
  if (format === 'json') {
    const { renderJson } = await import('../../render/json.ts')
    const one = only !== undefined && another === undefined
    return renderJson(one ? only : { schema: 'mshare-plan/limits-list/1', scenarios: answers })
  }
  const { renderLimits } = await import('../../render/limits.ts')
  return answers.map((answer) => renderLimits(answer, ink)).join('\n')
}
