import type { Ink } from '../../render/text/ink.ts'
import type { World } from '../machine/world.ts'
import { fileInk, inkFor } from './ink-choice.ts'
import { refusalText, shownPath, statusOfRefusal } from './refusal.ts'
import { reportText } from './report.ts'
import type { Format, Request } from './request.ts'
import type { Status } from './status.ts'
import { status } from './status.ts'

/** A result as text. */
export type Render = (format: Format, ink: Ink) => Promise<string>

/** Finds out, before any work, whether every output file could be written. */
export async function checkOutputs(
  request: Request,
  inputs: readonly string[],
  world: World,
): Promise<Status> {
  const taken = new Map(inputs.map((path) => [world.identify(path), 'is read']))
  for (const { path } of request.outputs) {
    const identity = world.identify(path)
    const clash = taken.get(identity)
    if (clash !== undefined) {
      await reportText(`cannot write ${shownPath(path)}: it ${clash} as well`, world)
      return status.invalid
    }
    taken.set(identity, 'is written')
    const refusal = world.whyNotReplace(path)
    if (refusal !== undefined) {
      await reportText(refusalText('write', refusal), world)
      return statusOfRefusal(refusal)
    }
  }
  return status.answered
}

/** Prints the result and writes the files: all of them, or none. */
export async function deliver(request: Request, world: World, render: Render): Promise<Status> {
  const drafts: { readonly path: string; readonly text: string }[] = []
  for (const { path, format } of request.outputs) {
    drafts.push({ path, text: await render(format, fileInk) })
  }
  const printed = request.format === undefined ? undefined : await print(request, world, render)
  const refusal = printed ?? world.replaceFiles(drafts)
  if (refusal === undefined) return status.answered
  await reportText(refusalText('write', refusal), world)
  return statusOfRefusal(refusal)
}

/**
 * As {@link deliver}, for what could be answered of several scenarios. Standard output gets it even
 * where other scenarios failed; files stay as they were, for they would look complete.
 */
export async function deliverAnswers(
  request: Request,
  answered: number,
  failed: readonly Status[],
  world: World,
  render: Render,
): Promise<Status> {
  const withheld = failed.length > 0 ? request.outputs : []
  for (const { path } of withheld) {
    await reportText(`${shownPath(path)} was left as it was: not everything was answered`, world)
  }
  if (answered === 0) return status.answered
  return deliver(withheld.length > 0 ? { ...request, outputs: [] } : request, world, render)
}

async function print(request: Request, world: World, render: Render) {
  const ink = inkFor(world.stdout, world, request.color)
  return world.stdout.write(await render(request.format ?? 'json', ink))
}
