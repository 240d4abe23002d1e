import type { Ink } from '../../render/text/ink.ts'
import type { OutputFile, Refusal, Text, World } from '../machine/world.ts'
import { annotated, isInActions } from './annotations.ts'
import type { Format } from './formats.ts'
import type { ColorChoice } from './ink-choice.ts'
import { fileInk, inkFor } from './ink-choice.ts'
import { refusalText, shownPath, statusOfRefusal } from './refusal.ts'
import { reportText } from './report.ts'
import type { Status } from './status.ts'
import { status } from './status.ts'

/** Where a result goes, and how it is written there. */
export interface OutputRequest {
  /** How the result is printed on standard output; absent: it is not. */
  readonly format?: Format
  /** No format was asked for: it is the usual one of the command. */
  readonly isUsual?: true
  readonly outputs: readonly { readonly path: string; readonly format: Format }[]
  readonly color: ColorChoice
}

/**
 * A result as text: one entry for each format that the command prints. The path is that of the file;
 * absent: standard output.
 */
export type Renderers = { readonly [Name in Format]?: (ink: Ink, path?: string) => Promise<Text> }

/** Finds out, before any work, whether every output file could be written. */
export async function checkOutputs(
  request: OutputRequest,
  inputs: readonly string[],
  world: World,
): Promise<Status> {
  if (request.format === 'html' && world.stdout.isTerminal) {
    await reportText('a page is for a browser, not for a terminal; add -o report.html', world)
    return status.invalid
  }
  const taken = new Map(inputs.map((path) => [world.realPath(path), 'an input']))
  for (const { path } of request.outputs) {
    const realPath = world.realPath(path)
    const clash = taken.get(realPath)
    if (clash !== undefined) {
      await reportText(
        `cannot write ${shownPath(path)}: it is also ${clash}; name another file`,
        world,
      )
      return status.invalid
    }
    taken.set(realPath, 'another output')
    const refusal = world.whyNotReplace(path)
    if (refusal !== undefined) {
      await reportText(refusalText('write', refusal), world)
      return statusOfRefusal(refusal)
    }
  }
  return status.answered
}

/**
 * Prints the result, then writes each file whole. Everything is rendered first. The first file that
 * cannot be written ends it: later ones stay as they were.
 */
export async function deliver(
  request: OutputRequest,
  world: World,
  renderers: Renderers,
): Promise<Status> {
  const files: OutputFile[] = []
  for (const { path, format } of request.outputs) {
    files.push({ path, text: await rendered(renderers, format, fileInk, path) })
  }
  const refusal = (await print(request, world, renderers)) ?? firstRefusal(files, world)
  if (refusal === undefined) return status.answered
  await reportText(refusalText('write', refusal), world)
  return statusOfRefusal(refusal)
}

/** What became of several scenarios. */
export interface Outcome {
  /** How many results there are. */
  readonly count: number
  /** Why the run is not complete. */
  readonly failed: readonly Status[]
  /** Scenarios without a result, where the formats say how many. */
  readonly unanswered?: number
}

/**
 * As {@link deliver}, for the results of several scenarios. Standard output gets them even where
 * other scenarios failed; files stay as they were, because they would look complete. Metrics are
 * written nevertheless: those of the last run would go on saying that all is well.
 */
export async function deliverResults(
  request: OutputRequest,
  { count, failed, unanswered }: Outcome,
  world: World,
  renderers: Renderers,
): Promise<Status> {
  const isAllRead = failed.length === unanswered
  const [written, withheld] =
    failed.length === 0
      ? [request.outputs, []]
      : [
          request.outputs.filter(({ format }) => isAllRead && format === 'openmetrics'),
          request.outputs.filter(({ format }) => !isAllRead || format !== 'openmetrics'),
        ]
  for (const { path } of withheld) {
    await reportText(`${shownPath(path)} was not written; not every scenario has a result`, world)
  }
  const { format, ...rest } = request
  const printed = count === 0 || format === undefined ? rest : { ...rest, format }
  return deliver({ ...printed, outputs: written }, world, renderers)
}

async function print(
  { format, isUsual, color }: OutputRequest,
  world: World,
  renderers: Renderers,
): Promise<Refusal | undefined> {
  if (format === undefined) return undefined
  const text = await rendered(renderers, format, inkFor(world.stdout, world, color))
  const isAnnotated = isUsual && isInActions(world) && renderers.github !== undefined
  const parts = isAnnotated
    ? annotated(text, await rendered(renderers, 'github', fileInk))
    : partsOf(text)
  for (const part of parts) {
    const refusal = await world.stdout.write(part)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

function partsOf(text: Text): Iterable<string> {
  return typeof text === 'string' ? [text] : text
}

async function rendered(
  renderers: Renderers,
  format: Format,
  ink: Ink,
  path?: string,
): Promise<Text> {
  const render = renderers[format]
  if (render === undefined) throw new Error(`the command has no renderer for ${format}`)
  return render(ink, path)
}

function firstRefusal(files: readonly OutputFile[], world: World): Refusal | undefined {
  for (const file of files) {
    const refusal = world.replaceFile(file)
    if (refusal !== undefined) return refusal
  }
  return undefined
}
