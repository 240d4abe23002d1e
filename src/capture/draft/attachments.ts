import { roleOf } from '../estimate/process-role.ts'
import { numbered } from '../files/numbered.ts'
import type { SysvSegment } from '../files/sysv-segments.ts'
import { segmentName } from '../files/sysv-segments.ts'
import type { SeenProcess } from '../machine/observation.ts'
import type { Listed } from './listed-processes.ts'

/** Which processes of a list attach which segments, and what the list lacks. */
export interface Attachments {
  readonly of: ReadonlyMap<Listed, readonly SysvSegment[]>
  /** Segments with the attachments that no listed process can have. */
  readonly missing: readonly SysvSegment[]
  /** Sentences on differences between nattch and the list. */
  readonly remarks: readonly string[]
}

/**
 * Tells which processes attach a segment: those of the server that made it, or of its owner, whose
 * address space is large enough. Of more than nattch those with the largest address spaces.
 */
export function attachmentsOf(
  segments: readonly SysvSegment[],
  listed: readonly Listed[],
  ownerOf: (segment: SysvSegment) => string | undefined,
): Attachments {
  const found = new Map<Listed, SysvSegment[]>()
  const missing: SysvSegment[] = []
  const remarks: string[] = []
  const largestFirst = listed.toSorted((left, right) => sizeOf(right) - sizeOf(left))
  const byPid = new Map(listed.map((one) => [one.seen.pid, one.seen]))
  const servers = new Map(listed.map(({ seen }) => [seen, serverOf(seen)]))
  for (const segment of segments.toSorted((left, right) => right.bytes - left.bytes)) {
    const belongs = membersOf(byPid.get(segment.maker), segment, ownerOf(segment), servers)
    const candidates = largestFirst.filter((one) => isLargeEnough(one, segment) && belongs(one))
    const attached = candidates.slice(0, segment.attached)
    for (const one of attached) {
      const known = found.get(one)
      if (known === undefined) found.set(one, [segment])
      else known.push(segment)
    }
    const left = segment.attached - attached.length
    if (left > 0) missing.push({ ...segment, attached: left })
    const remark = differenceOf(segment, candidates.length)
    if (remark !== undefined) remarks.push(remark)
  }
  const rest = remarks.slice(mostRemarks)
  const more =
    rest.length === 0
      ? []
      : [`${numbered(rest.length, 'segment')} more with differences like these`]
  return { of: found, missing, remarks: [...remarks.slice(0, mostRemarks), ...more] }
}

/** Of one kind: more of them say nothing new. */
const mostRemarks = 3

function sizeOf({ seen }: Listed): number {
  return seen.status.size ?? 0
}

/** VSZ has all that a process maps, touched or not; a list without it excludes no process. */
function isLargeEnough({ seen }: Listed, { bytes: length }: SysvSegment): boolean {
  const { size } = seen.status
  return size === undefined || size * 1024 >= length
}

/** Whether a process can have attached a segment, by who made it. */
function membersOf(
  maker: SeenProcess | undefined,
  segment: SysvSegment,
  owner: string | undefined,
  servers: ReadonlyMap<SeenProcess, string>,
): (one: Listed) => boolean {
  if (maker !== undefined) {
    const server = servers.get(maker)
    return ({ seen }) => servers.get(seen) === server && seen.status.uid === maker.status.uid
  }
  if (owner !== undefined) {
    return (one) => isSameUser(one.owner, owner) || one.seen.status.uid === segment.uid
  }
  // A process whose user is known by name only can be the owner, if its address space is large enough.
  return ({ seen: { status } }) =>
    status.uid === segment.uid || (status.uid < 0 && (status.size ?? 0) * 1024 >= segment.bytes)
}

/** ps and ipcs cut names at different widths, and ps ends them with a plus. */
function isSameUser(user: string | undefined, owner: string): boolean {
  if (user === undefined || user === owner) return user === owner
  const plain = user.replace(/\+$/, '')
  return plain.length >= 6 && (owner.startsWith(plain) || plain.startsWith(owner))
}

/** Program and instance, as the titles say: processes of one server. */
function serverOf(process: SeenProcess): string {
  const { program, instance = '' } = roleOf(process)
  return `${program ?? process.program} ${instance}`
}

function differenceOf(segment: SysvSegment, candidates: number): string | undefined {
  const { attached } = segment
  if (candidates === attached) return undefined
  const name = segmentName(segment)
  const counted = `${name} has ${numbered(attached, 'attachment')}`
  if (candidates < attached) {
    const listed = numbered(candidates, 'process that can have', 'processes that can have')
    return `${counted}, and the list ${listed} attached it: the other ${attached - candidates} are assumed to be like them`
  }
  return `${counted}, and ${candidates} listed processes can have attached it: those with the largest VSZ are assumed`
}
