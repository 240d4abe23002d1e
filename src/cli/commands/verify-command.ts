import type { VerifyList } from '../../plan/result/published.ts'
import type { VerifyResult } from '../../plan/result/verify-result.ts'
import { hasMeasurement, verify } from '../../plan/verify/verify.ts'
import { renderJson, renderJsonLines } from '../../render/json.ts'
import { renderVerify } from '../../render/verify.ts'
import type { CaptureRequest } from '../arguments/capture-options.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliverResults } from '../output/delivery.ts'
import type { Failure } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status, statusOfVerdicts, worstStatus } from '../output/status.ts'
import type { ReadScenario } from '../scenarios/scenario-file.ts'
import { scenarioIn } from '../scenarios/scenario-file.ts'
import type { ScenarioResults } from '../scenarios/scenario-results.ts'
import { resultsOfMade, scenarioResults } from '../scenarios/scenario-results.ts'
import type { Sources } from '../scenarios/sources.ts'
import { findSources } from '../scenarios/sources.ts'
import { captureText } from './capturing.ts'

/** Holds every scenario named, or a machine as it is, against what was measured of it. */
export async function verifyCommand(request: Request, world: World): Promise<Status> {
  const { capture } = request
  if (capture !== undefined) return verifyMachine(request, capture, world)
  const sources = await findSources(request.operands, request.implied, world)
  const writable = await checkOutputs(request, sources.paths, world)
  return writable === status.answered ? verifySources(request, sources, world) : writable
}

/** What was captured is checked as strictly as a file would be. */
async function verifyMachine(
  request: Request,
  capture: CaptureRequest,
  world: World,
): Promise<Status> {
  const { root } = capture
  const writable = await checkOutputs(request, root === undefined ? [] : [root], world)
  if (writable !== status.answered) return writable
  const text = await captureText(capture, world)
  if (text === undefined) return status.notDone
  const path = root ?? 'this machine'
  const read = () => scenarioIn(text, path, request.overrides, 'verify')
  const made = await resultsOfMade(request, path, world, read, verified)
  return deliverVerified(request, made, false, world)
}

async function verifySources(request: Request, sources: Sources, world: World): Promise<Status> {
  const read = await scenarioResults(request, sources, world, verified)
  return deliverVerified(request, read, sources.several, world)
}

async function deliverVerified(
  request: Request,
  { results, failed }: ScenarioResults<VerifyResult>,
  several: boolean,
  world: World,
): Promise<Status> {
  const judged = statusOfVerdicts(results, request.options.exitZero)
  const delivered = await deliverResults(request, results.length, failed, world, {
    table: async (ink) => {
      return results.map((result) => renderVerify(result, ink)).join('\n')
    },
    json: () => json(results, several),
    ndjson: async () => renderJsonLines(results),
  })
  return worstStatus([...failed, judged, delivered])
}

function verified({ workload, about }: ReadScenario): VerifyResult | Failure {
  return hasMeasurement(workload) ? verify(workload, about) : unmeasuredIn(about.file)
}

function unmeasuredIn(file: string): Failure {
  const issue = {
    file,
    line: 1,
    column: 1,
    message: 'the scenario has no measurement to compare the plan with',
    expected: '`measured` with `pageTables` or `groups`',
    suggestion: 'mshare-plan capture writes scenarios with measurements',
  }
  return { status: status.invalid, issues: [issue] }
}

async function json(results: readonly VerifyResult[], several: boolean): Promise<string> {
  const list: VerifyList = { schema: 'mshare-plan/verify-list/1', scenarios: results }
  return renderJson(several ? list : results[0])
}
