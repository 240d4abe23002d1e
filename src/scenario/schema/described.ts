import * as z from 'zod/mini'

/** A mapping with these keys and no others, and what an editor says of it. */
export function described<T extends z.core.$ZodLooseShape>(
  description: string,
  shape: T,
): z.ZodMiniObject<T, z.core.$strict> {
  const checks = [z.meta({ description })]
  const definition = { type: 'object', shape, catchall: nothingElse, checks } as const
  return new z.ZodMiniObject(definition) as z.ZodMiniObject<T, z.core.$strict>
}

/** As z.strictObject() has it. */
const nothingElse = z.never()

/** Anything, and what an editor says of it. */
export function helped<T extends z.ZodMiniType>(description: string, schema: T): T {
  return schema.check(z.meta({ description })) as T
}

/** What few scenarios say is built when the first one says it. */
export function seldom<T>(make: () => z.ZodMiniType<T>): z.ZodMiniType<T> {
  return z.lazy(make)
}
