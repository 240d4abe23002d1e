import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'

/** Prints the JSON Schema of scenario files. */
export async function schemaCommand(request: Request, world: World): Promise<Status> {
  const writable = await checkOutputs(request, [], world)
  return writable === status.answered ? deliver(request, world, { json }) : writable
}

async function json(): Promise<string> {
  const { scenarioJsonSchema } = await import('../../scenario/schema/json-schema.ts')
  const { renderJson } = await import('../../render/json.ts')
  return renderJson(scenarioJsonSchema())
}
