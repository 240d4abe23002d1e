import { parse, stringify } from 'yaml'
import { plan } from '../../../src/plan/plan.ts'
import type { Advice, Change } from '../../../src/plan/result/advice-result.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { parsePath } from '../../../src/scenario/yaml/parse-path.ts'

/** The plan of a scenario as it is written. */
export function resultOfText(text: string): Result {
  const reading = readScenario(text, 'applied.yaml')
  if (!reading.ok) {
    throw new Error(reading.issues.map(({ message, line }) => `${line}: ${message}`).join('\n'))
  }
  return plan(reading.workload, reading)
}

/** A scenario once an administrator has followed a piece of advice: its changes, key by key. */
export function applied(text: string, { changes }: Advice): string {
  const data = parse(text)
  for (const change of changes) put(data, change)
  return stringify(data)
}

type Tree = Record<string | number, unknown>

function put(data: Tree, { path, value }: Change): void {
  const steps = (parsePath(path) ?? []).map(({ step }) => step)
  const last = steps.at(-1)
  if (last === undefined) throw new RangeError(`no path ${path}`)
  let place: Tree = data
  for (const [index, step] of steps.slice(0, -1).entries()) {
    place[step] ??= typeof steps[index + 1] === 'number' ? [] : {}
    place = place[step] as Tree
  }
  if (value === null) delete place[last]
  else place[last] = value
}
