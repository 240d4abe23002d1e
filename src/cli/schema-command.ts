import { checkOutputs, deliver } from './delivery.ts'
import type { Request } from './request.ts'
import type { Status } from './status.ts'
import { status } from './status.ts'
import type { World } from './world.ts'

/** Prints the JSON Schema of scenario files. */
export async function schemaCommand(request: Request, world: World): Promise<Status> {
  const writable = await checkOutputs(request, [], world)
  return writable === status.answered ? deliver(request, world, render) : writable
}

async function render(): Promise<string> {
  const { scenarioJsonSchema } = await import('../scenario/json-schema.ts')
  const { renderJson } = await import('../render/json.ts')
  return renderJson(scenarioJsonSchema())
}
