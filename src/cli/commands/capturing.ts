import type { Capture } from '../../capture/capture-scenario.ts'
import { captureScenario } from '../../capture/capture-scenario.ts'
import type { Explain } from '../../capture/draft/base-tables.ts'
import type { TextTree, Tree } from '../../capture/files/tree.ts'
import type { Progress } from '../../capture/machine/gather-folder.ts'
import { faultWords } from '../../capture/machine/refusal-words.ts'
import { largestPrinted } from '../../capture/printed/gather-printed.ts'
import { isPrinted } from '../../capture/printed/printed-text.ts'
import { plannedDemand } from '../../plan/verify/planned-demand.ts'
import { resolveScenario } from '../../scenario/resolve/resolve-scenario.ts'
import { printable } from '../../units/printable.ts'
import type { CaptureRequest } from '../arguments/capture-options.ts'
import { readInput } from '../machine/read-input.ts'
import type { Refusal, World } from '../machine/world.ts'
import { refusalText, shownPath } from '../output/refusal.ts'
import { reportText } from '../output/report.ts'

/** The scenario of a machine; `undefined` if there is no machine, which has been reported. */
export async function captured(
  request: CaptureRequest,
  world: World,
): Promise<Extract<Capture, { readonly ok: true }> | undefined> {
  const tree = await treeOf(request, world)
  if ('ok' in tree) {
    await reportText(refusalText('read', tree), world)
    return undefined
  }
  const { selection, grouping } = request
  const made = await captureScenario(tree, {
    selection,
    ...(grouping === undefined ? {} : { grouping }),
    explain: explained,
    progress: reporter(world),
  })
  for (const refusal of made.refusals) await reportText(printable(refusal), world)
  if (made.ok) return made
  await reportText(
    `cannot capture ${shownMachine(request)}: ${printable(faultWords(made.fault))}`,
    world,
  )
  return undefined
}

/** A copy, the running machine, or texts: also where a text is named in place of an archive. */
async function treeOf({ root, texts = [] }: CaptureRequest, world: World): Promise<Tree | Refusal> {
  const [first, second] = texts
  if (first === '-' || second !== undefined) return textTree(texts, world)
  const path = root ?? first
  const tree = world.openTree(path)
  const isText = 'ok' in tree && tree.reason === 'no-archive' && path !== undefined
  const text = isText ? await textTree([path], world) : undefined
  const isKnown =
    text !== undefined && !('ok' in text) && text.texts.some((one) => isPrinted(one.text))
  return isKnown ? text : tree
}

async function textTree(paths: readonly string[], world: World): Promise<TextTree | Refusal> {
  const texts: { name: string; text: string }[] = []
  for (const path of paths) {
    const reading =
      path === '-' ? await readInput(world, largestPrinted) : world.readFile(path, largestPrinted)
    if (!reading.ok) return reading
    texts.push({ name: shownPath(path), text: new TextDecoder().decode(reading.content) })
  }
  return { kind: 'texts', texts }
}

function shownMachine({ root, texts = [] }: CaptureRequest): string {
  return texts.length === 0 ? shownRoot(root) : texts.map(shownPath).join(', ')
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
