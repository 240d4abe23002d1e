import type { ControlGroup } from './control-group.ts'
import type { ProcessStatus } from './process-status.ts'

/** Which processes are captured: those that every kind given agrees to. Without any, all. */
export interface Selection {
  readonly pids: readonly number[]
  /** Part of the program's name or title, or a pattern with `*` and `?` for the whole of it. */
  readonly names: readonly string[]
  /** Numbers, or names of /etc/passwd. */
  readonly users: readonly string[]
  /** A control group, with those below it. */
  readonly cgroups: readonly string[]
}

/** By what a process can be chosen. */
export interface Identity {
  readonly pid: number
  readonly status: ProcessStatus
  readonly program: string
  readonly title?: string
  readonly cgroup?: ControlGroup
}

/** Everything about a process that must be known before it can be chosen. */
export function isSelected(
  identity: Identity,
  selection: Selection,
  userIds: ReadonlyMap<string, number>,
): boolean {
  const { pids, names, users, cgroups } = selection
  return (
    agrees(pids, (pid) => pid === identity.pid) &&
    agrees(names, (name) => hasName(identity, name)) &&
    agrees(users, (user) => userId(user, userIds) === identity.status.uid) &&
    agrees(cgroups, (cgroup) => isWithin(identity.cgroup?.path, cgroup))
  )
}

function agrees<T>(wanted: readonly T[], fits: (one: T) => boolean): boolean {
  return wanted.length === 0 || wanted.some(fits)
}

function hasName({ status, program, title = '' }: Identity, wanted: string): boolean {
  const names = [program, status.comm, title]
  if (!/[*?]/.test(wanted)) return names.some((name) => name.includes(wanted))
  const pattern = new RegExp(
    `^${wanted
      .split(/([*?])/)
      .map(asPattern)
      .join('')}$`,
    's',
  )
  return names.some((name) => pattern.test(name))
}

function asPattern(part: string): string {
  if (part === '*') return '.*'
  return part === '?' ? '.' : part.replace(/[\\^$.+()[\]{}|/-]/g, '\\$&')
}

function userId(user: string, ids: ReadonlyMap<string, number>): number | undefined {
  return /^\d+$/.test(user) ? Number(user) : ids.get(user)
}

function isWithin(path: string | undefined, wanted: string): boolean {
  if (path === undefined) return false
  const top = `/${wanted.replace(/^\/+|\/+$/g, '')}`
  return top === '/' || path === top || path.startsWith(`${top}/`)
}

/** Names of the selection that stand for no user: sentences. Those of a directory service do not. */
export function unknownUsers(
  { users }: Selection,
  ids: ReadonlyMap<string, number>,
): readonly string[] {
  const why =
    ids.size === 0 ? 'no user could be read from /etc/passwd' : '/etc/passwd has no such user'
  return users
    .filter((user) => userId(user, ids) === undefined)
    .map((user) => `user ${user}: ${why}; a number, as in --user 1000, needs no name`)
}

/** Names and numbers of /etc/passwd. */
export function readUserIds(text: string | undefined): ReadonlyMap<string, number> {
  const fields = (text ?? '').split('\n').map((line) => line.split(':'))
  return new Map(
    fields.flatMap(([name, , id]) =>
      name !== undefined && id !== undefined && /^\d{1,10}$/.test(id) ? [[name, Number(id)]] : [],
    ),
  )
}
