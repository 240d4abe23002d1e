import * as z from 'zod/mini'
import { scenarioShape } from '../schema/schema.ts'
import { schemaAddress } from '../schema/schema-address.ts'
import { rangedMark } from '../schema/shape.ts'
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
    ...withRanges(schema),
    if: { required: [extendsKey] },
    else: needs,
    definitions: { range },
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

/** In the places of single values that may be ranges, either. */
function withRanges<T>(schema: T): T {
  if (typeof schema !== 'object' || schema === null) return schema
  if (Array.isArray(schema)) return schema.map(withRanges) as T
  const { [rangedMark]: isRanged, ...rest } = schema as Record<string, unknown>
  const entries = Object.entries(rest).map(([key, value]) => [key, withRanges(value)])
  const inner = Object.fromEntries(entries)
  if (isRanged === undefined) return inner
  const { description, default: usual, ...value } = inner
  return {
    ...(description === undefined ? {} : { description }),
    ...(usual === undefined ? {} : { default: usual }),
    anyOf: [value, { $ref: '#/definitions/range' }],
  } as T
}

const end = {
  type: ['integer', 'string'],
  description: 'A count, a size with a unit, or a percentage.',
}

const range = {
  description:
    'A value that is not known exactly, for plan and check: the least and the most that it can be, or its median and what it exceeds one time in 20.',
  oneOf: [
    {
      type: 'object',
      properties: { from: end, to: end },
      required: ['from', 'to'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: { p50: end, p95: end },
      required: ['p50', 'p95'],
      additionalProperties: false,
    },
  ],
}
