import * as z from 'zod/mini'
import { scenarioSchema } from './schema.ts'

/**
 * JSON Schema (draft 2020-12) of the scenario file, for editors. Kept apart from the reader: what
 * it needs of zod is loaded by those who print it only.
 */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(scenarioSchema, { io: 'input', unrepresentable: 'any' })
}
