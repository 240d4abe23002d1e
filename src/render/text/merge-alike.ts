/** Rows that say the same, as one row with all their labels, in the order of the first. */
export function mergeAlike<Row extends { readonly label: string }>(
  rows: readonly Row[],
  saying: (row: Row) => string,
): readonly Row[] {
  const merged = new Map<string, Row>()
  for (const row of rows) {
    const key = saying(row)
    const before = merged.get(key)
    merged.set(
      key,
      before === undefined ? row : { ...before, label: `${before.label}, ${row.label}` },
    )
  }
  return [...merged.values()]
}
