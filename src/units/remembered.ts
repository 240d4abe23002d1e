/**
 * Remembers the last answer for each object, for as long as the object is in use, and gives it again
 * where all other inputs are the same ones too. For what is asked hundreds of times while one number
 * of a workload changes: whatever does not depend on it is worked out once.
 */
export function remembering<Key extends object, T>(): (
  key: Key,
  inputs: readonly unknown[],
  make: () => T,
) => T {
  const last = new WeakMap<Key, { readonly inputs: readonly unknown[]; readonly answer: T }>()
  return (key, inputs, make) => {
    const known = last.get(key)
    if (known !== undefined && areSame(known.inputs, inputs)) return known.answer
    const answer = make()
    last.set(key, { inputs, answer })
    return answer
  }
}

/** True where two lists hold the same objects and equal numbers, in order. */
export function areSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false
  for (let index = 0; index < one.length; index += 1) {
    if (!Object.is(one[index], other[index])) return false
  }
  return true
}
