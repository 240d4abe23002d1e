import type { PageTables } from '../../../plan/result/table-result.ts'
import type { Term } from './term.ts'

const page = 'screen'
const tables = 'tables'
const counted = 'Σ processes · different spans of one table that the process touches'

/** Levels of page tables, from the bottom. */
export const levelTerms: Readonly<Record<keyof PageTables['levels'], Term>> = {
  pte: {
    name: 'pte',
    meaning:
      'Tables of the lowest level. Each entry maps one base page, so one touched page is enough to need a table. On x86-64 a table has 512 entries and maps 2 MiB.',
    unit: tables,
    formula: counted,
    source: 'mshare-plan layouts, for every architecture',
    numbers: 'levels.pte',
    page,
  },
  pmd: {
    name: 'pmd',
    meaning:
      'Tables of the second level. Each entry points to a pte table, or maps a huge page of that size. On x86-64 a table maps 1 GiB, and its huge page has 2 MiB.',
    unit: tables,
    formula: counted,
    source: 'mshare-plan layouts, for every architecture',
    numbers: 'levels.pmd',
    page,
  },
  pud: {
    name: 'pud',
    meaning:
      'Tables of the third level. Each entry points to a pmd table, or maps a huge page of that size. On x86-64 a table maps 512 GiB, and its huge page has 1 GiB.',
    unit: tables,
    formula: counted,
    source: 'mshare-plan layouts, for every architecture',
    numbers: 'levels.pud',
    page,
  },
  p4d: {
    name: 'p4d',
    meaning:
      'Tables of the fourth level, which exist only with five levels of page tables. On x86-64-5level a table maps 256 TiB.',
    unit: tables,
    formula: counted,
    source: 'mshare-plan layouts, for every architecture',
    numbers: 'levels.p4d',
    page,
  },
  pgd: {
    name: 'pgd',
    also: ['page directory'],
    meaning:
      'The root of the page tables: each process has one, whatever it touches. VmPTE does not count it; PageTables does since Linux 6.14. With host.pti it takes two pages.',
    unit: tables,
    formula: 'one for each process, and one for each region of mshare',
    source: 'host.pti of the scenario',
    numbers: 'levels.pgd',
    page,
  },
}

/** What the tables of groups, regions and layouts say of tables. */
export const tableTerms: readonly Term[] = [
  {
    name: 'touched',
    also: ['touches'],
    meaning:
      'The pages of a region that one process ever reads or writes. Each needs page tables in that process, also after the page was swapped out. Unless the scenario says otherwise: all that the process maps, which is the upper bound.',
    unit: 'pages',
    source: 'groups.G.maps[].touched of the scenario',
    page: 'scenario',
  },
  {
    name: 'base',
    also: ['base tables', 'own tables', 'own page tables'],
    meaning:
      'Page tables that the programs need for themselves: code, libraries, heap and stacks. They are never shared. Unless the scenario says otherwise: 160 KiB for each process, and the tables of its private memory.',
    unit: 'bytes',
    formula: 'Σ processes · baseTables',
    source: 'groups.G.baseTables of the scenario',
    numbers: 'baseBytes',
    page,
  },
  {
    name: 'exist once',
    also: ['exists once', 'once', 'shared tables'],
    meaning:
      'Page tables that processes share: pmd tables that hugetlb links, and tables of mshare. They do not grow with the number of processes.',
    unit: 'bytes',
    formula: 'Σ shared tables · size of one table',
    numbers: 'onceBytes',
    page,
  },
  {
    name: 'tables',
    meaning:
      'Memory of the page tables of one region, in all processes together. A table that several regions need is billed to the first of them in the file.',
    unit: 'bytes',
    formula: 'Σ levels · tables · size of one table',
    numbers: 'regions.',
    page,
  },
  {
    name: 'leaf entries',
    also: ['leaf entry'],
    meaning:
      'Memory of the entries alone that map the pages of a region, in all processes together. It is the figure that is usually quoted. Whole tables, and the levels above, come on top of it.',
    unit: 'bytes',
    formula: 'leaf entries · size of an entry',
    numbers: 'leafEntryBytes',
    page,
  },
  {
    name: 'group',
    also: ['groups'],
    meaning:
      'Processes that run the same program and map the same regions alike, such as the sessions of a database.',
    source: 'groups of the scenario',
    page,
  },
  {
    name: 'region',
    also: ['regions'],
    meaning:
      'Memory that processes map: a shared-memory segment, a file, or private memory that each process has for itself.',
    source: 'regions of the scenario',
    page,
  },
  {
    name: 'processes',
    meaning:
      'Processes of the group, all copies together. Under threads each group is one process. In verify: the processes that were measured.',
    unit: 'processes',
    source: 'groups.G.processes of the scenario',
    page,
  },
  {
    name: 'layout',
    also: ['layouts'],
    meaning:
      'How an architecture divides an address: base page, levels of tables, entries, and sizes of huge pages. The command layouts lists them.',
    source: 'host.layout of the scenario',
    page,
  },
  {
    name: 'level',
    also: ['levels'],
    meaning:
      'A level of page tables, named as in the kernel: pte at the bottom, then pmd, pud, p4d and pgd. Levels that a layout lacks are not shown.',
    page,
  },
  {
    name: 'entries',
    also: ['entry'],
    meaning: 'Entries in one table of the level: each maps a page or points to a lower table.',
    unit: 'entries',
    page,
  },
  {
    name: 'one table',
    meaning: 'Memory of one table of the level.',
    unit: 'bytes',
    formula: 'entries · size of an entry',
    page,
  },
  {
    name: 'it spans',
    also: ['spans', 'reach'],
    meaning:
      'Address space that one table of the level maps. A process needs one table for each such span that it touches.',
    unit: 'bytes',
    formula: 'entries · span of the level below',
    page,
  },
  {
    name: 'allocated',
    meaning:
      'How the kernel allocates a table of the level: alone, in an allocation of another size, or several in one allocation.',
    page,
  },
  {
    name: 'table from',
    meaning: 'First address that the table maps, in the walk of one address: explain --address.',
    page,
  },
  {
    name: 'exists',
    meaning:
      'Whether the process, or one of those that share it, touches something that the table maps. With random touching: the probability.',
    page,
  },
  {
    name: 'table',
    meaning:
      'The owner of a table, in the walk of one address: the process, all that share it through hugetlb, or the region (mshare, proposed).',
    page,
  },
  {
    name: 'counters',
    meaning:
      'Counters of the kernel that the table is in: VmPTE of /proc/PID/status and PageTables of /proc/meminfo. SecPageTables counts tables of hypervisors and IOMMUs only.',
    page,
  },
]
