/** The keys that have a value, of an object where some are `undefined`. */
export function present<T extends object>(values: T): Present<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Present<T>
}

/** Keys that may be `undefined` are optional; the others stay as they are. */
export type Present<T> = {
  readonly [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>
} & { readonly [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] }
