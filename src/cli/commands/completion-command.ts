import type { Request } from '../arguments/request.ts'
import type { Shell } from '../arguments/shells.ts'
import { scripts } from '../completion/scripts.ts'
import type { World } from '../machine/world.ts'
import { refusalText, statusOfRefusal } from '../output/refusal.ts'
import { reportText } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'

/** Prints the completion script of a shell, whose name the command line was checked for. */
export async function completionCommand(request: Request, world: World): Promise<Status> {
  const refusal = await world.stdout.write(scripts[request.operands[0] as Shell])
  if (refusal === undefined) return status.answered
  await reportText(refusalText('write', refusal), world)
  return statusOfRefusal(refusal)
}
