import type { Term } from './term.ts'

const page = 'screen'

/** Rows of the comparison: ways to run the same workload. */
export const strategyTerms: readonly Term[] = [
  {
    name: 'as-described',
    meaning:
      'The workload with pages, pools and sharing as the scenario says. All other strategies, and the advice, are compared with it.',
    source: 'the scenario',
    numbers: 'strategies.as-described.',
    page,
  },
  {
    name: 'base-pages',
    meaning:
      'Every region on base pages, and every process with page tables of its own. It is what a server has that uses no huge pages.',
    numbers: 'strategies.base-pages.',
    page,
  },
  {
    name: 'threads',
    meaning:
      'Each group of processes becomes one process with as many threads. Threads share one set of page tables. It shows what a multi-threaded program would need; no setting turns processes into threads.',
    numbers: 'strategies.threads.',
    page,
  },
  {
    name: 'hugetlb-…',
    also: ['hugetlb', ...sizes('hugetlb')],
    meaning:
      'Every region is on hugetlb pages of that size, in a pool of exactly the pages needed; files and DAX stay as they are. On x86-64, pages of 2 MiB need no pte tables, and pages of 1 GiB no pmd tables either. Where a mapping covers whole pmd tables, processes share them.',
    formula: 'Σ regions · ⌈size / page size⌉ pages in the pool',
    source: 'huge_pmd_share() in mm/hugetlb.c',
    numbers: 'strategies.hugetlb-',
    page,
  },
  {
    name: 'thp-…',
    also: ['thp', 'transparent huge pages', ...sizes('thp')],
    meaning:
      'Every region but hugetlbfs and DAX is on transparent huge pages of that size, as far as address and offset allow. Private memory saves no page tables: the kernel keeps a pte table in deposit for each of its huge pages.',
    source: '__do_huge_pmd_anonymous_page() in mm/huge_memory.c',
    numbers: 'strategies.thp-',
    page,
  },
  {
    name: 'mshare',
    meaning:
      'Regions are shared through mshare: their page tables exist once, and each process links to them. A region needs one more page directory. Proposed: in no released kernel.',
    source: 'patches v3 of August 2025, or the RFC of 2022 (mshare.revision)',
    numbers: 'strategies.mshare.',
    page,
  },
]

/** Sizes of pages that some layout has. */
function sizes(kind: string): readonly string[] {
  return ['32k', '64k', '1m', '2m', '16m', '32m', '512m', '1g', '2g', '4g', '16g'].map(
    (size) => `${kind}-${size}`,
  )
}
