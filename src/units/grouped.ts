/** Items by a key, in order: those of each key, and the keys as they first appear. Map.groupBy() needs Node 21. */
export function groupedBy<Key, T>(
  items: Iterable<T>,
  keyOf: (item: T) => Key,
): ReadonlyMap<Key, readonly T[]> {
  const grouped = new Map<Key, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const others = grouped.get(key)
    if (others === undefined) grouped.set(key, [item])
    else others.push(item)
  }
  return grouped
}
