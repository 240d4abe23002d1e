import type { Change } from '../../plan/result/advice-result.ts'
import type { ReportEntry, Setting } from './report-data.ts'

/**
 * The command that plans a scenario with the changes; `undefined` where no command does: the scenario has
 * no file, or is one of several in it, which `--set` would change alike.
 */
export function commandFor(
  { file, line, settings, context }: ReportEntry,
  changes: readonly Change[],
  isAmongOthers: boolean,
): string | undefined {
  if (file === undefined || file === '-' || line !== undefined || isAmongOthers) return undefined
  const nodes = context.numaNodes === undefined ? [] : ['--numa-nodes', String(context.numaNodes)]
  const words = [
    ...['mshare-plan', 'plan', file.startsWith('-') ? `./${file}` : file],
    ...settings.flatMap(settingWords),
    ...changes.flatMap(({ path, value }) => ['--set', `${path}=${valueText(value)}`]),
    ...nodes,
  ]
  return words.map(shellWord).join(' ')
}

function settingWords({ path, value, option }: Setting): readonly string[] {
  return option === undefined ? ['--set', `${path}=${value}`] : [option, value]
}

/** As YAML: a text that would be read as something else is in quotes. */
function valueText(value: Change['value']): string {
  return String(value ?? '')
}

/** One word for any shell of the POSIX family. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
