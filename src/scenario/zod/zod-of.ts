import * as z from 'zod/mini'
import type { Check, Judge, Optional, Shape } from '../schema/shape.ts'

// Compiling a checker at run time costs more than it saves on one scenario.
z.config({ jitless: true })

/** The schema of zod that takes what has a shape. Its output is what was written: sizes stay text. */
export function zodOf<T>(shape: Shape<T>): z.ZodMiniType<T> {
  return schemaOf(shape) as z.ZodMiniType<T>
}

/** One for each shape: a broken scenario in a stream of many is not the last. */
const made = new WeakMap<object, z.ZodMiniType>()

function schemaOf(shape: Shape | Optional): z.ZodMiniType {
  const known = made.get(shape)
  if (known !== undefined) return known
  const schema = shape.kind === 'optional' ? z.optional(schemaOf(shape.shape)) : withHelp(shape)
  made.set(shape, schema)
  return schema
}

function withHelp(shape: Shape): z.ZodMiniType {
  const schema = withoutHelp(shape)
  return Object.keys(shape.help).length === 0 ? schema : schema.check(z.meta(shape.help))
}

function withoutHelp(shape: Shape): z.ZodMiniType {
  switch (shape.kind) {
    case 'field':
      return z.custom().check(checkedBy(shape.check))
    case 'exactly':
      return z.literal(shape.value)
    case 'either':
      return z.union(shape.options.map(schemaOf))
    case 'list':
      return z.array(schemaOf(shape.items))
    case 'names':
      return z.record(zodOf(shape.name), schemaOf(shape.values))
    case 'keys': {
      const entries = Object.entries(shape.keys).map(([key, inner]) => [key, schemaOf(inner)])
      const object: z.ZodMiniType = z.strictObject(Object.fromEntries(entries))
      return shape.judge === undefined ? object : object.check(judgedBy(shape.judge))
    }
  }
}

function checkedBy(check: Check): z.core.CheckFn<unknown> {
  return ({ value, issues }) => {
    const tell = check(value)
    if (tell !== undefined) issues.push({ code: 'custom', input: value, params: { tell } })
  }
}

function judgedBy(judge: Judge): z.core.CheckFn<unknown> {
  return ({ value, issues }) => {
    if (issues.length > 0) return
    const { tell, at } = judge(value as Readonly<Record<string, unknown>>) ?? {}
    if (tell === undefined) return
    const path = at === undefined ? [] : [at]
    issues.push({ code: 'custom', input: value, path, params: { tell } })
  }
}
