import type { HostFiles } from '../files/host-files.ts'
import { heldKib, kib } from '../files/memory-text.ts'
import { processesOf } from '../files/numbered.ts'
import type { SeenProcess } from '../machine/observation.ts'
import { identityOf } from '../machine/raw-process.ts'
import type { Selection } from '../machine/selection.ts'
import { isSelected, Misfits, readUserIds, unknownUsers } from '../machine/selection.ts'
import type { PrintedMachine } from '../printed/printed-machine.ts'
import type { ListedProcess } from '../printed/process-list.ts'

/** A process of a list, as far as capture knows one: without mappings and VmPTE. */
export interface Listed {
  readonly seen: SeenProcess
  /** Its user as the list has it. */
  readonly owner?: string
  /** KiB that files and shared memory back, where the list has it. */
  readonly shared?: number
}

/** The processes of a list. */
export interface ListedProcesses {
  readonly chosen: readonly Listed[]
  readonly others: readonly Listed[]
  /** The list has all processes of a machine: its first one, or threads of its kernel. */
  readonly isWhole: boolean
  readonly source: string
  readonly remarks: readonly string[]
}

/** The processes of the list that capture would find on the machine: without the ps that printed it. */
export function listedProcesses(
  { list }: PrintedMachine,
  files: HostFiles,
  selection: Selection,
): ListedProcesses | undefined {
  if (list === undefined) return undefined
  const ids = readUserIds(files.get('etc/passwd'))
  const users = new UserNumbers(ids)
  const memory = kib(files.get('proc/meminfo') ?? '', 'MemTotal') || Number.POSITIVE_INFINITY
  const listed = list.processes.filter((one) => !isPs(one))
  const server = onlyServer(listed)
  const known = listed.map((one) =>
    listedOf(withParent(one, server), (one.rss ?? 0) <= memory, users),
  )
  const misfits = new Misfits(selection, ids)
  const chosen: Listed[] = []
  const others: Listed[] = []
  for (const one of known) {
    const isChosen = isSelected(one.seen, selection, ids)
    if (!isChosen) misfits.look(one.seen)
    const side = isChosen ? chosen : others
    side.push(one)
  }
  const isWhole = list.kernelThreads > 0 || list.processes.some(({ pid }) => pid === 1)
  const noneChosen = chosen.length === 0 && others.length > 0
  const tooLarge = listed.filter(({ rss = 0 }) => rss > memory).length
  const remarks = [
    ...unknownUsers(selection, ids),
    ...(noneChosen ? misfits.sentences() : []),
    ...(tooLarge === 0 ? [] : [tooLargeWords(list.source, tooLarge)]),
  ]
  return { chosen, others, isWhole, source: list.source, remarks }
}

function tooLargeWords(source: string, amount: number): string {
  return `${source}: ignored RSS of ${processesOf(amount)}: more than MemTotal`
}

/** The one that printed the list has ended. */
function isPs({ title }: ListedProcess): boolean {
  return /^(?:\S*\/)?(?:ps|top)(?: |$)/.test(title)
}

/** PostgreSQL's first process, where it is the only one; its children have other titles. */
function onlyServer(listed: readonly ListedProcess[]): number | undefined {
  const servers = listed.filter(({ title }) =>
    /^\S*\b(postgres|postmaster|edb-postgres)( -|$)/.test(title),
  )
  const [only, another] = servers
  return another === undefined ? only?.pid : undefined
}

/** `ps aux` does not show parents: that of the processes of the only PostgreSQL server is known. */
function withParent(process: ListedProcess, server: number | undefined): ListedProcess {
  const isChild = process.parent === undefined && /^(edb-)?postgres: /.test(process.title)
  return isChild && server !== undefined ? { ...process, parent: server } : process
}

function listedOf(process: ListedProcess, isPossible: boolean, users: UserNumbers): Listed {
  const { pid, parent = 0, user, size, rss, shared, threads } = process
  const comm = process.comm ?? commOf(process.title)
  const uid = users.of(user)
  const status = {
    comm,
    parent,
    uid,
    gid: 0,
    threads,
    print: String(pid),
    ...(size === undefined ? {} : { size }),
    ...(rss === undefined || !isPossible ? {} : { rss }),
  }
  const identity = identityOf(pid, status, { cmdline: process.title })
  const seen = { ...identity, ...(uid < 0 && user !== undefined ? { user } : {}) }
  const owner = user === undefined ? {} : { owner: user }
  return { seen, ...owner, ...(shared === undefined || !isPossible ? {} : { shared }) }
}

/** The kernel's name of a process is not in the list: mostly the name of the file, 15 characters of it. */
function commOf(title: string): string {
  const [word = ''] = title.replace(/^\[(.*)\]$/, '$1').split(' ', 1)
  const name = word.slice(word.lastIndexOf('/') + 1).replace(/^-/, '')
  return name.replace(/:$/, '').slice(0, 15)
}

/** Numbers of users; those that are only known by name have a negative one, each its own. */
class UserNumbers {
  readonly #ids: ReadonlyMap<string, number>
  readonly #found = new Map<string, number>()

  constructor(ids: ReadonlyMap<string, number>) {
    this.#ids = new Map([['root', 0], ...ids])
  }

  of(user = ''): number {
    const known = this.#found.get(user)
    if (known !== undefined) return known
    const number = this.#find(user)
    this.#found.set(user, number)
    return number
  }

  #find(user: string): number {
    if (/^\d{1,10}$/.test(user)) return Number(user)
    const exact = this.#ids.get(user)
    if (exact !== undefined) return exact
    // ps cuts a name that is wider than its column, and ends it with a plus.
    const begin = user.endsWith('+') ? user.slice(0, -1) : undefined
    const alike = [...this.#ids].filter(([name]) => begin !== undefined && name.startsWith(begin))
    const [only, another] = alike
    if (only !== undefined && another === undefined) return only[1]
    return -1 - this.#found.size
  }
}

/** KiB of anonymous memory of all processes, where a file has it. */
export function anonymousKib(files: HostFiles): number | undefined {
  return heldKib(files.get('proc/meminfo') ?? '', 'AnonPages')
}
