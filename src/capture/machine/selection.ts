import type { ControlGroup } from '../files/control-group.ts'
import type { ProcessStatus } from '../files/process-status.ts'
import { isLauncher, runsMsharePlan } from './launchers.ts'

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
  /** Name of the executable file, where that was read. */
  readonly file?: string
  readonly title?: string
  readonly cgroup?: ControlGroup
  /** Name of its user, where its number is unknown: a list of `ps`. */
  readonly user?: string
  /** The capture was started through it: a shell, sudo, npx. */
  readonly isCaller?: true
}

/** Everything about a process that must be known before it can be chosen. */
export function isSelected(
  identity: Identity,
  selection: Selection,
  userIds: ReadonlyMap<string, number>,
): boolean {
  return kindsOf(selection).every((kind) => fits[kind](identity, selection, userIds))
}

type Kind = keyof Selection

type Fits = (
  identity: Identity,
  selection: Selection,
  userIds: ReadonlyMap<string, number>,
) => boolean

const fits: Readonly<Record<Kind, Fits>> = {
  pids: ({ pid }, { pids }) => agrees(pids, (one) => one === pid),
  names: (identity, { names }) => agrees(names, (name) => hasName(identity, name)),
  users: ({ status, user }, { users }, userIds) =>
    agrees(users, (one) => one === user || userId(one, userIds) === status.uid),
  cgroups: ({ cgroup }, { cgroups }) => agrees(cgroups, (one) => isWithin(cgroup?.path, one)),
}

const optionOf: Readonly<Record<Kind, string>> = {
  pids: '--pid',
  names: '--name',
  users: '--user',
  cgroups: '--cgroup',
}

function kindsOf(selection: Selection): readonly Kind[] {
  const kinds = Object.keys(optionOf) as readonly Kind[]
  return kinds.filter((kind) => selection[kind].length > 0)
}

/** Finds out, of processes that were not selected, what each of several options would have chosen. */
export class Misfits {
  readonly #selection: Selection
  readonly #userIds: ReadonlyMap<string, number>
  readonly #fitting = new Set<Kind>()

  constructor(selection: Selection, userIds: ReadonlyMap<string, number>) {
    this.#selection = selection
    this.#userIds = userIds
  }

  look(identity: Identity): void {
    for (const kind of kindsOf(this.#selection)) {
      if (fits[kind](identity, this.#selection, this.#userIds)) this.#fitting.add(kind)
    }
  }

  /** Which option chose nothing: sentences; none if there is only one option. */
  sentences(): readonly string[] {
    const kinds = kindsOf(this.#selection)
    if (kinds.length < 2) return []
    const empty = kinds.filter((kind) => !this.#fitting.has(kind))
    if (empty.length > 0) return empty.map((kind) => `no process matches ${optionOf[kind]}`)
    const options = kinds.map((kind) => optionOf[kind]).join(', ')
    return [`processes match each of ${options}, but none matches all of them`]
  }
}

function agrees<T>(wanted: readonly T[], fits: (one: T) => boolean): boolean {
  return wanted.length === 0 || wanted.some(fits)
}

/** The command line of a launcher, or of mshare-plan, contains the words of another command. */
function hasName(identity: Identity, wanted: string): boolean {
  if (runsMsharePlan(identity)) return false
  const { status, program, file = '', title = '', isCaller } = identity
  const names = [program, status.comm, file]
  if (isCaller !== true && !isLauncher(identity)) names.push(title)
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

/** Sentences on user names that are unknown. Names of a directory service are unknown too. */
export function unknownUsers(
  { users }: Selection,
  ids: ReadonlyMap<string, number>,
): readonly string[] {
  const why =
    ids.size === 0 ? 'no user could be read from /etc/passwd' : '/etc/passwd has no such user'
  return users
    .filter((user) => userId(user, ids) === undefined)
    .map((user) => `user ${user}: ${why}; give a number instead, for example --user 1000`)
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
