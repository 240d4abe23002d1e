import * as z from 'zod/mini'
import { scenarioShape } from '../schema/schema.ts'
import { schemaAddress } from '../schema/schema-address.ts'
import { extendsKey } from '../yaml/merge-trees.ts'
import { zodOf } from './zod-of.ts'

/**
 * JSON Schema of the scenario file, for editors, in draft-07: the newest that the YAML extension of
 * editors reads whole. Kept apart from the reader: what it needs of zod is loaded by those who print
 * it only. Keys that must exist are asked of a scenario that extends no other.
 */
export function scenarioJsonSchema(): object {
  const options = { target: 'draft-07', io: 'input', unrepresentable: 'any' } as const
  const { $schema, ...rest } = z.toJSONSchema(zodOf(scenarioShape), options)
  const { schema, needs } = apart(rest as JsonObject)
  return {
    $schema,
    $id: schemaAddress,
    title: 'Scenario of mshare-plan',
    ...schema,
    if: { required: [extendsKey] },
    else: needs,
  }
}

interface JsonObject {
  readonly [key: string]: unknown
}

/** A schema of maps in two: what they may have, and what they must. Lists stay: they are replaced whole. */
function apart(whole: JsonObject): { readonly schema: JsonObject; readonly needs?: JsonObject } {
  const { required, ...rest } = whole
  const schema: Record<string, unknown> = rest
  const needs: Record<string, unknown> = required === undefined ? {} : { required }
  const { properties, additionalProperties } = whole
  if (isObject(properties)) {
    const keys = Object.entries(properties).map(
      ([key, inner]) => [key, apart(inner as JsonObject)] as const,
    )
    const needed = keys.flatMap(([key, inner]) => (inner.needs ? [[key, inner.needs]] : []))
    schema['properties'] = Object.fromEntries(keys.map(([key, inner]) => [key, inner.schema]))
    if (needed.length > 0) needs['properties'] = Object.fromEntries(needed)
  }
  if (isObject(additionalProperties)) {
    const others = apart(additionalProperties)
    schema['additionalProperties'] = others.schema
    if (others.needs !== undefined) needs['additionalProperties'] = others.needs
  }
  return Object.keys(needs).length === 0 ? { schema } : { schema, needs }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null
}
