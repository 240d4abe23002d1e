import type { TakenKind } from '../../../plan/result/postmortem-result.ts'
import type { Term } from './term.ts'

const page = 'oom'
const unit = 'bytes'
const numbers = 'postmortem.memory'

/** Lines of the memory that an out-of-memory report counts, but for page tables. */
export const takenTerms: Readonly<Record<Exclude<TakenKind, 'page-tables'>, Term>> = {
  'secondary-page-tables': {
    name: 'page tables of virtual machines',
    meaning: 'Page tables that the kernel keeps for virtual machines and devices (KVM, IOMMU).',
    unit,
    source: 'sec_pagetables of the report, since Linux 6.1',
    numbers,
    page,
  },
  shared: {
    name: 'shared memory in the report',
    meaning:
      'Shared memory and tmpfs in an out-of-memory report, without huge pages. It stays when a process that maps it is killed.',
    unit,
    source: 'shmem of the report',
    numbers,
    page,
  },
  private: {
    name: 'private memory in the report',
    meaning:
      'Anonymous memory of processes in an out-of-memory report, without shared and locked memory. It comes back when its process is killed.',
    unit,
    formula: 'active_anon + inactive_anon + isolated_anon − shmem',
    numbers,
    page,
  },
  locked: {
    name: 'locked memory in the report',
    meaning: 'Memory that the kernel cannot reclaim and that is in no other line of the report.',
    unit,
    source: 'unevictable of the report',
    numbers,
    page,
  },
  files: {
    name: 'cached files',
    meaning: 'Page cache of files, without shared memory. The kernel drops it before it kills.',
    unit,
    source: 'active_file, inactive_file and isolated_file of the report',
    numbers,
    page,
  },
  'huge-pages-used': {
    name: 'huge pages in use',
    meaning: 'Huge pages of the pools that programs have.',
    unit,
    formula: '(hugepages_total − hugepages_free) · page size',
    numbers,
    page,
  },
  'huge-pages-idle': {
    name: 'idle huge pages in the report',
    meaning:
      'Huge pages of the pools that no program uses. No other memory can be put there. A program may have reserved some of them.',
    unit,
    formula: 'hugepages_free · page size',
    numbers,
    page,
  },
  slab: {
    name: 'kernel objects',
    also: ['slab'],
    meaning: "The kernel's own objects: inodes, dentries, sockets and others.",
    unit,
    source: 'slab_reclaimable and slab_unreclaimable of the report',
    numbers,
    page,
  },
  'kernel-stacks': {
    name: 'kernel stacks',
    meaning: 'Stacks of the kernel, one for each thread.',
    unit,
    source: 'kernel_stack of the report',
    numbers,
    page,
  },
  'other-kernel': {
    name: 'other kernel memory',
    meaning: 'Kernel memory that a cgroup is charged for and that is in no other line.',
    unit,
    numbers,
    page,
  },
  unlisted: {
    name: 'not in the log',
    meaning:
      'Memory that an out-of-memory report counts nowhere: of drivers, virtual machines, per-CPU data. It is what the other lines leave of the total.',
    unit,
    formula: 'total − all other lines',
    numbers,
    page,
  },
  overcounted: {
    name: 'counted twice',
    meaning:
      'By how much the lines of an out-of-memory report exceed its total. The kernel does not read its counters at one time.',
    unit,
    formula: 'total − all other lines',
    numbers,
    page,
  },
  free: {
    name: 'free',
    meaning:
      'Free pages in an out-of-memory report. The kernel keeps them for itself, or they are in zones or pieces that the allocation could not use.',
    unit,
    source: 'free of the report',
    numbers,
    page,
  },
}

/** Columns of an out-of-memory report. */
export const postmortemTerms: readonly Term[] = [
  {
    name: 'taken by',
    also: ['all memory', 'all that the cgroup used'],
    meaning:
      'The parts of memory when the kernel ran out of it, as the report counts them. The lines sum to all memory, or to what the cgroup used.',
    numbers,
    page,
  },
  {
    name: 'average',
    meaning: 'Page tables of one process of the group, on average. Some may have many times that.',
    unit,
    formula: 'page tables of the group / its processes',
    page,
  },
]
