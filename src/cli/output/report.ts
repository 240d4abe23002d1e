import type { World } from '../machine/world.ts'
import type { Failure } from './failure.ts'
import { inkFor } from './ink-choice.ts'
import type { ColorChoice } from './request.ts'

/** Says on standard error why something was not answered. */
export async function reportFailure(
  failure: Failure,
  color: ColorChoice,
  world: World,
): Promise<void> {
  if ('text' in failure) return reportText(failure.text, world)
  const { renderIssues } = await import('../../render/issues.ts')
  await world.stderr.write(renderIssues(failure.issues, inkFor(world.stderr, world, color)))
}

/** A sentence on standard error; the caller has made foreign text in it printable. */
export async function reportText(text: string, world: World): Promise<void> {
  await world.stderr.write(`mshare-plan: ${text}\n`)
}
