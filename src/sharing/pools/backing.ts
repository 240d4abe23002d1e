import type { Piece } from '../../space/access.ts'
import type { Intervals } from '../../space/intervals.ts'
import { lengthOf, runsOf } from '../../space/intervals.ts'
import { count } from '../../units/quantity.ts'
import { sumBy } from '../../units/sum.ts'
import type { Group, Mapping } from '../../workload/group.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Grant, PoolNeed, Share } from './needs.ts'
import type { Request } from './requests.ts'
import { hugePagesIn, mappedPages, objectStart, pagesAsked } from './requests.ts'

/**
 * The parts that the huge-page pool backs of mappings that it does not hold whole: pieces of their region in
 * base pages, sorted, disjoint. Absent: all of it.
 */
export type Backed = ReadonlyMap<Mapping, readonly Piece[]>

/** A workload in which the pool treats all processes of a group alike, and what it backs. */
export interface PoolBacking {
  readonly workload: Workload
  readonly backed: Backed
}

/**
 * Gives each mapping what the pool backs of it. Where the pool holds the private copies of some
 * processes of a group and not of the others, the workload lists the group in several parts of
 * the same name, the first processes first.
 * @param needs those of regions that go on without what they lack.
 */
export function backWithPool(workload: Workload, needs: readonly PoolNeed[]): PoolBacking {
  const backed = new Map<Mapping, readonly Piece[]>()
  const groups = workload.groups.flatMap((group, g): readonly Group[] =>
    needs.some(({ region }) => group.maps.some((map) => map.region === region.name))
      ? partsOf(needs, group, g).map(({ from, to }) => ({
          ...group,
          processes: count(to - from),
          maps: group.maps.map((mapping, map) => {
            const pieces = piecesOf(workload, needs, { mapping, map, group: g, process: from })
            if (pieces === undefined) return mapping
            const own = { ...mapping }
            backed.set(own, pieces)
            return own
          }),
        }))
      : [group],
  )
  return { workload: { ...workload, groups }, backed }
}

/** Runs of processes of a group, by index, that the pool treats alike. */
function partsOf(needs: readonly PoolNeed[], group: Group, g: number): readonly Piece[] {
  const ends = needs
    .flatMap(({ grants }) => grants)
    .filter(({ request }) => request.copies?.group === g)
    .flatMap(({ shares }) => shares.map((_, index) => processesIn(shares.slice(0, index + 1))))
  const cuts = [...new Set([...ends, group.processes])].toSorted((one, other) => one - other)
  return cuts.map((to, index) => ({ from: cuts[index - 1] ?? 0, to }))
}

/** A mapping of a group, and the process of it that is asked about. */
interface Seat {
  readonly mapping: Mapping
  readonly map: number
  readonly group: number
  readonly process: number
}

/** Absent where the pool holds all that the mapping reserves. */
function piecesOf(
  workload: Workload,
  needs: readonly PoolNeed[],
  { mapping, map, group, process }: Seat,
): readonly Piece[] | undefined {
  const need = needs.find(({ region }) => region.name === mapping.region)
  if (need === undefined) return undefined
  const { region, grants } = need
  const own = grants.find(
    ({ request: { copies } }) => copies?.group === group && copies.map === map,
  )
  const grant = own ?? grants.find(({ request }) => request.copies === undefined)
  const share = grant === undefined ? undefined : shareOf(grant, process)
  if (grant === undefined || share === undefined) return undefined
  if (share.pages === pagesAsked({ runs: grant.request.runs })) return undefined
  const mapped =
    own === undefined
      ? workload.groups
          .filter(({ processes }) => processes > 0)
          .flatMap(({ maps }) => maps.filter((one) => one.region === region.name))
      : [mapping]
  const pieces =
    share.objects === undefined
      ? firstPages(
          mappedPages(workload, region, mapped),
          share.pages - paddingOf(workload, region, grant.request, mapped),
        )
      : objectPieces(workload, region, share.objects)
  const reach = region.pageBytes / workload.host.layout.pageBytes
  return pieces.map(({ from, to }) => ({ from: from * reach, to: to * reach }))
}

function shareOf({ request, shares }: Grant, process: number): Share | undefined {
  if (request.copies === undefined) return shares[0]
  return shares.find((_, index) => process < processesIn(shares.slice(0, index + 1)))
}

function processesIn(shares: readonly Share[]): number {
  return sumBy(shares, ({ processes }) => processes)
}

function objectPieces(
  workload: Workload,
  region: Region,
  objects: NonNullable<Share['objects']>,
): readonly Piece[] {
  const whole = hugePagesIn(workload, region, region.pages)
  return objects.map((run) => ({
    from: objectStart(run.first, whole, region),
    to: objectStart(run.first + run.count, whole, region),
  }))
}

/** The first `pages` of what is mapped. */
function firstPages(mapped: Intervals, pages: number): readonly Piece[] {
  let left = pages
  return runsOf(mapped).flatMap(([from, to]) => {
    const taken = Math.max(0, Math.min(to - from, left))
    left -= taken
    return taken === 0 ? [] : [{ from, to: from + taken }]
  })
}

/** Pages that a request reserves beyond those of the region in one piece: no memory is on them. */
function paddingOf(
  workload: Workload,
  region: Region,
  request: Request,
  mapped: readonly Mapping[],
): number {
  const reservesAll = region.backing === 'sysv-shm' || region.backing === 'anonymous-shared'
  const pages =
    reservesAll && request.copies === undefined
      ? hugePagesIn(workload, region, region.pages)
      : lengthOf(mappedPages(workload, region, mapped))
  return Math.max(0, pagesAsked({ runs: request.runs }) - pages)
}
