import type { World } from '../machine/world.ts'
import { status } from './status.ts'

/** A mistake of ours: the stack trace goes to standard error, for the report. */
export async function reportBug(error: unknown, world: World): Promise<typeof status.bug> {
  const trace = error instanceof Error ? (error.stack ?? String(error)) : String(error)
  await world.stderr.write(
    `mshare-plan: a bug in mshare-plan, not in your scenario; please report it with this trace\n${trace}\n`,
  )
  return status.bug
}
