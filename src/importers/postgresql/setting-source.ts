import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import { placeText } from '../place.ts'
import { defaultText, isIn } from './guc/defaults.ts'
import type { ParameterName } from './guc/parameters.ts'
import type { Settings } from './guc/settings.ts'

/** `max_connections = 400 (postgresql.conf:12)`; a release without the parameter has no default of it. */
export function settingSource(settings: Settings, name: ParameterName): string {
  const line = settings.lineOf(name)
  if (line !== undefined) {
    return `${name} = ${line.value} (${line.defaultOf ?? placeText(line.valueSpot)})`
  }
  const { release } = settings
  if (!isIn(name, release)) return `PostgreSQL ${release} has no ${name}`
  return `${name} = ${defaultText(name, release)} (PostgreSQL's default)`
}

/** True where a file states the value: neither PostgreSQL's default nor that of an operator. */
export function isStated(settings: Settings, name: ParameterName): boolean {
  const line = settings.lineOf(name)
  return line !== undefined && line.defaultOf === undefined
}

/** Remarks on a value that a parameter decides: it is assumed where the files do not have it. */
export function saySetting(
  annotated: AnnotatedScenario,
  settings: Settings,
  path: readonly string[],
  name: ParameterName,
): void {
  const line = settings.lineOf(name)
  annotated.decidedBy(path, line?.valueSpot)
  if (isStated(settings, name)) annotated.say(path, settingSource(settings, name))
  else annotated.assume(path, settingSource(settings, name))
}
