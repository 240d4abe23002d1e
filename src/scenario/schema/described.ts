import * as z from 'zod/mini'

/** A mapping with these keys and no others, and what an editor says of it. */
export function described<T extends z.core.$ZodLooseShape>(
  description: string,
  shape: T,
): z.ZodMiniObject<T, z.core.$strict> {
  return z.strictObject(shape).check(z.meta({ description })) as z.ZodMiniObject<T, z.core.$strict>
}

/** Anything, and what an editor says of it. */
export function helped<T extends z.ZodMiniType>(description: string, schema: T): T {
  return schema.check(z.meta({ description })) as T
}
