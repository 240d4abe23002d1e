import type { Advice } from '../../../plan/result/advice-result.ts'
import type { Term } from './term.ts'

const page = 'screen'

/** What is advised, but for CommitLimit and transparent huge pages, which are terms of their own. */
export const adviceTerms: Readonly<
  Record<Exclude<Advice['action'], 'commit-limit' | 'transparent-huge-pages'>, Term>
> = {
  'resize-pool': {
    name: 'raise the pool',
    also: ['lower the pool', 'resize the pool'],
    meaning:
      'Set the huge-page pool to the number of pages that the regions reserve. A pool that is too small keeps programs from starting; one that is too large sets memory aside for nothing.',
    unit: 'pages of that size',
    source: 'vm.nr_hugepages, or hugepages= on the kernel command line',
    numbers: 'advice.resize-pool',
    page,
  },
  'huge-pages': {
    name: 'huge pages',
    meaning:
      'Put regions on huge pages of hugetlb: a pool of the right size, and the settings with which the program takes them. It needs a restart of the program. The memory of the pool can be neither swapped nor used for anything else.',
    source: 'vm.nr_hugepages, and settings of the program',
    numbers: 'advice.hugetlb',
    page,
  },
  pooler: {
    name: 'pool connections',
    also: ['pooler', 'fewer processes', 'connection pooler'],
    meaning:
      'Run fewer processes of the group with the most page tables. For a database, let clients share connections through a pooler. The advice says how many processes are safe; one more is not.',
    unit: 'processes',
    numbers: 'advice.pooler',
    page,
  },
  'cgroup-limit': {
    name: 'cgroup limit',
    also: ['raise the cgroup limit'],
    meaning:
      'Raise the memory limit of a cgroup to the least at which it is safe: a tenth stays free.',
    unit: 'bytes',
    formula: '⌈demand · 10 / 9⌉',
    source: 'memory.max of the cgroup',
    numbers: 'advice.cgroup-limit',
    page,
  },
  memory: {
    name: 'more memory',
    also: ['add memory'],
    meaning:
      'Add memory to the host: the advice says the least at which the plan is safe. Limits of cgroups that are too small are raised with it.',
    unit: 'bytes',
    formula: 'least memory whose plan is safe, in whole pages, found by bisection',
    numbers: 'advice.memory',
    page,
  },
}
