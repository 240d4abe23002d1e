import { processId, wholeNumber } from './numbers.ts'
import { present } from './present.ts'
import type { KilledTask, KillReason, OomConstraint } from './report.ts'

/** Why memory was refused, and to whom: the line that Linux prints since 5.0. */
export interface ConstraintLine {
  readonly constraint: OomConstraint
  readonly nodes?: string
  readonly cgroup?: string
}

const constraints: Readonly<Record<string, OomConstraint>> = {
  NONE: 'machine',
  CPUSET: 'cpuset',
  MEMORY_POLICY: 'mempolicy',
  MEMCG: 'cgroup',
}

/** dump_oom_summary() of mm/oom_kill.c (dump_oom_victim() since 6.12). */
export function constraintIn(line: string): ConstraintLine | undefined {
  if (!line.startsWith('oom-kill:')) return undefined
  const [, kind = ''] = /^oom-kill:constraint=CONSTRAINT_([A-Z_]{1,20}),/.exec(line) ?? []
  const constraint = Object.hasOwn(constraints, kind) ? constraints[kind] : undefined
  if (constraint === undefined) return undefined
  const nodes = /,mems_allowed=([\d,-]{1,200}),/.exec(line)?.[1]
  const start = line.indexOf(',oom_memcg=')
  const end = line.indexOf(',task_memcg=', start)
  const cgroup = start < 0 || end < 0 ? '' : line.slice(start + ',oom_memcg='.length, end)
  return {
    constraint,
    ...(nodes === undefined ? {} : { nodes }),
    ...(cgroup === '' ? {} : { cgroup }),
  }
}

/**
 * A line about a process that is killed. `Kill process … or sacrifice child` (before 5.1) only announces
 * it: the process that `Killed process` names was killed.
 */
export interface KillLine {
  readonly killed?: KilledTask
  /** The process that has most points, and why it is to be killed. */
  readonly announced?: Pick<KilledTask, 'pid' | 'because'>
  /** A cgroup ran out, not the machine. */
  readonly isCgroup: boolean
}

/** oom_kill_process() and __oom_kill_process() of mm/oom_kill.c. */
export function killIn(line: string): KillLine | undefined {
  const start = killWords.exec(line)
  if (start === null) return undefined
  const [whole, why = '', , pidText] = start
  const [pid, rest] = [processId(pidText), line.slice(whole.length)]
  const close = endOfName(rest)
  if (pid === undefined || close < 0) return undefined
  const [name, figures] = [rest.slice(0, close).trim(), rest.slice(close + 1)]
  const isCgroup = why.startsWith('Memory cgroup')
  const because = reasonOf(why, figures)
  const isAnnounced = start[2] === 'Kill' && because !== 'same-memory'
  if (isAnnounced || name === '') return { isCgroup, announced: { pid, ...present({ because }) } }
  const of = (word: string): number | undefined => figureOf(figures, word)
  const parts = { anon: of('anon-rss'), file: of('file-rss'), shmem: of('shmem-rss') }
  const uid = /\bUID[: ](\d{1,10})\b/.exec(line.slice(start.index + 1))?.[1]
  const found = present({
    because,
    ...parts,
    tables: of('pgtables'),
    adj: adjOf(figures),
    uid: wholeNumber(uid),
  })
  return { killed: { pid, name: name.slice(0, 64), ...found }, isCgroup }
}

/** mem_cgroup_print_oom_group() of mm/memcontrol.c: all processes of the cgroup are killed. */
export function isGroupKill(line: string): boolean {
  return (
    line.startsWith('Tasks in ') &&
    line.endsWith(' are going to be killed due to memory.oom.group set')
  )
}

/** Before Linux 3.3 the user is in it as well: `Killed process 2345, UID 26, (postgres) total-vm:…`. */
const killWords =
  /^((?:Out of memory|Memory cgroup out of memory)(?: \([a-z_]{1,40}\))?: )?(Killed|Kill) process (\d{1,7})(?:, UID \d{1,10},)? \(/

/** The name may itself hold brackets: it ends where what the kernel prints behind it begins. */
function endOfName(text: string): number {
  const behind = /\)(?=,? (?:UID \d|total-vm:|score \d|sharing same memory|\[State)|,|$)/g
  return behind.exec(text)?.index ?? text.lastIndexOf(')')
}

function figureOf(text: string, word: string): number | undefined {
  const at = text.indexOf(`${word}:`)
  if (at < 0) return undefined
  const start = at + word.length + 1
  const end = text.indexOf('kB', start)
  return end < 0 ? undefined : wholeNumber(text.slice(start, end))
}

function adjOf(text: string): number | undefined {
  const [, digits] = /oom_score_adj:(-?\d{1,4})(?!\d)/.exec(text) ?? []
  const adj = digits === undefined ? undefined : Number(digits)
  return adj !== undefined && adj >= -1000 && adj <= 1000 ? adj : undefined
}

function reasonOf(why: string, figures: string): KillReason | undefined {
  if (figures.includes('sharing same memory')) return 'same-memory'
  if (why.includes('oom_kill_allocating_task')) return 'allocating-task'
  return why === '' ? undefined : 'points'
}

/** out_of_memory() and check_panic_on_oom() of mm/oom_kill.c. */
export function isPanic(line: string): boolean {
  const first = line[0]
  if (first !== 'O' && first !== 'K') return false
  return (
    line.startsWith('Out of memory and no killable processes') ||
    line.startsWith('Out of memory: compulsory panic_on_oom') ||
    /^Kernel panic - not syncing: (?:Out of memory|System is deadlocked on memory)/.test(line)
  )
}
