import type { Selection } from '../machine/selection.ts'
import { archivePart } from './archive-part.ts'
import type { ArgumentMode } from './argument-modes.ts'
import { choicePart } from './choice-part.ts'
import { mappingsPart } from './mappings-part.ts'
import { optionsPart } from './options-part.ts'
import { processesPart } from './processes-part.ts'
import { quoted } from './shell-text.ts'
import { titlesPart } from './titles-part.ts'
import { workspacePart } from './workspace-part.ts'

export interface Collection {
  /** The processes that the script collects unless it is told otherwise. */
  readonly selection: Selection
  readonly keep?: ArgumentMode
}

/**
 * A POSIX shell script that writes what capture reads of a machine into an archive. It takes the
 * options that chose the processes here, and adds those that it is given.
 */
export function collectScript(collection: Collection): string {
  return [
    optionsPart(wordsOf(collection)),
    workspacePart,
    choicePart,
    mappingsPart,
    processesPart,
    titlesPart,
    archivePart,
  ].join('')
}

function wordsOf({ selection: { pids, names, users, cgroups }, keep }: Collection): string {
  const options = [
    ...pids.map((pid) => ['--pid', String(pid)] as const),
    ...names.map((name) => ['--name', name] as const),
    ...users.map((user) => ['--user', user] as const),
    ...cgroups.map((cgroup) => ['--cgroup', cgroup] as const),
    ...(keep === undefined ? [] : [['--arguments', keep] as const]),
  ]
  return options.map(([option, value]) => `${option} ${quoted(value)} `).join('')
}
