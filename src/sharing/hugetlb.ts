import type { HugePage } from '../geometry/layout.ts'
import { writeAddress } from '../units/address.ts'
import { roundUp } from '../workload/placement.ts'
import type { Backing, Mapping, Region, Workload } from '../workload/workload.ts'
import { convertRegions } from './convert-regions.ts'
import type { Arranged, Obstacle } from './strategy.ts'

/**
 * Every region that can be on hugetlb pages of that size, with the pool it needs. Shared memory can
 * (tmpfs itself has no hugetlb: such a region becomes a hugetlb memfd, file or segment of its own);
 * what files hold cannot.
 */
export function hugetlb(workload: Workload, huge: HugePage): Arranged {
  return convertRegions(
    workload,
    (region, mappings) =>
      obstacleTo(workload, region, huge, mappings) ?? {
        ...region,
        pageBytes: huge.bytes,
        thp: false,
      },
  )
}

const withoutHugetlb: ReadonlySet<Backing> = new Set(['file', 'dax'])

function obstacleTo(
  { host: { layout }, groups }: Workload,
  region: Region,
  huge: HugePage,
  mappings: readonly Mapping[],
): Obstacle | undefined {
  const { name, backing, pages } = region
  if (withoutHugetlb.has(backing)) {
    const need = 'sysv-shm, memfd, anonymous-shared, anonymous or hugetlbfs'
    return { kind: 'backing', region: name, need, found: backing }
  }
  // mmap of hugetlb takes whole huge pages: hugetlbfs_file_mmap() in fs/hugetlbfs/inode.c.
  const astray = mappings.find(
    ({ at = 0, offset, length }) =>
      at % huge.pages !== 0 ||
      offset % huge.pages !== 0 ||
      (length % huge.pages !== 0 && offset + length < pages),
  )
  if (astray !== undefined) {
    const found = writeAddress(astray.at ?? astray.offset, layout.pageBytes)
    const need = writeAddress(huge.pages, layout.pageBytes)
    return { kind: 'alignment', region: name, need, found }
  }
  const covering = groups
    .flatMap(({ maps }) => maps.filter((map) => covers(map, maps, huge)))
    .find((map) => map.region === name)
  if (covering === undefined) return undefined
  const found = writeAddress(covering.at ?? 0, layout.pageBytes)
  return { kind: 'overlap', region: name, found }
}

/** True where a mapping, with its last huge page whole, would reach into another one. */
function covers({ at, length }: Mapping, maps: readonly Mapping[], huge: HugePage): boolean {
  if (at === undefined) return false
  const end = at + roundUp(length, huge.pages)
  return maps.some(({ at: other }) => other !== undefined && other >= at + length && other < end)
}
