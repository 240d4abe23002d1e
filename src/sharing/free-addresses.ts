import type { Mapping, Workload } from '../workload/workload.ts'

/**
 * The workload once the kernel has chosen anew: on other pages than described, a mapping whose
 * address it chose itself gets one that these pages allow (hugetlb_get_unmapped_area() in
 * mm/hugetlb.c, thp_get_unmapped_area() in mm/huge_memory.c).
 */
export function moved(workload: Workload): Workload {
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
