/** A value of a result and where it is. */
export interface Leaf {
  /** Keys with dots between them, as `strategies.base-pages.pageTables.bytes`. */
  readonly path: string
  /** Absent: a list or an object that is empty, or null. */
  readonly value: string | number | boolean | undefined
  /** Of a number: `bytes`, `fraction`, `processes`, …; what has no other is a `count`. */
  readonly unit?: string
}

/**
 * All values of a result, in its order. An item of a list is named by its id, or by its name where no
 * other item has that; otherwise by its place, from 0.
 * @param unit of the numbers that do not say it in their name.
 */
export function* leavesOf(value: unknown, path = '', unit = 'count'): Generator<Leaf, void> {
  if (!isObject(value)) return yield leaf(path, value, unit)
  const entries = Array.isArray(value) ? itemsOf(value) : Object.entries(value)
  if (entries.length === 0) yield { path, value: undefined }
  const { unit: own }: { readonly unit?: unknown } = value
  const below = typeof own === 'string' ? own : unit
  for (const [key, item] of entries) {
    yield* leavesOf(item, path === '' ? key : `${path}.${key}`, below)
  }
}

function leaf(path: string, value: unknown, unit: string): Leaf {
  if (typeof value === 'number') return { path, value, unit: unitOf(path) ?? unit }
  return { path, value: isPlain(value) ? value : undefined }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isPlain(value: unknown): value is string | boolean {
  return typeof value === 'string' || typeof value === 'boolean'
}

function itemsOf(list: readonly unknown[]): readonly (readonly [string, unknown])[] {
  const names = list.map(nameOf)
  const used = new Map<string, number>()
  for (const name of names) if (name !== undefined) used.set(name, (used.get(name) ?? 0) + 1)
  return list.map((item, index) => {
    const name = names[index]
    return [name !== undefined && used.get(name) === 1 ? name : `${index}`, item]
  })
}

function nameOf(item: unknown): string | undefined {
  if (!isObject(item)) return undefined
  const { id, name }: { readonly id?: unknown; readonly name?: unknown } = item
  if (typeof id === 'string') return id
  return typeof name === 'string' ? name : undefined
}

/** The unit that the name of a number says. */
function unitOf(path: string): string | undefined {
  if (/(?:bytes|[.]mshare[.]size)$/i.test(path)) return 'bytes'
  return /fraction$/i.test(path) ? 'fraction' : undefined
}
