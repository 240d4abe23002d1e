import type { Member, Piece } from './members.ts'
import { namesOf } from './names.ts'

/** What processes are put together by. */
export const groupings = ['executable', 'user', 'cgroup', 'title'] as const
export type Grouping = (typeof groupings)[number]

/** Processes that become one group. */
export interface ProcessClass {
  readonly name: string
  readonly members: readonly Member[]
  /** All map the same, at the same places, and have touched the same windows. */
  readonly alike: boolean
}

/** More groups of one program are no longer read. */
const mostClasses = 8

/** The control groups whose memory is limited; others do not divide processes. */
export type LimitedGroup = (member: Member) => string | undefined

/**
 * Processes of one kind in one group, if they are alike; in several, if there are few kinds of them;
 * else those of one kind of title, or with the same mappings, or all.
 */
export function classesOf(
  members: readonly Member[],
  grouping: Grouping | undefined,
  limitOf: LimitedGroup,
): readonly ProcessClass[] {
  const kinds = groupBy(members, (member) => kindOf(member, grouping, limitOf))
  const classes = [...kinds.values()].flatMap((kind) => divided(kind, grouping))
  const names = namesOf(classes.map(({ name }) => name))
  return classes.map((one, index) => ({ ...one, name: names[index] ?? one.name }))
}

function kindOf(
  { process }: Member,
  grouping: Grouping | undefined,
  limitOf: LimitedGroup,
): string {
  const { program, status, title, cgroup } = process
  if (grouping === 'user') return `user ${status.uid}`
  if (grouping === 'cgroup') return `cgroup ${cgroup?.path ?? ''}`
  if (grouping === 'title') return `title ${title ?? program}`
  const limit = limitOf({ process, pieces: [] })
  return [program, grouping === 'executable' ? '' : status.uid, limit ?? ''].join('\0')
}

/** Exactest first: the first that makes few enough classes is taken. */
const divisions: readonly ((member: Member) => string)[] = [
  (member) =>
    `${placesOf(member)} ${member.pieces.map((piece) => touchText(piece, member)).join(' ')}`,
  (member) => `${roleOf(member)} ${placesOf(member)}`,
  (member) => `${roleOf(member)} ${mappingsOf(member)}`,
  mappingsOf,
]

function divided(members: readonly Member[], grouping: Grouping | undefined) {
  for (const [index, division] of divisions.entries()) {
    const classes = [...groupBy(members, division).values()]
    if (classes.length > mostClasses) continue
    const sorted = classes.toSorted((left, right) => right.length - left.length)
    return sorted.map((one) => ({
      name: nameOf(one, sorted.length > 1, grouping),
      members: one,
      alike: index === 0,
    }))
  }
  return [{ name: nameOf(members, false, grouping), members, alike: false }]
}

/** Region, part of it, access and address, as far as it decides on shared tables. */
function placesOf({ process, pieces }: Member): string {
  const places = pieces.map(
    ({ region, offset, pages, writable, start, reach }) =>
      `${region.name},${offset},${pages},${writable},${start % (reach * reach)}`,
  )
  return `${process.space?.counted} ${places.join(' ')}`
}

/** Region, part of it and access, wherever it is mapped. */
export function mappingsOf({ process, pieces }: Member): string {
  const mappings = pieces.map(
    ({ region, offset, pages, writable }) => `${region.name},${offset},${pages},${writable}`,
  )
  return `${process.space === undefined} ${mappings.join(' ')}`
}

/** Of pages that are not known, processes that do the same are taken to touch alike. */
function touchText({ touch }: Piece, member: Member): string {
  return touch.kind === 'bounds' ? `b${roleOf(member)}` : touch.windows.runs.join()
}

/** `postgres: checkpointer` of a title that a process has set itself; empty without one. */
function roleOf({ process }: Member): string {
  return /^[\w.-]+: \S+/.exec(process.title ?? '')?.[0] ?? ''
}

/** The program; where that has several classes, the title that all of a class have in common. */
function nameOf(
  members: readonly Member[],
  several: boolean,
  grouping: Grouping | undefined,
): string {
  const [first] = members
  if (first === undefined) return ''
  const { program, title = program, status, cgroup } = first.process
  if (grouping === 'user') return `user ${status.uid}`
  if (grouping === 'cgroup') return cgroup?.path ?? 'no cgroup'
  if (grouping === 'title') return title
  if (!several) return program
  const role = roleOf(first)
  const common = role !== '' && members.every((member) => roleOf(member) === role)
  if (!common) return program
  return members.length === 1 ? title : role
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
