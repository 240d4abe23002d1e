import { loadProgram } from './code-cache.ts'
import { status } from './output/status.ts'

/**
 * Runs the bundled program on this process. Until it has said how it went it has failed: a promise
 * that never settles lets Node end, and must not pass for an answer.
 */
export async function launch(bundle: string): Promise<void> {
  const { main, nodeWorld } = loadProgram(bundle).program
  process.exitCode = status.bug
  process.once('beforeExit', reportUnfinished)
  process.exitCode = await main(process.argv.slice(2), nodeWorld())
  process.off('beforeExit', reportUnfinished)
}

function reportUnfinished(): void {
  process.stderr.write('mshare-plan: a bug in mshare-plan: it ended before its work was done\n')
}
