import type { Path } from '../../../units/path.ts'
import type { Workload } from '../../../workload/workload.ts'

/**
 * Bytes that a size at a path is a multiple of: a region and the part of it that is mapped have whole
 * pages, huge ones where the region has such.
 */
export function grainOf({ regions, groups }: Workload, path: Path): number {
  const [root, name, key, index, inner] = path
  const pageOf = (region: string | undefined): number =>
    regions.find((one) => one.name === region)?.pageBytes ?? 1
  if (root === 'regions' && key === 'size') return pageOf(String(name))
  if (root !== 'groups' || key !== 'maps' || !['offset', 'length'].includes(String(inner))) return 1
  return pageOf(groups.find((group) => group.name === name)?.maps[Number(index)]?.region)
}
