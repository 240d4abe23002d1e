import { planWithWorkings } from '../../plan/plan.ts'
import { changedScenario } from '../../report/scenario/replan.ts'
import type { ReportEntry } from '../../report/scenario/report-data.ts'
import { fleetLine } from '../../report/sections/fleet-part.ts'
import { readData } from '../../scenario/read-data.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import { reportFailure } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import { isFailure } from '../scenarios/attempt.ts'
import { scenarioIn } from '../scenarios/scenario-file.ts'
import { reportPage } from './report-page.ts'

/**
 * The example: the case that mshare was proposed for, in the cover letter of its first patches (linux-mm,
 * 18 January 2022), as scenarios/oracle-sga-300g.yaml has it.
 */
const example = `version: 1
name: Example of a database server
host:
  memory: 512 GB
regions:
  shared: { size: 300 GB, backing: sysv-shm }
groups:
  clients:
    processes: 1500
    private: 6 MB
    maps: [{ region: shared }]
`

/** A page without a scenario of the user: one to try values out. */
export async function playgroundCommand(request: Request, world: World): Promise<Status> {
  const writable = await checkOutputs(request, [], world)
  if (writable !== status.answered) return writable
  const { overrides, options } = request
  const scenario = await scenarioIn({ path: 'scenario.yaml', text: example }, overrides)
  if (isFailure(scenario)) return reportFailure(scenario, request.color, world)
  const { numaNodes } = options
  const entry: ReportEntry = {
    name: scenario.about.name,
    isNamedByFile: false,
    data: readData(example, 'scenario.yaml', overrides),
    settings: overrides,
    context: numaNodes === undefined ? {} : { numaNodes },
  }
  const changed = changedScenario(entry, [])
  if (!changed.ok) throw new Error('the example is invalid')
  const { workload, result } = planWithWorkings(changed.workload, changed.about)
  const item = JSON.stringify({ entry, line: fleetLine(result) })
  return deliver(request, world, {
    html: async () => reportPage(() => [item], 1, [], { result, scenario: { workload } }, world),
  })
}
