import type { HugePage, Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'
import type { Workload } from '../workload/workload.ts'
import { describedSharing } from './as-described.ts'
import { basePages } from './base-pages.ts'
import { hugetlb } from './hugetlb.ts'
import { moved } from './moved.ts'
import { mshare } from './mshare.ts'
import type { Arranged, Strategy } from './strategy.ts'
import { thp } from './thp.ts'
import { threads } from './threads.ts'

/** A strategy by its public id. */
export interface NamedStrategy {
  readonly id: string
  /** `proposed` where it always needs mshare. */
  readonly status: 'mainline' | 'proposed'
  readonly arrange: Strategy
}

/** All strategies that a layout has, in the order of comparison; huge pages smallest first. */
export function strategiesOf(layout: Layout): readonly NamedStrategy[] {
  const mainline = (id: string, arrange: Strategy): NamedStrategy => ({
    id,
    status: 'mainline',
    arrange,
  })
  return [
    mainline('as-described', describedSharing),
    mainline('base-pages', basePages),
    mainline('threads', threads),
    ...layout.hugePages.map((huge) =>
      mainline(
        `hugetlb-${huge.label}`,
        (workload: Workload): Arranged => hugetlb(moved(workload), huge),
      ),
    ),
    ...transparentPages(layout).map(({ label }) =>
      mainline(`thp-${label}`, (workload) => thp(moved(workload))),
    ),
    { id: 'mshare', status: 'proposed', arrange: (workload) => mshare(moved(workload)) },
  ]
}

/** THP is PMD-sized; where the pmd is folded there is none. */
function transparentPages(layout: Layout): readonly HugePage[] {
  const reach = levelOf(layout, 'pte')?.reach
  return layout.hugePages.filter(({ leaf, pages }) => leaf === 'pmd' && pages === reach)
}
