import { captureScenario } from '../../capture/capture-scenario.ts'
import type { Explain } from '../../capture/draft/base-tables.ts'
import type { Progress } from '../../capture/machine/gather-folder.ts'
import { faultWords } from '../../capture/machine/refusal-words.ts'
import { plan } from '../../plan/plan.ts'
import type { PlannedStrategy } from '../../plan/result/result.ts'
import { readScenario } from '../../scenario/read-scenario.ts'
import { printable } from '../../units/printable.ts'
import type { CaptureRequest } from '../arguments/capture-options.ts'
import type { World } from '../machine/world.ts'
import { refusalText, shownPath } from '../output/refusal.ts'
import { reportText } from '../output/report.ts'
import { tool } from '../output/version.ts'

/** The text of a scenario of a machine; `undefined` where there is none, which has been reported. */
export async function captureText(
  { root, selection, grouping }: CaptureRequest,
  world: World,
): Promise<string | undefined> {
  const tree = world.openTree(root)
  if ('ok' in tree) {
    await reportText(refusalText('read', tree), world)
    return undefined
  }
  const captured = await captureScenario(tree, {
    selection,
    ...(grouping === undefined ? {} : { grouping }),
    explain: explained,
    progress: reporter(world),
  })
  for (const refusal of captured.refusals) await reportText(printable(refusal), world)
  if (captured.ok) return captured.text
  await reportText(
    `cannot capture ${shownRoot(root)}: ${printable(faultWords(captured.fault))}`,
    world,
  )
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

/** What the planner itself says the regions of a draft cost. */
const explained: Explain = (text) => {
  const reading = readScenario(text, 'capture')
  if (!reading.ok) {
    const [issue] = reading.issues
    return { ok: false, fault: { kind: 'unplannable', why: issue?.message ?? 'no reason' } }
  }
  const { name, workload, assumptions } = reading
  const result = plan(
    { ...workload, strategies: ['as-described'], gates: { strategy: 'as-described' } },
    { tool, scenario: { name, file: 'capture', fingerprint: '' }, assumptions },
  )
  const [strategy] = result.strategies
  if (strategy?.applies !== true) return { ok: false, fault: { kind: 'unplannable' } }
  return {
    ok: true,
    vmPte: new Map(strategy.groups.map((group) => [group.name, group.perProcess.vmPteBytes])),
    tables: new Map(strategy.groups.map((group) => [group.name, group.perProcess.levels])),
    linkedBytes: linkedBytes(strategy),
    shared: sharedBytes(strategy),
  }
}

/** What VmPTE counts in several processes and is there once: the linked tables of hugetlb. */
function linkedBytes({ pageTables, counters }: PlannedStrategy): number {
  const { pte, pmd, pud } = pageTables.levels
  const there = [pte, pmd, pud].reduce((sum, level) => sum + (level?.bytes ?? 0), 0)
  const more = counters.sumVmPteBytes - there - pageTables.baseBytes
  // Expectations are rounded one by one; the smallest table has 2 KiB.
  return more < 1024 ? 0 : more
}

const sharedLine = 'resident shared memory: '

/** By the name of the region. */
function sharedBytes({ memory }: PlannedStrategy): ReadonlyMap<string, number> {
  const lines = memory.lines.filter(({ name }) => name.startsWith(sharedLine))
  return new Map(lines.map(({ name, bytes }) => [name.slice(sharedLine.length), bytes]))
}
