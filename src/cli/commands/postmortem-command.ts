import { makeScenario } from '../../importers/import-scenario.ts'
import { plan } from '../../plan/plan.ts'
import type { Result } from '../../plan/result/result.ts'
import { renderJson } from '../../render/json.ts'
import { renderScreen } from '../../render/screen/screen.ts'
import { writeScenario } from '../../scenario/write-scenario.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import { refusalText, shownPath, statusOfRefusal } from '../output/refusal.ts'
import type { Failure } from '../output/report.ts'
import { reportFailure } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status, statusOfVerdicts, worstStatus } from '../output/status.ts'
import { isFailure } from '../scenarios/attempt.ts'
import type { Document } from '../scenarios/document.ts'
import { extended } from '../scenarios/documents.ts'
import { judgingContextOf } from '../scenarios/judging-context.ts'
import type { ReadScenario } from '../scenarios/scenario-file.ts'
import { readScenarioDocument } from '../scenarios/scenario-file.ts'
import { decode, importFiles, readImported } from './import-files.ts'
import { detailsTable } from './plan-tables.ts'

/** Says what an out-of-memory report comes to: of a log, or of a scenario made from one. */
export async function postmortemCommand(request: Request, world: World): Promise<Status> {
  const [path = '-'] = request.operands
  const writable = await checkOutputs(request, [path], world)
  if (writable !== status.answered) return writable
  const scenario = await scenarioFrom(path, request, world)
  if (isFailure(scenario)) return reportFailure(scenario, request.color, world)
  const result = await planned(scenario, request, world)
  if (isFailure(result)) return reportFailure(result, request.color, world)
  const details = (await detailsTable(request)) ?? renderScreen
  const delivered = await deliver(request, world, {
    table: async (ink) => details(result, ink),
    json: async () => renderJson(result),
  })
  return worstStatus([statusOfVerdicts([result], request.options.exitZero), delivered])
}

async function planned(
  { workload, about, assumptions }: ReadScenario,
  request: Request,
  world: World,
): Promise<Result | Failure> {
  const context = await judgingContextOf(request, world)
  if ('status' in context) return context
  const { numaNodes } = request.options
  const nodes = numaNodes === undefined ? {} : { numaNodes }
  return plan(workload, { ...about, assumptions, ...nodes, ...context })
}

async function scenarioFrom(
  path: string,
  request: Request,
  world: World,
): Promise<ReadScenario | Failure> {
  const reading = await readImported(path, world)
  if (!reading.ok) {
    return { status: statusOfRefusal(reading), text: refusalText('read', reading, 'log') }
  }
  const text = decode(reading.content)
  if (!isScenario(text)) {
    const document = documentOfLog(path, text, request, world)
    return isFailure(document) ? document : readScenarioDocument(document, request)
  }
  const { memory, report } = request.options
  if (memory !== undefined || report !== undefined) return forLogs(path, memory)
  const document = await extended({ path, text }, world)
  const read = isFailure(document) ? document : await readScenarioDocument(document, request)
  if (isFailure(read)) return read
  return read.workload.measured?.outOfMemory === undefined ? withoutReport(path) : read
}

/** A scenario has its version, host and groups in any order, in JSON groups; lines of logs begin otherwise. */
function isScenario(text: string): boolean {
  const head = text.slice(0, headLength)
  return head.trimStart().startsWith('{')
    ? /"groups"\s*:|"mshare-plan\//.test(head)
    : /^(?:version|host|groups)\s*:/m.test(head)
}

const headLength = 2 ** 16

/** The scenario that `import` would write. */
function documentOfLog(
  path: string,
  text: string,
  { options: { memory, report } }: Request,
  world: World,
): Document | Failure {
  const asked = {
    ...(memory === undefined ? {} : { memory }),
    ...(report === undefined ? {} : { report }),
  }
  const library = importFiles(world, path, text, undefined)
  const made = makeScenario('oom-report', { file: path, text }, library, asked)
  return 'scenario' in made
    ? { path, text: writeScenario(made) }
    : { status: status.invalid, issues: made.issues }
}

function forLogs(path: string, memory: string | undefined): Failure {
  const option = memory === undefined ? '--report' : '--memory'
  const text = `${option} is for logs, and ${shownPath(path)} is a scenario; remove it`
  return { status: status.invalid, text }
}

function withoutReport(path: string): Failure {
  const text = `${shownPath(path)} has no out-of-memory report (measured.outOfMemory); name a kernel log, or run mshare-plan plan`
  return { status: status.invalid, text }
}
