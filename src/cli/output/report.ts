import type { Issue } from '../../scenario/yaml/issue.ts'
import type { World } from '../machine/world.ts'
import type { ColorChoice } from '../output/ink-choice.ts'
import { inkFor } from './ink-choice.ts'
import type { Status } from './status.ts'
import { status } from './status.ts'

/** Why there is no result: a sentence, or what is wrong in a scenario, place by place. */
export type Failure =
  | { readonly status: Status; readonly text: string }
  | { readonly status: Status; readonly issues: readonly Issue[] }

/** Says on standard error why there is no result. @returns the status of the failure. */
export async function reportFailure(
  failure: Failure,
  color: ColorChoice,
  world: World,
): Promise<Status> {
  if ('text' in failure) await reportText(failure.text, world)
  else {
    const { renderIssues } = await import('../../render/issues.ts')
    await world.stderr.write(renderIssues(failure.issues, inkFor(world.stderr, world, color)))
  }
  return failure.status
}

/** A sentence on standard error; the caller has made foreign text in it printable. */
export async function reportText(text: string, world: World): Promise<void> {
  await world.stderr.write(`mshare-plan: ${text}\n`)
}

/** A mistake of ours: the stack trace goes to standard error, for the report. */
export async function reportBug(error: unknown, world: World): Promise<Status> {
  const failure = bugIn(error)
  await reportText(failure.text, world)
  return failure.status
}

/** The same as the reason why there is no result. Anything may need one more file, even a part of the program. */
export function bugIn(error: unknown): Extract<Failure, { readonly text: string }> {
  if (error instanceof Error && /\bE[MN]FILE\b/.test(error.message)) {
    return {
      status: status.notDone,
      text: 'too many files are open; raise ulimit -n, or lower --jobs',
    }
  }
  const trace = error instanceof Error ? (error.stack ?? String(error)) : String(error)
  const text = `a bug in mshare-plan, not in your scenario; please report it with this trace\n${trace}`
  return { status: status.bug, text }
}
