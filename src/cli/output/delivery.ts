import type { Ink } from '../../render/text/ink.ts'
import type { OutputFile, Refusal, World } from '../machine/world.ts'
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
  const taken = new Map(inputs.map((path) => [world.realPath(path), 'is read']))
  for (const { path } of request.outputs) {
    const identity = world.realPath(path)
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

/**
 * Prints the result, then writes each file whole. Everything is rendered first. The first
 * file that cannot be written ends it: later ones stay as they were.
 */
export async function deliver(request: Request, world: World, render: Render): Promise<Status> {
  const files: OutputFile[] = []
  for (const { path, format } of request.outputs) {
    files.push({ path, text: await render(format, fileInk) })
  }
  const refusal = (await print(request, world, render)) ?? firstRefusal(files, world)
  if (refusal === undefined) return status.answered
  await reportText(refusalText('write', refusal), world)
  return statusOfRefusal(refusal)
}

async function print({ format, color }: Request, world: World, render: Render) {
  if (format === undefined) return undefined
  return world.stdout.write(await render(format, inkFor(world.stdout, world, color)))
}

function firstRefusal(files: readonly OutputFile[], world: World): Refusal | undefined {
  for (const file of files) {
    const refusal = world.replaceFile(file)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

/**
 * As {@link deliver}, for the results of several scenarios. Standard output gets them even where other
 * scenarios failed; files stay as they were, because they would look complete.
 */
export async function deliverResults(
  request: Request,
  count: number,
  failed: readonly Status[],
  world: World,
  render: Render,
): Promise<Status> {
  const withheld = failed.length > 0 ? request.outputs : []
  for (const { path } of withheld) {
    await reportText(`${shownPath(path)} was left as it was: not everything was answered`, world)
  }
  if (count === 0) return status.answered
  return deliver(withheld.length > 0 ? { ...request, outputs: [] } : request, world, render)
}
