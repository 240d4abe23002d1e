import * as z from 'zod/mini'
import { scenarioShape } from '../schema/schema.ts'
import { schemaAddress } from '../schema/schema-address.ts'
import { zodOf } from './zod-of.ts'

/**
 * JSON Schema of the scenario file, for editors, in draft-07: the newest that the YAML extension of
 * editors reads whole. Kept apart from the reader: what it needs of zod is loaded by those who print
 * it only.
 */
export function scenarioJsonSchema(): object {
  const options = { target: 'draft-07', io: 'input', unrepresentable: 'any' } as const
  const { $schema, ...rest } = z.toJSONSchema(zodOf(scenarioShape), options)
  return {
    $schema,
    $id: schemaAddress,
    title: 'Scenario of mshare-plan',
    ...rest,
  }
}
