import type { Result } from '../../plan/result/result.ts'
import { exactBytes } from '../../units/format.ts'

/** Where an administrator sets how many huge pages of a size there are. */
export interface PoolSetting {
  readonly name: string
  /** For pages that are hard to find once the machine runs. */
  readonly bootLine?: string
}

export type PageSizes = Pick<Result['host'], 'layout' | 'pageBytes'>

/** Documentation/admin-guide/mm/hugetlbpage.rst. */
export function poolSetting(hugePageBytes: number, host: PageSizes): PoolSetting {
  const name =
    hugePageBytes === defaultHugePage(host)
      ? 'vm.nr_hugepages'
      : `/sys/kernel/mm/hugepages/hugepages-${hugePageBytes / 1024}kB/nr_hugepages`
  if (hugePageBytes < 2 ** 30) return { name }
  const size = exactBytes(hugePageBytes).replace(' GiB', 'G')
  return { name, bootLine: `hugepagesz=${size} hugepages=N` }
}

/** HPAGE_SIZE: what one pte table spans, which is a page of 8-byte entries nearly everywhere. */
export function defaultHugePage({ layout, pageBytes }: PageSizes): number {
  if (layout === 's390x') return 2 ** 20
  if (layout.startsWith('ppc64')) return 2 ** 21
  return pageBytes * (pageBytes / 8)
}
