import type { Capture } from '../../capture/capture-scenario.ts'
import { captureScenario } from '../../capture/capture-scenario.ts'
import type { Explain } from '../../capture/draft/base-tables.ts'
import type { Progress } from '../../capture/machine/gather-folder.ts'
import { faultWords } from '../../capture/machine/refusal-words.ts'
import { plannedDemand } from '../../plan/verify/planned-demand.ts'
import { resolveScenario } from '../../scenario/resolve/resolve-scenario.ts'
import { printable } from '../../units/printable.ts'
import type { CaptureRequest } from '../arguments/capture-options.ts'
import type { World } from '../machine/world.ts'
import { refusalText, shownPath } from '../output/refusal.ts'
import { reportText } from '../output/report.ts'

/** The scenario of a machine; `undefined` if there is no machine, which has been reported. */
export async function captured(
  { root, selection, grouping }: CaptureRequest,
  world: World,
): Promise<Extract<Capture, { readonly ok: true }> | undefined> {
  const tree = world.openTree(root)
  if ('ok' in tree) {
    await reportText(refusalText('read', tree), world)
    return undefined
  }
  const made = await captureScenario(tree, {
    selection,
    ...(grouping === undefined ? {} : { grouping }),
    explain: explained,
    progress: reporter(world),
  })
  for (const refusal of made.refusals) await reportText(printable(refusal), world)
  if (made.ok) return made
  await reportText(`cannot capture ${shownRoot(root)}: ${printable(faultWords(made.fault))}`, world)
  return undefined
}

function shownRoot(root: string | undefined): string {
  return root === undefined ? 'this machine' : shownPath(root)
}

/** Nothing is said of work that is done within a second, or so often that it could not be read. */
const quietMs = 1000

function reporter(world: World): Progress {
  let spoken = performance.now()
  return async (done, of) => {
    const now = performance.now()
    if (now - spoken < quietMs) return
    spoken = now
    await reportText(`${done} of ${of} processes`, world)
  }
}

/** What the planner itself says the regions of a captured scenario cost. */
const explained: Explain = (scenario) => {
  const resolved = resolveScenario(scenario)
  if (!resolved.ok) {
    const [complaint] = resolved.complaints
    return { ok: false, fault: { kind: 'unplannable', why: complaint?.message ?? 'no reason' } }
  }
  const demand = plannedDemand(resolved.workload)
  if (demand === undefined) return { ok: false, fault: { kind: 'unplannable' } }
  return { ok: true, ...demand }
}
