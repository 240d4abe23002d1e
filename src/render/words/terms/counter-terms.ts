import type { Term } from './term.ts'

const page = 'screen'

/** Counters of /proc, and the work that mapping takes. */
export const counterTerms: readonly Term[] = [
  {
    name: 'VmPTE',
    meaning:
      'The value of /proc/PID/status: pte, pmd and pud tables of one process, never p4d or pgd. A pmd table that hugetlb links counts in every process that uses it. Tables of mshare count in none.',
    unit: 'bytes',
    formula: 'base tables + pte + pmd + pud tables of one process',
    source: 'mm_pgtables_bytes() in include/linux/mm.h, since Linux 4.15',
    numbers: 'vmPteBytes',
    page,
  },
  {
    name: 'VmPTE sum',
    also: ['sum of VmPTE'],
    meaning:
      'VmPTE of all processes added up. It exceeds PageTables where hugetlb links pmd tables, because each process counts them.',
    unit: 'bytes',
    formula: 'Σ processes · VmPTE of one',
    numbers: 'sumVmPteBytes',
    page,
  },
  {
    name: 'PageTables',
    meaning:
      'The value of /proc/meminfo: page tables of all processes, shared tables once. The kernel counts pmd tables since 5.10, pud since 6.7, p4d and pgd since 6.14. Tables of the kernel itself, in it since 6.16, are not planned.',
    unit: 'bytes',
    formula: 'Σ processes · (base tables + levels that are counted) + shared tables',
    source: 'constructors of page tables in the kernel; host.kernel of the scenario',
    numbers: 'pageTablesBytes',
    page,
  },
  {
    name: 'faults',
    also: ['page faults'],
    meaning:
      'Page faults that fill an entry: one for each page or huge page that a process touches. Where shared memory or a file is mapped read-only on base pages, it is one for each block of 64 KiB. Shared tables are filled once. For files it is an upper bound since Linux 6.18.',
    unit: 'faults',
    source: 'do_fault_around() in mm/memory.c',
    numbers: 'faults.populate',
    page,
  },
  {
    name: 'link faults',
    meaning:
      'Page faults that only link a process to shared tables: with mshare, one for each 512 GiB that a process touches.',
    unit: 'faults',
    formula: 'Σ processes · units of 512 GiB touched',
    numbers: 'faults.link',
    page,
  },
  {
    name: 'mmap calls',
    also: ['mmap'],
    meaning:
      'Calls that map the regions: one for each object that a process maps. With mshare the objects are mapped once, and each process maps one window.',
    unit: 'calls',
    formula: 'Σ processes · objects; with mshare: objects once + Σ processes · windows',
    source: 'regions.R.objects of the scenario',
    numbers: 'mmapCalls',
    page,
  },
  {
    name: 'VMAs',
    also: ['mappings'],
    meaning:
      'Mappings of the regions, as lines of /proc/PID/maps, of all processes. The mappings of the programs themselves are not counted.',
    unit: 'mappings',
    formula: 'Σ processes · objects; with mshare: those of the regions once + windows',
    numbers: 'vmas',
    page,
  },
]
