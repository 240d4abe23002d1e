import type { Side } from '../../../plan/diff/diff.ts'
import { diff } from '../../../plan/diff/diff.ts'
import { comparedOf, textIn } from '../../../plan/diff/saved-figures.ts'
import { plan } from '../../../plan/plan.ts'
import { renderDiff } from '../../../render/diff.ts'
import { renderDiffMarkdown } from '../../../render/formats/diff-markdown.ts'
import { renderJson } from '../../../render/json.ts'
import { isSaved } from '../../../saved/saved-mark.ts'
import type { Workload } from '../../../workload/workload.ts'
import type { Request } from '../../arguments/request.ts'
import type { World } from '../../machine/world.ts'
import { checkOutputs, deliver } from '../../output/delivery.ts'
import { largestSaved, shownPath } from '../../output/refusal.ts'
import type { Failure } from '../../output/report.ts'
import { reportFailure } from '../../output/report.ts'
import type { Status } from '../../output/status.ts'
import { status, worstStatus } from '../../output/status.ts'
import { attempt, isFailure } from '../../scenarios/attempt.ts'
import type { Document } from '../../scenarios/document.ts'
import { onlyDocument } from '../../scenarios/only-document.ts'
import { savedFileOf } from '../../scenarios/saved/saved-files.ts'
import { readScenarioOrSaved } from '../../scenarios/scenario-file.ts'

/** Says what changed between two scenarios or saved results, and what that does. */
export async function diffCommand(request: Request, world: World): Promise<Status> {
  const writable = await checkOutputs(request, request.operands, world)
  if (writable !== status.answered) return writable
  const sides: Side[] = []
  const failed: Status[] = []
  for (const path of request.operands) {
    const side = await sideAt(path, world)
    if (isFailure(side)) failed.push(await reportFailure(side, request.color, world))
    else sides.push(side)
  }
  const [from, to] = sides
  if (from === undefined || to === undefined) return worstStatus(failed)
  const result = diff(from, to)
  const delivered = await deliver(request, world, {
    table: async (ink) => renderDiff(result, ink),
    json: async () => renderJson(result),
    markdown: async () => renderDiffMarkdown(result),
    html: async () => {
      const { writeDiff } = await import('../../../report/diff/write-diff.ts')
      return writeDiff(result)
    },
  })
  const fails = result.verdict.to === 'fail' && !request.options.exitZero
  return worstStatus([fails ? status.gateFailed : status.answered, delivered])
}

/** A pipe is read once, and never to find out what it is. */
async function sideAt(path: string, world: World): Promise<Side | Failure> {
  const openInput: World['openInput'] = (file) => world.openInput(file, true)
  const document = await onlyDocument(path, largestSaved, { ...world, openInput }, true)
  if (isFailure(document)) return document
  return attempt(document, () =>
    isSaved(document.text) ? savedSide(document) : scenarioSide(document, world),
  )
}

async function scenarioSide(document: Document, world: World): Promise<Side | Failure> {
  const read = await readScenarioOrSaved(document, [])
  if (isFailure(read)) return read
  if (!('workload' in read)) throw new Error('a saved result is no scenario')
  const { about, workload, assumptions } = read
  const cases = workload.cases?.map((one) => ({ ...one, scenario: compared(one.scenario) }))
  const asked = { ...compared(workload), ...(cases === undefined ? {} : { cases }) }
  const result = plan(asked, { ...about, assumptions, today: world.today() })
  const { name, file, fingerprint } = about
  return { about: { name, file, kind: 'scenario', fingerprint }, result, workload }
}

/** With the strategy that is compared above all. */
function compared(workload: Workload): Workload {
  const { strategies } = workload
  if (strategies === undefined) return workload
  return { ...workload, strategies: [...new Set(['as-described', ...strategies])] }
}

async function savedSide(document: Document): Promise<Side | Failure> {
  const saved = await savedFileOf(document)
  if (isFailure(saved)) return saved
  const [result, second] = saved.results
  if (result === undefined || second !== undefined) {
    const text = `${shownPath(document.path)} holds ${saved.results.length} results, and diff compares one; save it alone`
    return { status: status.invalid, text }
  }
  const { name } = result.scenario
  const fingerprint = textIn(Reflect.get(result.whole, 'scenario'), 'fingerprint')
  return {
    about: {
      name,
      file: document.path,
      kind: 'saved',
      ...(fingerprint === undefined ? {} : { fingerprint }),
    },
    result: comparedOf(result.whole, result.strategies),
  }
}
