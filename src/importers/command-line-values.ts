import type { AnnotatedScenario, Note } from '../scenario/annotated-scenario.ts'
import type { TouchedText } from '../scenario/schema/scenario-text.ts'

/**
 * What `--touched` says, as a scenario has it. An amount alone does not say where: what programs touch
 * lies together, so it is drawn in clusters.
 */
export function touchedAsWished(
  typed: string,
  path: Note['path'],
  annotated: AnnotatedScenario,
): TouchedText {
  annotated.say(path, '--touched')
  if (!isAmount(typed)) return typed
  annotated.assume(
    [...path, 'in'],
    'what programs touch lies together: clusters of 1 MiB fit published servers within 30 %',
  )
  return { random: typed.trim(), in: '1 MiB' }
}

/** `40%`, `31GB`: not where, only how much. Neither nothing nor all of it, which lie where they lie. */
export function isAmount(typed: string): boolean {
  return (
    /^\s*[\d.]+\s*(?:%|[kmgtp]?i?b|[kmgtp]|pages)\s*$/i.test(typed) && !/^\s*100\s*%/.test(typed)
  )
}
