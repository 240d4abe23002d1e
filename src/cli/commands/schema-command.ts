import { renderJson } from '../../render/json.ts'
import { scenarioJsonSchema } from '../../scenario/zod/json-schema.ts'
import type { Request } from '../arguments/request.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import { refusalText, statusOfRefusal } from '../output/refusal.ts'
import { reportText } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'

/** Prints the JSON Schema of scenario files, or of results. */
export async function schemaCommand(request: Request, world: World): Promise<Status> {
  const writable = await checkOutputs(request, [], world)
  if (writable !== status.answered) return writable
  return request.options.result === true
    ? resultSchema(request, world)
    : deliver(request, world, { json: scenarioSchema })
}

async function scenarioSchema(): Promise<string> {
  return renderJson(scenarioJsonSchema())
}

/** More than the file can have. */
const mostOfSchema = 2 ** 22

/** It is made of the types of results when the program is built, and ships as a file. */
async function resultSchema(request: Request, world: World): Promise<Status> {
  const reading = world.readFile(world.resultSchema, mostOfSchema)
  if (!reading.ok) {
    await reportText(refusalText('read', reading), world)
    return statusOfRefusal(reading)
  }
  const text = new TextDecoder().decode(reading.content)
  return deliver(request, world, { json: async () => text })
}
