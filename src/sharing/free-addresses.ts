import type { Mapping } from '../workload/group.ts'
import type { Workload } from '../workload/workload.ts'

/**
 * The workload with its movable addresses free: on other pages than described, the kernel gives a
 * mapping whose address it chose itself an address that these pages allow (hugetlb_get_unmapped_area() in
 * mm/hugetlb.c, thp_get_unmapped_area() in mm/huge_memory.c).
 */
export function withFreeAddresses(workload: Workload): Workload {
  const groups = workload.groups.map((group) =>
    group.maps.some(({ movable }) => movable)
      ? { ...group, maps: group.maps.map(withoutAddress) }
      : group,
  )
  return { ...workload, groups }
}

function withoutAddress(mapping: Mapping): Mapping {
  if (!mapping.movable) return mapping
  const { at: _at, movable: _movable, ...rest } = mapping
  return rest
}
