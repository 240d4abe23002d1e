import { collectScript } from '../../capture/collect/collect-script.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'

/** Prints the script that collects what capture reads, for a server without Node. */
export async function collectCommand(request: Request, world: World): Promise<Status> {
  const { capture, options } = request
  if (capture === undefined) throw new RangeError('no processes were chosen')
  const writable = await checkOutputs(request, [], world)
  if (writable !== status.answered) return writable
  const { arguments: keep } = options
  const script = collectScript({
    selection: capture.selection,
    ...(keep === undefined ? {} : { keep }),
  })
  return deliver(request, world, { script: async () => script })
}
