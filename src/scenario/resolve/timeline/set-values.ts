import type { Path } from '../../../units/path.ts'
import { pathText } from '../../../units/path.ts'
import type { Flaw } from '../../yaml/issue.ts'
import { flawOfItem, parsePath } from '../../yaml/parse-path.ts'
import type { PlainData, PlainObject } from '../../yaml/plain-data.ts'
import { decodeName, encodeName, placeAt } from '../../yaml/plain-data.ts'
import { nearest } from '../../yaml/suggest.ts'

/** A copy of the data with a value at a path, or what is wrong with the path. The data stays as it is. */
export function withValue(
  data: PlainData,
  written: string,
  value: PlainData,
): { readonly data: PlainData } | { readonly flaw: Flaw } {
  const path = parsePath(written)?.map(({ step }) => step)
  if (path === undefined) {
    return {
      flaw: {
        message: `\`${written}\` is not a path to a key`,
        expected: 'keys with dots between them, such as `groups.clients.private`',
      },
    }
  }
  if (path[0] === 'timeline' || path[0] === 'version') {
    const message = `a step cannot set \`${path[0]}\``
    return { flaw: { message, expected: 'a value of the host, a region or a group' } }
  }
  return put(data, path, 0, value)
}

type Put = { readonly data: PlainData } | { readonly flaw: Flaw }

function put(data: PlainData, path: Path, depth: number, value: PlainData): Put {
  const step = path[depth]
  if (step === undefined) return { data: copyOf(value) }
  if (Array.isArray(data)) return putItem(data, path, depth, value)
  const isEmpty = data === undefined || data === null
  if (typeof step === 'number' || !(isEmpty || typeof data === 'object')) {
    return { flaw: flawAt(path, depth) }
  }
  const object: PlainObject = Object.assign(Object.create(null), data)
  const key = encodeName(step)
  if (isPartOf(path, depth) && !Object.hasOwn(object, key)) {
    return { flaw: unknownName(path, Object.keys(object)) }
  }
  const inner = put(object[key], path, depth + 1, value)
  if ('flaw' in inner) return inner
  object[key] = inner.data
  return { data: object }
}

function putItem(data: readonly PlainData[], path: Path, depth: number, value: PlainData): Put {
  const step = path[depth]
  if (typeof step !== 'number') return { flaw: flawAt(path, depth) }
  const missing = flawOfItem(path, depth, data.length)
  if (missing !== undefined) return { flaw: missing }
  const inner = put(data[step], path, depth + 1, value)
  if ('flaw' in inner) return inner
  return { data: step === data.length ? [...data, inner.data] : data.with(step, inner.data) }
}

/** Where a value goes into a region or group: one that is not there is a mistake. */
function isPartOf(path: Path, depth: number): boolean {
  return depth === 1 && path.length > 2 && (path[0] === 'groups' || path[0] === 'regions')
}

function flawAt(path: Path, depth: number): Flaw {
  return {
    message: `no value can be at \`${pathText(path)}\``,
    expected: `a path that fits what is at \`${pathText(path.slice(0, depth))}\``,
  }
}

function unknownName(path: Path, keys: readonly string[]): Flaw {
  const names = keys.map(decodeName)
  const near = nearest(String(path[1]), names)
  return {
    message: `\`${path[0]}\` has no \`${path[1]}\``,
    expected:
      names.length === 0
        ? `an existing name; \`${path[0]}\` is empty`
        : `one of ${names
            .slice(0, 20)
            .map((one) => `\`${one}\``)
            .join(', ')}`,
    ...(near === undefined
      ? {}
      : { suggestion: `did you mean \`${pathText([path[0] ?? '', near, ...path.slice(2)])}\`?` }),
  }
}

/** The path of what is there under nearly the same name. */
export function keyMeant(data: PlainData, steps: Path): Path | undefined {
  const beside = placeAt(data, steps.slice(0, -1))?.value
  if (typeof beside !== 'object' || beside === null) return undefined
  const near = nearest(String(steps.at(-1)), Object.keys(beside).map(decodeName))
  return near === undefined ? undefined : [...steps.slice(0, -1), near]
}

/** The reader of a scenario uses its data up. */
export function copyOf(data: PlainData): PlainData {
  if (Array.isArray(data)) return data.map(copyOf)
  if (typeof data !== 'object' || data === null) return data
  const copy: PlainObject = Object.create(null)
  for (const [key, value] of Object.entries(data)) copy[key] = copyOf(value)
  return copy
}
