/** True where two objects have the same keys and, but for those of the given keys, the same values. */
export function areAlikeBut<T extends object>(
  one: T,
  other: T,
  keys: ReadonlySet<keyof T>,
): boolean {
  if (one === other) return true
  const names = Object.keys(one) as (keyof T)[]
  return (
    names.length === Object.keys(other).length &&
    names.every((key) => keys.has(key) || Object.is(one[key], other[key]))
  )
}
