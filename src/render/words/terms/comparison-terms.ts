import type { Term } from './term.ts'

const page = 'screen'

/** Columns of the comparison, and the marks in it. */
export const comparisonTerms: readonly Term[] = [
  {
    name: 'strategy',
    also: ['strategies'],
    meaning:
      'One way to run the same workload: which pages it uses, and which page tables processes share. Each row plans the whole server that way.',
    source: 'strategies of the scenario; default: all that the layout has',
    page,
  },
  {
    name: 'page tables',
    also: ['page table'],
    meaning:
      "Memory of all page tables: every level of every process, the programs' own tables, and shared tables once. It cannot be swapped, and neither RSS nor ps shows it. As a gate: the largest size, or share of memory, that passes. The counter of /proc/meminfo is PageTables.",
    unit: 'bytes',
    formula: 'base tables + tables that exist once + Σ processes · own tables of one',
    numbers: 'pageTables.bytes',
    page,
  },
  {
    name: 'per process',
    also: ['each'],
    meaning:
      'Page tables of one process: its own tables, its base tables and its pgd, without what exists once. With several groups, Per process is that of the largest.',
    unit: 'bytes',
    formula: 'base tables + Σ levels · tables · size of one table',
    numbers: 'perProcess.bytes',
    page,
  },
  {
    name: 'saved',
    also: ['savings'],
    meaning:
      'Page tables saved against as-described, or against base-pages if as-described does not start. A negative figure means that the row needs more.',
    unit: 'bytes',
    formula: 'page tables as described − page tables of the row',
    numbers: 'savings.',
    page,
  },
  {
    name: 'headroom',
    also: ['shortage', 'short'],
    meaning:
      'Memory that remains when everything is counted; a negative figure is a shortage. As a gate: the least size, or share of memory, that passes.',
    unit: 'bytes',
    formula: 'capacity − demand',
    numbers: 'headroom',
    page,
  },
  {
    name: 'share',
    meaning:
      'Page tables as a share of memory, in the table of several scenarios. From 1000 % on it is a factor, such as ×78.',
    formula: 'page tables / memory',
    page: 'fleet',
  },
  {
    name: 'to do',
    also: ['what to do', 'worth doing', 'advice'],
    meaning:
      'The advice: first what the server needs to start, then the options that reach the best level of risk, the least intrusive first. If the server is safe, only what adds 1 % of memory. Each option is planned by itself. None needs an unreleased kernel.',
    numbers: 'advice.',
    page,
  },
  {
    name: 'expected',
    also: ['~', 'expectation', 'least', 'most'],
    meaning:
      'A figure marked ~ depends on chance: the scenario says that pages are touched at random. It is the expected value, in closed form. The least and the most that can happen are printed with it.',
    source: 'touched: { random: … } of the scenario',
    page,
  },
  {
    name: 'in part',
    also: ['leaves as described'],
    meaning:
      'The strategy cannot use every region: some stay as the scenario describes them. Below the table is the reason for each.',
    page,
  },
  {
    name: 'not possible',
    also: ['not possible here', 'obstacle'],
    meaning:
      'No region can be used by the strategy, so it has no figures. Below the table is the reason for each region, and what would make it possible.',
    page,
  },
  {
    name: 'unknown',
    also: ['not planned'],
    meaning:
      'None of the strategies that the scenario asks for can be planned. plan of that file says why.',
    page: 'fleet',
  },
  {
    name: 'scenario',
    also: ['file'],
    meaning:
      'The file that was planned: one server, its memory, and the programs on it. A long name is shortened.',
    page: 'scenario',
  },
]
