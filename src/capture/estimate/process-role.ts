import type { Identity } from '../machine/selection.ts'

/** The role of a process in its server, by its title; its touched pages never decide. */
export interface Role {
  /** Absent: that of the file. */
  readonly program?: string
  /** The name that the server gives itself: cluster_name of PostgreSQL, ORACLE_SID. */
  readonly instance?: string
  /** `checkpointer`, `backends`; absent where the title does not say. */
  readonly name?: string
}

/** The role that a title tells; an empty one where it is only a command line. */
export function roleOf(process: Pick<Identity, 'title'>): Role {
  const title = process.title?.slice(0, longest) ?? ''
  return postgresqlRole(title) ?? oracleRole(title) ?? ownTitle(title)
}

/** A command line may have megabytes; its beginning names the process. */
const longest = 500

/**
 * `postgres: 15/main: checkpointer`: init_ps_display() in src/backend/utils/misc/ps_status.c of
 * PostgreSQL puts cluster_name before what it is.
 */
function postgresqlRole(title: string): Role | undefined {
  const text = /^(?:edb-)?postgres: (.*)$/s.exec(title)?.[1]?.trim()
  if (text === undefined) return undefined
  const program = 'postgres'
  const [, instance, rest = ''] = /^(.+?): (.*)$/s.exec(text) ?? []
  const named = instance === undefined || instance === 'bgworker' ? undefined : knownRole(rest)
  if (instance !== undefined && named !== undefined) return { program, instance, name: named }
  return { program, name: knownRole(text) ?? workerName(text) }
}

/** A backend, or one of the processes that every server has; a background worker names itself. */
function knownRole(text: string): string | undefined {
  const sender = /^(wal ?sender)\b/.exec(text)?.[1]
  if (sender !== undefined) return 'walsender'
  if (isBackend(text)) return 'backends'
  return auxiliary.find((name) => text === name || text.startsWith(`${name} `))
}

/** User, database, and where the client is: BackendInitialize() in tcop/backend_startup.c. */
function isBackend(text: string): boolean {
  const [, , where = ''] = text.split(' ')
  if (/^\S+ .*?\S+ (\[local\]|\S+\(\d+\))( |$)/.test(text)) return true
  return /^(\[local\]|\d+(\.\d+){3}|[\da-f]*:[\da-f:]+)$/.test(where) || activity.test(text)
}

/** The last words in the title of a client's process, as the command tags of src/include/tcop/cmdtaglist.h. */
const activity =
  /^\S+ \S+ (.* )?(idle( in transaction( \(aborted\))?)?|[A-Z]{3,}( [A-Z]+)*)( waiting)?$/

/** GetBackendTypeDesc() in utils/init/miscinit.c, and what releases before 11 said. */
const auxiliary: readonly string[] = [
  'archiver',
  'autovacuum launcher',
  'autovacuum worker',
  'background writer',
  'checkpointer',
  'io worker',
  'logger',
  'logical replication launcher',
  'parallel worker',
  'slotsync worker',
  'startup',
  'stats collector',
  'wal receiver',
  'wal writer',
  'walreceiver',
  'walsummarizer',
  'walwriter',
  'writer',
]

/** Without numbers, and what it works for: `parallel worker for PID 4711`. */
function workerName(text: string): string {
  const plain = text.replace(/^bgworker: /, '')
  return plain.split(/ for | process\b|[:[(]| ?\d/, 1)[0]?.trim() || 'background worker'
}

/** `oracleORCL (LOCAL=NO)` serves a client; `ora_pmon_ORCL` is of the instance. */
function oracleRole(title: string): Role | undefined {
  const program = 'oracle'
  const session = /^oracle(\S+) \((?:LOCAL|DESCRIPTION)=/.exec(title)?.[1]
  if (session !== undefined) return { program, instance: session, name: 'sessions' }
  const [, kind, instance] = /^(?:ora|asm|mdb|apx)_(\w{3,5}?)_([\w+$#-]+)$/.exec(title) ?? []
  if (kind === undefined || instance === undefined) return undefined
  return { program, instance, name: oracleProcess(kind) }
}

/** Processes that work for clients may touch what sessions do; the others do not come and go. */
function oracleProcess(kind: string): string {
  if (/^p[0-9a-z]\d[0-9a-z]$/.test(kind)) return 'parallel servers'
  return /^s\d\d[0-9a-z]$/.test(kind) ? 'shared servers' : 'background processes'
}

/** `nginx: worker process`: at most two words, without what changes from one to the next. */
function ownTitle(title: string): Role {
  const name = /^[\w.-]+: ([A-Za-z][\w-]*(?: [A-Za-z][\w-]*)?)(?=\s|$)/.exec(title)?.[1]
  return name === undefined ? {} : { name }
}

/** A title that a process has set itself, which it keeps when it forks; not a command line. */
export function hasOwnTitle({ title = '' }: Pick<Identity, 'title'>): boolean {
  return /^[\w.-]+: \S/.test(title)
}
