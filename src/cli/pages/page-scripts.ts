import type { ReportEntry } from '../../report/scenario/report-data.ts'
import type { PageScripts } from '../../report/write-report.ts'
import type { ScenarioText } from '../../scenario/schema/scenario-text.ts'
import type { World } from '../machine/world.ts'

/** Parts of the program that every page has; each needs those before it, and the last one starts it. */
const always = ['base', 'model', 'limiting', 'screen', 'report', 'page'] as const

/** Names of the parts that a page of these scenarios needs: no change in the page adds such a key. */
export function partsFor(entries: Iterable<ReportEntry>): readonly string[] {
  const needed = new Set<string>()
  for (const entry of entries) {
    const { timeline, measured } = entry.data as Partial<ScenarioText>
    if (timeline !== undefined) needed.add('steps').add('stepspart')
    if (measured?.outOfMemory !== undefined) needed.add('oom').add('oomscreen')
  }
  return [...[...needed].sort(), ...always]
}

/** The parts as text. They ship with the program: without them it is broken. */
export function pageScripts(names: readonly string[], world: World): PageScripts {
  return names.map((name) => {
    const reading = world.readFile(world.bundleOf(name), mostBytes)
    if (!reading.ok) throw new Error(`a part of the program is missing: ${reading.path}`)
    return [name, new TextDecoder().decode(reading.content)]
  })
}

/** Larger than any part of the program. */
const mostBytes = 2 ** 24
