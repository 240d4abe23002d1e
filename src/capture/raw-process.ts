import type { ControlGroup } from './control-group.ts'
import { readControlGroup } from './control-group.ts'
import type { StatusReading } from './process-status.ts'
import type { Identity } from './selection.ts'

/** Small texts of a process, as far as they were there. */
export interface ProcessTexts {
  readonly status?: string
  readonly cmdline?: string
  readonly cgroup?: string
  readonly oomScoreAdj?: string
  /** What its link `exe` says. */
  readonly exe?: string
}

/** A process that can be chosen: which it is, by what it was started from, by its title. */
export function identityOf(
  pid: number,
  status: Extract<StatusReading, { kind: 'process' }>['status'],
  texts: ProcessTexts,
): Identity {
  const title = titleOf(texts.cmdline)
  const cgroup: ControlGroup | undefined =
    texts.cgroup === undefined ? undefined : readControlGroup(texts.cgroup)
  return {
    pid,
    status,
    program: programOf(texts.exe, title, status.comm),
    ...(title === undefined ? {} : { title }),
    ...(cgroup === undefined ? {} : { cgroup }),
  }
}

/** The value of oom_score_adj; `undefined` where it is none. */
export function oomScoreAdjOf(text: string | undefined): number | undefined {
  const written = /^(-?\d{1,4})\s*$/.exec(text ?? '')?.[1]
  const value = written === undefined ? Number.NaN : Number(written)
  return value >= -1000 && value <= 1000 ? value : undefined
}

/** Arguments are separated by zeros; a process that sets its title leaves zeros or spaces behind it. */
function titleOf(cmdline: string | undefined): string | undefined {
  const title = cmdline?.replaceAll('\0', ' ').trim()
  return title === undefined || title === '' ? undefined : title
}

/** The name of the executable file; else, if it begins as `comm` does, the first word of the title. */
function programOf(exe: string | undefined, title: string | undefined, comm: string): string {
  const file = exe?.replace(/ \(deleted\)$/, '')
  if (file !== undefined && baseOf(file) !== '') return baseOf(file)
  const word = baseOf(title?.split(' ', 1)[0]?.replace(/:$/, '') ?? '')
  return comm !== '' && word.startsWith(comm) ? word : comm || 'unknown'
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
