import type { ControlGroup } from '../files/control-group.ts'
import { readControlGroup } from '../files/control-group.ts'
import type { StatusReading } from '../files/process-status.ts'
import type { Identity } from './selection.ts'

/** Small texts of a process, as far as they were there. */
export interface ProcessTexts {
  readonly status?: string
  readonly cmdline?: string
  readonly cgroup?: string
  readonly oomScoreAdj?: string
  /** The target of its link `exe`. */
  readonly exe?: string
  /** The capture was started through it. */
  readonly isCaller?: true
}

/** A process that can be chosen: which it is, by what it was started from, by its title. */
export function identityOf(
  pid: number,
  status: Extract<StatusReading, { kind: 'process' }>['status'],
  texts: ProcessTexts,
): Identity {
  const title = titleOf(texts.cmdline)
  const file = fileOf(texts.exe)
  const cgroup: ControlGroup | undefined =
    texts.cgroup === undefined ? undefined : readControlGroup(texts.cgroup)
  return {
    pid,
    status,
    program: programOf(file, title, status.comm),
    ...(file === undefined ? {} : { file }),
    ...(title === undefined ? {} : { title }),
    ...(cgroup === undefined ? {} : { cgroup }),
    ...(texts.isCaller === true ? { isCaller: true } : {}),
  }
}

/** The value of oom_score_adj; `undefined` where it is invalid. */
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

/**
 * The name of the executable file, where the kernel took `comm` from it: begin_new_exec() in
 * fs/exec.c takes the name by which it was started, cut after 15 characters. Where that was a link
 * (busybox, alternatives) or a script, the word of the command line that begins as `comm` does.
 */
function programOf(file: string | undefined, title: string | undefined, comm: string): string {
  if (file !== undefined && (comm === '' || file.startsWith(comm))) return file
  for (const one of comm === '' ? [] : (title?.split(' ', mostWords) ?? [])) {
    const word = baseOf(one).replace(/^-/, '').replace(/:$/, '')
    if (word.startsWith(comm)) return word
  }
  return file ?? (comm || 'unknown')
}

/** Words in which a name may be: the interpreter, one option of it, the script. */
const mostWords = 3

/** A program in memory has no file. */
function fileOf(exe: string | undefined): string | undefined {
  if (exe?.startsWith('/memfd:')) return undefined
  return baseOf(exe?.replace(/ \(deleted\)$/, '') ?? '') || undefined
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
