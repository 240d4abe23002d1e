import type { Change } from '../../plan/result/advice-result.ts'
import type { ReportEntry, Setting } from './report-data.ts'

/**
 * The command that plans a scenario with the changes; `undefined` where no command does: the scenario has
 * no file, or is one of several in it, which `--set` would change alike; or a key goes, which `--set` cannot take
 * away.
 */
export function commandFor(
  { file, line, settings, context }: ReportEntry,
  changes: readonly Change[],
  isAmongOthers: boolean,
): string | undefined {
  if (file === undefined || file === '-' || line !== undefined || isAmongOthers) return undefined
  if (changes.some(({ value }) => value === null)) return undefined
  const nodes = context.numaNodes === undefined ? [] : ['--numa-nodes', String(context.numaNodes)]
  const words = [
    ...['mshare-plan', 'plan', file.startsWith('-') ? `./${file}` : file],
    ...settings.flatMap(settingWords),
    ...changes.flatMap(({ path, value }) => ['--set', `${withoutEquals(path)}=${value}`]),
    ...nodes,
  ]
  return words.map(shellWord).join(' ')
}

function settingWords({ path, value, option }: Setting): readonly string[] {
  return option === undefined ? ['--set', `${path}=${value}`] : [option, value]
}

/** The first `=` ends a path: one in a name, which is in quotation marks then, is escaped. */
function withoutEquals(path: string): string {
  return path.replaceAll('=', '\\u003d')
}

/** One word for any shell of the POSIX family. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
