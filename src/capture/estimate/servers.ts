import type { Identity } from '../machine/selection.ts'
import type { Role } from './process-role.ts'
import { hasOwnTitle, roleOf } from './process-role.ts'

/** A process with the server that it is of: all that one process and its children have forked. */
export interface Served {
  /** The usual name of the program. */
  readonly program: string
  readonly role: Role
  /** The same for all processes of a server, and for no other. */
  readonly server: string
  /** Tells the server from others of its program; absent where it is the only one. */
  readonly label?: string
  /** Forked by another process of it. */
  readonly isChild: boolean
}

/** A process, and whether it maps memory that its server could share. */
export interface Candidate {
  readonly process: Identity
  readonly sharesMemory: boolean
}

interface Known extends Candidate {
  readonly program: string
  readonly role: Role
}

/**
 * Finds the server of each process. One that has the title of its parent, or has set its own, was
 * forked and runs the same program. Servers that share no memory are not told apart. A server is
 * called what it calls itself, by its data directory, or by the order of process ids.
 */
export function serversOf(candidates: readonly Candidate[]): readonly Served[] {
  const known = candidates.map((one): Known => {
    const role = roleOf(one.process)
    return { ...one, role, program: role.program ?? one.process.program }
  })
  const roots = rootsOf(known)
  const ids = known.map((one) => idOf(one, roots))
  const sharing = new Set(ids.filter((_, index) => known[index]?.sharesMemory))
  const labels = labelsOf(known, ids, sharing)
  return known.map(({ process, program, role }, index) => {
    const id = ids[index] ?? ''
    const label = labels.get(id)
    return {
      program,
      role,
      server: sharing.has(id) ? id : program,
      isChild: roots.of(process) !== process.pid,
      ...(label === undefined ? {} : { label }),
    }
  })
}

interface Roots {
  /** The process that a server began with; `undefined` where it was not captured. */
  readonly of: (process: Identity) => number | undefined
  /** True for the only server of its program. */
  readonly only: (program: string) => number | undefined
  /** True where others come from it. */
  readonly isServer: (root: number) => boolean
}

function rootsOf(known: readonly Known[]): Roots {
  const byPid = new Map(known.map((one) => [one.process.pid, one]))
  const roots = new Map(known.map((one) => [one.process.pid, rootOf(one, byPid)]))
  const byProgram = new Map<string, Set<number>>()
  for (const { program, process } of known) {
    const root = roots.get(process.pid)
    if (root !== undefined) {
      byProgram.set(program, (byProgram.get(program) ?? new Set()).add(root))
    }
  }
  const only = (program: string): number | undefined => {
    const [first, another] = byProgram.get(program) ?? []
    return another === undefined ? first : undefined
  }
  const parents = new Set([...roots].flatMap(([pid, root]) => (pid === root ? [] : [root])))
  return { of: ({ pid }) => roots.get(pid), only, isServer: (root) => parents.has(root) }
}

function rootOf(one: Known, byPid: ReadonlyMap<number, Known>): number | undefined {
  const seen = new Set<number>()
  let current = one
  for (;;) {
    seen.add(current.process.pid)
    const parent = byPid.get(current.process.status.parent)
    if (parent === undefined || seen.has(parent.process.pid) || !isForkedBy(current, parent)) break
    current = parent
  }
  return isOrphan(current) ? undefined : current.process.pid
}

function isForkedBy({ process, program }: Known, parent: Known): boolean {
  return (
    program === parent.program && (hasOwnTitle(process) || process.title === parent.process.title)
  )
}

/** Only children of a server have such a title: the server itself was not captured. */
function isOrphan({ role, program }: Known): boolean {
  return program === 'postgres' && role.name !== undefined
}

/** Processes of Oracle have no parent in the server; those of a server that is not seen have its process id. */
function idOf({ process, program, role }: Known, roots: Roots): string {
  if (program === 'oracle' && role.instance !== undefined) return `${program} ${role.instance}`
  const root = roots.of(process)
  if (root === undefined) return `${program} ${roots.only(program) ?? process.status.parent}`
  return roots.isServer(root) ? `${program} ${root}` : program
}

function labelsOf(
  known: readonly Known[],
  ids: readonly string[],
  sharing: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const servers = new Map<string, Known[]>()
  for (const [index, one] of known.entries()) {
    const id = ids[index] ?? ''
    const processes = servers.get(id)
    if (!sharing.has(id)) continue
    if (processes === undefined) servers.set(id, [one])
    else processes.push(one)
  }
  const several = new Map<string, number>()
  for (const [first] of servers.values()) {
    if (first !== undefined) several.set(first.program, (several.get(first.program) ?? 0) + 1)
  }
  const order = new Map<string, number>()
  const labels = [...servers].map(([id, processes]): [string, string | undefined] => {
    const program = processes[0]?.program ?? ''
    const place = (order.get(program) ?? 0) + 1
    order.set(program, place)
    return [id, labelOf(processes, (several.get(program) ?? 0) > 1 ? place : undefined)]
  })
  return new Map(labels.flatMap(([id, label]) => (label === undefined ? [] : [[id, label]])))
}

/** @param place among several servers of the program. */
function labelOf(processes: readonly Known[], place: number | undefined): string | undefined {
  const { instance } = processes.find(({ role }) => role.instance !== undefined)?.role ?? {}
  if (instance !== undefined || place === undefined) return instance
  const directory = processes.map(directoryOf).find((one) => one !== undefined)
  return directory ?? (place === 1 ? undefined : String(place))
}

/** `postgres -D data`; of other programs a path: `ldapsearch -D admin` is a name, `java -Dhome=/srv` a setting. */
function directoryOf({ process, program }: Known): string | undefined {
  const pattern =
    program === 'postgres' ? / -D ?([^\s=]+)(?=\s|$)/ : / -D ?([^\s=]*\/[^\s=]*)(?=\s|$)/
  return pattern.exec(process.title ?? '')?.[1]
}
