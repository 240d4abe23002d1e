import { shells } from '../arguments/shells.ts'
import { answers } from '../completion/answers.ts'
import type { World } from '../machine/world.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'

/**
 * Answers the completion script of a shell. Says nothing of what is wrong with a line or a scenario:
 * there is then nothing to complete.
 */
export async function completeCommand(argv: readonly string[], world: World): Promise<Status> {
  const [name, ...handedOver] = argv
  const shell = shells.find((one) => one === name)
  if (shell === undefined) return status.invalid
  const lines = answers[shell](handedOver, world)
  await world.stdout.write(lines.map((line) => `${line}\n`).join(''))
  return status.answered
}
