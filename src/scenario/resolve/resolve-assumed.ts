import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import type { ScenarioText } from '../schema/scenario-text.ts'
import { parsePath } from '../yaml/parse-path.ts'
import type { PlainData } from '../yaml/plain-data.ts'
import { decodeName, placeAt } from '../yaml/plain-data.ts'
import { nearest } from '../yaml/suggest.ts'
import type { DeepPartial, Log } from './section.ts'
import { complain, entriesOf } from './section.ts'

/** Puts down as assumptions the values that the scenario itself says are assumed. */
export function resolveAssumed(log: Log, given: DeepPartial<ScenarioText>): void {
  if (given.assumed === undefined) return
  const data = given as PlainData
  const known = pathsBelow(data, []).slice(0, mostPaths)
  let wrong = 0
  // An empty name is a complaint already.
  const named = entriesOf(given.assumed).filter(([name]) => name !== '')
  for (const [name, why] of named) {
    const found = valueAt(data, name)
    if (found === undefined) {
      wrong += 1
      complain(log, ['assumed', name], flawOf(name, wrong > mostSuggested ? [] : known), 'key')
    } else if (why !== undefined) {
      const { path, value } = found
      log.assumptions.push({ path, value: String(value), source: why, stated: true })
    }
  }
}

/** A single value, also one that was wrong, and the path to it as paths are written. */
function valueAt(data: PlainData, name: string): { path: string; value: PlainData } | undefined {
  const path = parsePath(name)?.map(({ step }) => step) ?? ['assumed']
  const place = path[0] === 'assumed' ? undefined : placeAt(data, path)
  if (place === undefined || (typeof place.value === 'object' && place.value !== null))
    return undefined
  return { path: pathText(path), value: place.value }
}

/** Comparing every name with every path takes long where there are very many of both. */
const mostSuggested = 20
const mostPaths = 1000

function flawOf(name: string, known: readonly string[]) {
  const near = nearest(name, known)
  return {
    message: `no value exists at \`${name}\``,
    expected: 'the path of an existing value, such as `groups.clients.processes`',
    ...(near === undefined ? {} : { suggestion: `did you mean \`${near}\`?` }),
  }
}

/** Paths of all values, those that say what is assumed excepted. */
function pathsBelow(data: PlainData, path: Path): readonly string[] {
  if (typeof data !== 'object' || data === null) return [pathText(path)]
  const children: readonly (readonly [string | number, PlainData])[] = Array.isArray(data)
    ? [...data.entries()]
    : Object.entries(data).map(([key, value]) => [decodeName(key), value] as const)
  return children
    .filter(([key]) => path.length > 0 || key !== 'assumed')
    .flatMap(([key, child]) => pathsBelow(child, [...path, key]))
}
