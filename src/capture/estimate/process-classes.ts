import type { SeenProcess } from '../machine/observation.ts'
import type { CapturedProcess } from './captured-process.ts'
import type { Grouping } from './grouping.ts'
import { namesOf } from './names.ts'
import type { Served } from './servers.ts'
import { serversOf } from './servers.ts'

/** Processes that become one group. */
export interface ProcessClass<Process extends Classified = CapturedProcess> {
  readonly name: string
  /** That of the first of them. */
  readonly program: string
  readonly processes: readonly Process[]
}

/** What decides on the group of a process: which it is, and what it maps. */
export interface Classified {
  readonly seen: SeenProcess
  readonly parts: readonly ClassifiedPart[]
}

export interface ClassifiedPart {
  readonly region: { readonly name: string; readonly pages: number }
  readonly offset: number
  readonly pages: number
  readonly writable: boolean
}

/** More groups of one kind of process are no longer read. */
const mostClasses = 8

/** The control groups whose memory is limited; others do not divide processes. */
export type LimitedGroup<Process extends Classified = CapturedProcess> = (
  process: Process,
) => string | undefined

/** A process, and what decides on its group. */
interface Placed<Process extends Classified = Classified> {
  readonly process: Process
  readonly served: Served
  readonly limit: string | undefined
}

/**
 * Processes in groups by what they are: program, user, limited control group, server, and what they
 * do in it. What they have touched so far divides nothing, so that the next capture has the same
 * groups. What a process does that no title tells is taken from what it maps.
 */
export function classesOf<Process extends Classified>(
  processes: readonly Process[],
  grouping: Grouping | undefined,
  limitOf: LimitedGroup<Process>,
): readonly ProcessClass<Process>[] {
  const servers = serversOf(
    processes.map(({ seen, parts }) => ({ process: seen, sharesMemory: parts.length > 0 })),
  )
  const placed = processes.flatMap((process, index): readonly Placed<Process>[] => {
    const served = servers[index]
    return served === undefined ? [] : [{ process, served, limit: limitOf(process) }]
  })
  const kinds = [...groupBy(placed, (one) => kindOf(one, grouping)).values()]
  const classes = inOrder(kinds).flatMap((kind) => divided(kind, grouping))
  const names = namesOf(distinctNames(classes, grouping))
  return classes.map((one, index) => ({
    name: names[index] ?? '',
    program: one[0]?.served.program ?? '',
    processes: one.map(({ process }) => process),
  }))
}

function kindOf({ process, served, limit }: Placed, grouping: Grouping | undefined): string {
  const { program, status, title, cgroup } = process.seen
  if (grouping === 'user') return `user ${status.uid}`
  if (grouping === 'cgroup') return `cgroup ${cgroup?.path ?? ''}`
  if (grouping === 'title') return `title ${title ?? program}`
  if (grouping === 'executable') return served.program
  return [served.program, served.server, roleIn(served), status.uid, limit ?? ''].join('\0')
}

/** A child of PostgreSQL that has not set its title yet is a backend. */
function roleIn({ program, role, isChild }: Served): string {
  return role.name ?? (isChild && program === 'postgres' ? 'backends' : '')
}

/** Programs as they come; of each the server itself, those that serve clients, and the others by name. */
function inOrder<P extends Classified>(
  kinds: readonly (readonly Placed<P>[])[],
): readonly (readonly Placed<P>[])[] {
  const programs = new Map<string, number>()
  for (const [first] of kinds) {
    const program = first?.served.program ?? ''
    if (!programs.has(program)) programs.set(program, programs.size)
  }
  return kinds
    .map((kind) => ({ kind, place: placeOf(kind, programs) }))
    .toSorted((left, right) => compare(left.place, right.place))
    .map(({ kind }) => kind)
}

type Place = readonly [program: number, label: string, rank: number, role: string]

function placeOf([first]: readonly Placed[], programs: ReadonlyMap<string, number>): Place {
  if (first === undefined) return [0, '', 0, '']
  const { program, label = '' } = first.served
  const role = roleIn(first.served)
  return [programs.get(program) ?? 0, label, ranks.get(role) ?? ranks.size, role]
}

const ranks: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['backends', 1],
  ['sessions', 1],
])

function compare(left: Place, right: Place): number {
  for (const [index, one] of left.entries()) {
    const other = right[index] ?? ''
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}

/** Divides processes without telling titles: the first division with few enough classes is used. */
const divisions: readonly ((process: Classified) => string)[] = [mappingsOf, mainMapping]

function divided<P extends Classified>(
  kind: readonly Placed<P>[],
  grouping: Grouping | undefined,
): readonly (readonly Placed<P>[])[] {
  const [first] = kind
  const isTold = grouping === undefined && first !== undefined && roleIn(first.served) !== ''
  for (const division of isTold ? [] : divisions) {
    const classes = [...groupBy(kind, ({ process }) => division(process)).values()]
    if (classes.length <= mostClasses) return classes
  }
  return [kind]
}

/** Region, part of it and access, wherever it is mapped. */
export function mappingsOf({ seen, parts }: Classified): string {
  const mappings = parts.map(
    ({ region, offset, pages, writable }) => `${region.name},${offset},${pages},${writable}`,
  )
  return `${seen.space === undefined} ${mappings.join(' ')}`
}

/** The largest region, and how it is mapped. */
function mainMapping({ parts }: Classified): string {
  const largest = parts.reduce<ClassifiedPart | undefined>(
    (most, part) => (part.region.pages > (most?.region.pages ?? 0) ? part : most),
    undefined,
  )
  return largest === undefined ? '' : `${largest.region.name},${largest.writable}`
}

/** `postgres 15/main: backends`; where several are called so, with the user or the control group. */
function distinctNames(
  classes: readonly (readonly Placed[])[],
  grouping: Grouping | undefined,
): readonly string[] {
  const plain = classes.map((one) => nameOf(one, grouping))
  if (grouping !== undefined) return plain
  const alike = groupBy(classes, (one) => nameOf(one, grouping))
  return classes.map((one, index) => {
    const name = plain[index] ?? ''
    const others = alike.get(name) ?? []
    const user = differ(others, ({ process }) => process.seen.status.uid)
    const limit = differ(others, (placed) => placed.limit)
    const [first] = one
    const uid = user ? `, user ${userOf(first)}` : ''
    return `${name}${uid}${limit ? `, ${first?.limit ?? 'no limit'}` : ''}`
  })
}

/** By its number, else by its name where only that is known. */
function userOf(placed: Placed | undefined): string {
  const { status, user } = placed?.process.seen ?? {}
  return user ?? String(status?.uid)
}

function differ<T>(classes: readonly (readonly Placed[])[], of: (placed: Placed) => T): boolean {
  return new Set(classes.flatMap(([first]) => (first === undefined ? [] : [of(first)]))).size > 1
}

function nameOf([first]: readonly Placed[], grouping: Grouping | undefined): string {
  if (first === undefined) return ''
  const { served, process } = first
  const { title, cgroup } = process.seen
  if (grouping === 'user') return `user ${userOf(first)}`
  if (grouping === 'cgroup') return cgroup?.path ?? 'no cgroup'
  if (grouping === 'title') return title ?? served.program
  if (grouping === 'executable') return served.program
  const role = roleIn(served)
  const server = served.label === undefined ? served.program : `${served.program} ${served.label}`
  return role === '' ? server : `${server}: ${role}`
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
