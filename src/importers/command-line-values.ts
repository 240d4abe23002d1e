import { AnnotatedScenario } from '../scenario/annotated-scenario.ts'
import type { TouchedText } from '../scenario/schema/scenario-text.ts'
import type { Spot } from '../scenario/yaml/yaml-tree.ts'
import type { Path } from '../units/path.ts'
import type { ImportOptions } from './importer.ts'

/** A scenario of the host that the command line describes, with nothing on it yet. */
export function scenarioOn({
  memory,
  swap,
}: Pick<ImportOptions, 'memory' | 'swap'>): AnnotatedScenario {
  const host = { memory, ...(swap === undefined ? {} : { swap }) }
  const annotated = new AnnotatedScenario({ version: 1, host, groups: {} })
  sayOption(annotated, ['host', 'memory'], '--memory', memory)
  if (swap !== undefined) sayOption(annotated, ['host', 'swap'], '--swap', swap)
  return annotated
}

/**
 * What `--touched` says, as a scenario has it. An amount alone does not say where: what programs touch
 * lies together, so it is drawn in clusters.
 */
export function touchedFrom(typed: string, path: Path, annotated: AnnotatedScenario): TouchedText {
  annotated.say(path, '--touched')
  annotated.decidedBy(isAmount(typed) ? [...path, 'random'] : path, optionSpot('--touched', typed))
  if (!isAmount(typed)) return typed
  annotated.assume(
    [...path, 'in'],
    'programs touch adjacent pages: clusters of 1 MiB fit published servers within 30 %',
  )
  return { random: typed.trim(), in: '1 MiB' }
}

/** `40%`, `31GB`: not where, only how much. Neither nothing nor all of it, which lie where they lie. */
function isAmount(typed: string): boolean {
  return (
    /^\s*[\d.]+\s*(?:%|[kmgtp]?i?b|[kmgtp]|pages)\s*$/i.test(typed) && !/^\s*100\s*%/.test(typed)
  )
}

function sayOption(annotated: AnnotatedScenario, path: Path, option: string, value: string): void {
  annotated.say(path, option)
  annotated.decidedBy(path, optionSpot(option, value))
}

/** A value of the command line, as a complaint points at it: `--connections:1:1`. */
export function optionSpot(option: string, value: string | number | undefined): Spot | undefined {
  if (value === undefined) return undefined
  return { source: { file: option, text: String(value) }, offset: 0 }
}
