import type { Layout } from '../../geometry/layout.ts'
import { writeAddress } from '../../units/address.ts'
import type { Path } from '../../units/path.ts'
import type { Bytes, Pages } from '../../units/quantity.ts'
import { pages } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Mapping } from '../../workload/group.ts'
import { placeClaims } from '../../workload/placement.ts'
import type { Flaw } from '../yaml/issue.ts'
import type { Log } from './section.ts'
import { complain } from './section.ts'

interface Placed {
  readonly index: number
  readonly at: Pages
  readonly end: number
}

/**
 * Checks that a process can have all these mappings: addresses given are inside its address space
 * and apart, and there is room for the others.
 * @param maps in file order; `undefined` for those that are not known.
 */
export function checkPlaces(
  log: Log,
  path: Path,
  maps: readonly (Mapping | undefined)[],
  layout: Layout,
): void {
  const placed = maps.flatMap((map, index): Placed[] =>
    map?.at === undefined ? [] : [{ index, at: map.at, end: map.at + map.length }],
  )
  const inside = placed.filter((one) => {
    if (one.end <= layout.userPages) return true
    complain(log, [...path, one.index, 'at'], {
      ...outsideFlaw(layout),
      message: `this mapping ends outside the address space of a process on ${layout.id}`,
    })
    return false
  })
  checkOverlaps(log, path, inside, layout.pageBytes)
  checkRoom(log, path, maps, layout)
}

/** An address past what a process may map. */
export function outsideFlaw({ id, userPages, pageBytes }: Layout): Flaw {
  return {
    message: `outside the address space of a process on ${id}`,
    expected: `addresses below ${writeAddress(userPages, pageBytes)}`,
  }
}

function checkOverlaps(log: Log, path: Path, placed: readonly Placed[], pageBytes: Bytes): void {
  let reach: Placed | undefined
  for (const one of placed.toSorted((a, b) => a.at - b.at)) {
    if (reach !== undefined && one.at < reach.end) {
      const [earlier, later] = reach.index < one.index ? [reach, one] : [one, reach]
      complain(log, [...path, later.index, 'at'], {
        message: `overlaps maps[${earlier.index}], which takes ${spanText(earlier, pageBytes)}`,
        expected: 'mappings that do not overlap',
        suggestion: `write "${writeAddress(pages(earlier.end), pageBytes)}", where that one ends`,
      })
    }
    if (reach === undefined || one.end > reach.end) reach = one
  }
}

function spanText({ at, end }: Placed, pageBytes: Bytes): string {
  return `${writeAddress(at, pageBytes)} to ${writeAddress(pages(end), pageBytes)}`
}

function checkRoom(
  log: Log,
  path: Path,
  maps: readonly (Mapping | undefined)[],
  layout: Layout,
): void {
  const known = maps.flatMap((map, index) => (map === undefined ? [] : [{ map, index }]))
  const claims = known.map(({ map }) =>
    map.at === undefined ? { pages: map.length } : { pages: map.length, at: map.at },
  )
  placeClaims(layout, claims).forEach((start, position) => {
    const found = known[position]
    if (start !== undefined || found === undefined) return
    complain(log, [...path, found.index], {
      message: `no room for ${writeSize((found.map.length * layout.pageBytes) as Bytes)} above the middle of the address space`,
      expected: 'an explicit `at`',
    })
  })
}
