import type { HugePage, Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'
import { describedSharing } from './as-described.ts'
import { basePages } from './base-pages.ts'
import { withFreeAddresses } from './free-addresses.ts'
import { hugetlb } from './hugetlb.ts'
import { mshare } from './mshare.ts'
import type { Strategy } from './strategy.ts'
import { thp } from './thp.ts'
import { threads } from './threads.ts'

/** A strategy by its public id. */
export type NamedStrategy = StrategyKind & {
  readonly id: string
  /** `proposed` where it always needs mshare. */
  readonly status: 'mainline' | 'proposed'
  readonly arrange: Strategy
}

/** The kind of a strategy, and its huge page where it is about one. */
export type StrategyKind =
  | { readonly kind: 'described' | 'base' | 'threads' | 'mshare' }
  | { readonly kind: 'hugetlb' | 'thp'; readonly page: HugePage }

/** Pages and sharing as the scenario says. */
export const describedStrategy: NamedStrategy = {
  id: 'as-described',
  kind: 'described',
  status: 'mainline',
  arrange: describedSharing,
}

/** Everything on base pages: what savings are measured by. */
export const baseStrategy: NamedStrategy = {
  id: 'base-pages',
  kind: 'base',
  status: 'mainline',
  arrange: basePages,
}

/**
 * The room's main function. In: a layout. Out: strategies, each a function from a workload to what
 * accounting/ bills (an arrangement) and the obstacles that it met.
 *
 * All strategies that a layout has, in the order of comparison; huge pages smallest first.
 */
export function strategiesOf(layout: Layout): readonly NamedStrategy[] {
  const thpPage = transparentPage(layout)
  return [
    describedStrategy,
    baseStrategy,
    { id: 'threads', kind: 'threads', status: 'mainline', arrange: threads },
    ...layout.hugePages.map(hugetlbStrategy),
    ...(thpPage === undefined ? [] : [thpStrategy(thpPage)]),
    {
      id: 'mshare',
      kind: 'mshare',
      status: 'proposed',
      arrange: (workload) => mshare(withFreeAddresses(workload)),
    },
  ]
}

/** The strategy of an id; `undefined` where the layout has no such strategy. */
export function strategyOf(layout: Layout, id: string): NamedStrategy | undefined {
  return strategiesOf(layout).find((strategy) => strategy.id === id)
}

/** Regions on hugetlb pages of one size. */
export function hugetlbStrategy(page: HugePage): NamedStrategy {
  return {
    id: `hugetlb-${page.label}`,
    kind: 'hugetlb',
    page,
    status: 'mainline',
    arrange: (workload) => hugetlb(withFreeAddresses(workload), page),
  }
}

/** Regions on transparent huge pages. */
export function thpStrategy(page: HugePage): NamedStrategy {
  return {
    id: `thp-${page.label}`,
    kind: 'thp',
    page,
    status: 'mainline',
    arrange: (workload) => thp(withFreeAddresses(workload)),
  }
}

/** THP is PMD-sized; a layout that folds the pmd has no THP. */
export function transparentPage(layout: Layout): HugePage | undefined {
  const reach = levelOf(layout, 'pte')?.reach
  return layout.hugePages.find(({ leaf, pages }) => leaf === 'pmd' && pages === reach)
}
