import type { Term } from './term.ts'

const page = 'limits'

/** How far a server can grow. */
export const growthTerms: readonly Term[] = [
  {
    name: 'safe to',
    also: ['safe up to', '×'],
    meaning:
      'The largest number at which the risk is still safe; one more is not. It counts processes of the group with over half of the page tables. Otherwise × is a factor: all groups grow alike. A number that cannot be found is -.',
    unit: 'processes, bytes, or a factor (×)',
    formula: 'largest number whose plan is safe, found by bisection',
    numbers: 'safe.value',
    page,
  },
  {
    name: 'at most',
    meaning:
      'The largest number that does not run out of memory; one more does. It counts the same as Safe to. In a table of gates it is the limit.',
    unit: 'processes, bytes, or a factor (×)',
    formula: 'largest number whose plan is not out of memory, found by bisection',
    numbers: 'swapping.value',
    page,
  },
  {
    name: 'without swapping',
    meaning: 'The largest number at which memory is enough without swap; one more has to swap.',
    unit: 'processes, bytes, or a factor (×)',
    formula: 'largest number whose plan needs no swap, found by bisection',
    numbers: 'tight.value',
    page,
  },
  {
    name: 'safe from',
    also: ['least memory'],
    meaning: 'The least memory of the host at which the plan is safe; one page less is not.',
    unit: 'bytes',
    formula: 'least memory whose plan is safe, in whole pages, found by bisection',
    numbers: 'safe.value',
    page,
  },
  {
    name: 'at least',
    meaning:
      'The least memory at which the plan starts and is not out of memory; one page less is. Next to a figure marked ~: the least that can happen.',
    unit: 'bytes',
    formula: 'least memory whose plan is not out of memory, in whole pages, found by bisection',
    page,
  },
  {
    name: 'now',
    meaning: 'The scenario as it is written: the number that it has, or its risk.',
    page,
  },
  {
    name: 'stopped by',
    also: ['process limit of Linux', 'address space'],
    meaning:
      'The first thing that the next value lacks: memory, swap, unswappable memory, a cgroup, huge pages, an overcommit check, the commit limit, address space or process numbers. If no value runs: the reason.',
    page,
  },
  {
    name: 'breaks at',
    meaning:
      'The fewest processes of one group at which the plan runs out of memory or cannot start; all other groups stay as they are. The group is the one with the most page tables.',
    unit: 'processes',
    formula: 'least n whose plan is out of memory or does not start',
    numbers: 'breaks.processes',
    page: 'screen',
  },
  {
    name: 'first to break',
    meaning:
      'The first thing that fails when that group grows: memory, unswappable memory, a cgroup, huge pages, a request or CommitLimit.',
    numbers: 'breaks.processes',
    page: 'screen',
  },
  {
    name: 'tables %',
    also: ['share of demand'],
    meaning: 'Page tables as a share of all memory in demand.',
    formula: 'page tables / demand',
    numbers: 'pageTablesFraction',
    page: 'screen',
  },
  {
    name: 'not safe from',
    meaning:
      'The first day on which the risk is worse than safe, if values grow as the scenario says.',
    page: 'what-if',
  },
  {
    name: 'swaps from',
    meaning: 'The first day on which the host or a cgroup has to swap.',
    page: 'what-if',
  },
  {
    name: 'dies from',
    also: ['dies'],
    meaning: 'The first day on which the plan is out of memory or does not start.',
    page: 'what-if',
  },
  {
    name: 'safe again from',
    meaning: 'The day from which on the plan is safe until the last day, after it was not.',
    page: 'what-if',
  },
  {
    name: 'by then',
    meaning: 'The values that grow, on the day on which the plan dies, or else of the last change.',
    page: 'what-if',
  },
]
