import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import { captured } from './capturing.ts'

/** Writes a scenario of the machine that runs it, or of a copy. */
export async function captureCommand(request: Request, world: World): Promise<Status> {
  const { capture } = request
  if (capture === undefined) throw new RangeError('capture was not asked for')
  const { root, texts = [] } = capture
  const inputs = root === undefined ? texts : [root]
  const writable = await checkOutputs(request, inputs, world)
  if (writable !== status.answered) return writable
  const made = await captured(capture, world)
  if (made === undefined) return status.notDone
  return deliver(request, world, { yaml: async () => made.text })
}
