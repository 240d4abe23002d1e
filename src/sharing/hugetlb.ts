import type { HugePage, Layout } from '../geometry/layout.ts'
import { writeAddress } from '../units/address.ts'
import { bytes, pages } from '../units/quantity.ts'
import { writeSize } from '../units/size.ts'
import type { Mapping } from '../workload/group.ts'
import { mappersOf } from '../workload/mappers.ts'
import { roundUp } from '../workload/placement.ts'
import type { Backing, Region } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'
import { convertRegions } from './convert-regions.ts'
import type { Arranged, RegionObstacle } from './strategy.ts'

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

/** /sys/kernel/mm/hugepages has a folder for each size; x86-64 lacks 1 GiB without pdpe1gb. */
function hasSize({ hugepageSizes }: Workload['host'], huge: HugePage): boolean {
  return hugepageSizes === undefined || hugepageSizes.includes(huge.bytes)
}

const withoutHugetlb: ReadonlySet<Backing> = new Set(['file', 'dax'])

function obstacleTo(
  { host, groups }: Workload,
  region: Region,
  huge: HugePage,
  mappings: readonly Mapping[],
): RegionObstacle | undefined {
  const { layout } = host
  const { name, backing } = region
  if (!hasSize(host, huge)) {
    const found = (host.hugepageSizes ?? []).map(writeSize).join(', ') || 'none'
    return { kind: 'page-size', region: name, need: writeSize(huge.bytes), found }
  }
  if (withoutHugetlb.has(backing)) {
    const need = 'sysv-shm, memfd, anonymous-shared, anonymous or hugetlbfs'
    return { kind: 'backing', region: name, need, found: backing, backing }
  }
  const [misfit] = mappings.flatMap((mapping) => misfitOf(mapping, region.pages, huge, layout))
  if (misfit !== undefined) return { kind: 'alignment', region: name, ...misfit }
  const covering = mappersOf({ groups }, name).find(({ mapping, group }) =>
    covers(mapping, groups[group]?.maps ?? [], huge),
  )
  if (covering === undefined) return undefined
  const overlapping = writeAddress(covering.mapping.at ?? 0, layout.pageBytes)
  return { kind: 'overlap', region: name, found: overlapping }
}

/**
 * The part of a mapping that is not whole huge pages, as people write it: mmap of hugetlb takes no other
 * (hugetlbfs_file_mmap() in fs/hugetlbfs/inode.c), and rounds up at the end of the region.
 */
function misfitOf(
  { at = pages(0), offset, length }: Mapping,
  regionPages: number,
  huge: HugePage,
  { pageBytes }: Layout,
): readonly Required<Pick<RegionObstacle, 'need' | 'found'>>[] {
  const sizeOf = (of: number): string => writeSize(bytes(of * pageBytes))
  if (at % huge.pages !== 0) {
    return [{ need: writeAddress(huge.pages, pageBytes), found: writeAddress(at, pageBytes) }]
  }
  const need = `multiples of ${writeSize(huge.bytes)}`
  if (offset % huge.pages !== 0) return [{ need, found: `offset ${sizeOf(offset)}` }]
  if (length % huge.pages === 0 || offset + length >= regionPages) return []
  return [{ need, found: `length ${sizeOf(length)}` }]
}

/** True where a mapping, with its last huge page whole, would reach into another one. */
function covers({ at, length }: Mapping, maps: readonly Mapping[], huge: HugePage): boolean {
  if (at === undefined) return false
  const end = at + roundUp(length, huge.pages)
  if (end === at + length) return false
  return maps.some(({ at: other }) => other !== undefined && other >= at + length && other < end)
}
