import type { Note } from '../../scenario/annotated-scenario.ts'
import type { ScenarioText } from '../../scenario/schema/scenario-text.ts'
import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'

/**
 * What a scenario says under `assumed`: the path of a value and why it was estimated. Of a value that
 * is written as a mapping or a list, such as `touched: { random: 4 MiB }`, it names the first text
 * or number in it; of a value that the scenario does not have, nothing.
 */
export function assumedValues(
  scenario: ScenarioText,
  assumed: readonly Note[],
): Pick<ScenarioText, 'assumed'> {
  const found = assumed.flatMap(({ path, text }) => {
    const leaf = leafAt(scenario, path, [])
    return leaf === undefined ? [] : [[pathText(leaf), text] as const]
  })
  return found.length === 0 ? {} : { assumed: Object.fromEntries(found) }
}

function leafAt(value: unknown, [step, ...steps]: Path, walked: Path): Path | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'object') return step === undefined ? walked : undefined
  const key = step ?? Object.keys(value)[0]
  if (key === undefined || !Object.hasOwn(value, key)) return undefined
  const child: unknown = Reflect.get(value, key)
  return leafAt(child, steps, [...walked, Array.isArray(value) ? Number(key) : key])
}
