import type { BudgetLine } from '../../../plan/result/memory-result.ts'
import type { Term } from './term.ts'

const page = 'screen'
const unit = 'bytes'

/** Lines of the memory budget, but for page tables and what cannot be swapped. */
export const lineTerms: Readonly<
  Record<Exclude<BudgetLine['kind'], 'page-tables' | 'unswappable'>, Term>
> = {
  memory: {
    name: 'memory',
    also: ['MemTotal'],
    meaning:
      'Memory of the host: MemTotal of /proc/meminfo, which excludes what the kernel took at boot. In the budget the column of that name has the size of each line.',
    unit,
    source: 'host.memory of the scenario',
    numbers: 'lines.memory',
    page,
  },
  reserve: {
    name: 'reserve',
    also: ['reserved', 'reserves'],
    meaning:
      'Memory that the scenario keeps free: for the operating system, page cache or agents. It is taken from capacity.',
    unit,
    source: 'host.reserve of the scenario',
    numbers: 'lines.reserve',
    page,
  },
  pool: {
    name: 'huge-page pool',
    also: ['pool', 'pools', 'huge-page pools', 'pages used', 'used'],
    meaning:
      'Memory set aside for huge pages of one size, used or not. as-described has the pool of the scenario; every other strategy plans exactly the pages that its regions need.',
    unit: 'bytes; pages of that size',
    formula: 'pages · page size',
    source: 'host.hugepages of the scenario; vm.nr_hugepages',
    numbers: 'pool',
    page,
  },
  watermark: {
    name: 'min watermark',
    also: ['watermark', 'min_free_kbytes', 'minFree'],
    meaning:
      'Memory that the kernel keeps for itself: vm.min_free_kbytes. With transparent huge pages it is at least 11 page blocks in each zone, but at most 5 % of memory.',
    unit,
    formula: '⌊√(16 · memory in kB)⌋ kB, between 128 and 262,144 kB',
    source:
      'host.minFree of the scenario; calculate_min_free_kbytes() in mm/page_alloc.c, set_recommended_min_free_kbytes() in mm/khugepaged.c',
    numbers: 'host.minFree',
    page,
  },
  shared: {
    name: 'resident shared memory',
    also: ['resident', 'shared memory', 'shmem'],
    meaning:
      'Pages of a region of shared memory that are in memory: what all processes together touch, counted once. Huge pages of a pool are not in it. It can be swapped.',
    unit,
    formula: 'union of the touched pages · page size, or regions.R.resident',
    source: 'regions.R.resident and groups.G.maps[].touched of the scenario',
    numbers: 'lines.resident shared memory',
    page,
  },
  'locked-file': {
    name: 'locked file pages',
    meaning: 'Pages of a mapped file that mlock keeps in memory. They cannot be reclaimed.',
    unit,
    formula: 'union of the touched pages · page size',
    source: 'regions.R.locked of the scenario',
    numbers: 'lines.locked file pages',
    page,
  },
  'private-region': {
    name: 'private region',
    meaning:
      'A region that each process has for itself, such as a heap, or pages of a private mapping that processes have copied.',
    unit,
    formula: 'Σ processes · touched pages of one · page size',
    source: 'backing: anonymous, or private: true of a mapping, in the scenario',
    numbers: 'lines.private region',
    page,
  },
  private: {
    name: 'private memory',
    also: ['private'],
    meaning: 'Resident private memory of all processes: heap and stacks, without the regions.',
    unit,
    formula: 'Σ processes · private',
    source: 'groups.G.private of the scenario',
    numbers: 'lines.private memory',
    page,
  },
  kernel: {
    name: 'kernel memory',
    meaning:
      'Memory that the kernel needs for each process or thread: kernel stack, task and open files. Unless the scenario says otherwise: 48 KiB. It cannot be swapped.',
    unit,
    formula: 'Σ processes · threads · kernelMemory',
    source: 'groups.G.kernelMemory of the scenario',
    numbers: 'lines.kernel memory',
    page,
  },
  'reclaimable-file': {
    name: 'reclaimable file pages',
    also: ['page cache'],
    meaning:
      'Pages of mapped files that are not locked. The kernel drops them when memory is short, so they are in no sum and never raise the risk.',
    unit,
    formula: 'union of the touched pages · page size',
    numbers: 'lines.reclaimable file pages',
    page,
  },
  locked: {
    name: 'locked memory',
    meaning:
      'Memory that mlock or SHM_LOCK keeps from swap. The lines above it already contain it, so it is in neither sum.',
    unit,
    source: 'regions.R.locked and groups.G.lockedPrivate of the scenario',
    numbers: 'lines.locked memory',
    page,
  },
  swap: {
    name: 'swap',
    meaning:
      'Swap space. It is in neither sum: a shortage that fits in it makes the risk swapping, not oom.',
    unit,
    source: 'host.swap of the scenario',
    numbers: 'lines.swap',
    page,
  },
}

/** Where a line of the budget comes from. */
export const originTerms: Readonly<Record<BudgetLine['origin'], Term>> = {
  given: {
    name: 'given',
    meaning: 'The scenario says so.',
    page,
  },
  derived: {
    name: 'derived',
    meaning: 'The model computes it from the scenario and the rules of the kernel.',
    page,
  },
  assumed: {
    name: 'assumed',
    also: ['assumption', 'assumptions', 'default'],
    meaning:
      'The scenario does not say, so a default is used, or the scenario itself calls its value an assumption. Each is listed with its source; --set changes it.',
    page,
  },
  measured: {
    name: 'measured',
    meaning:
      'Read from a running machine: a value that the scenario marks as measured, or, in verify, the counter that the plan is compared with.',
    page: 'verify',
  },
}

/** Sums and columns of the budget, and of what the kernel promises. */
export const budgetTerms: readonly Term[] = [
  {
    name: 'line',
    also: ['budget', 'memory budget'],
    meaning:
      'One part of the memory budget. Lines above capacity add up to it, lines between capacity and demand add up to demand. The others are in neither sum.',
    page,
  },
  {
    name: 'origin',
    meaning:
      'Where the figure of a line comes from: given in the scenario, measured, derived by the model, or assumed. Capacity, demand and headroom are sums.',
    page,
  },
  {
    name: 'sum',
    meaning: 'The line is computed from the lines above it: a sum, or for headroom a difference.',
    page,
  },
  {
    name: 'in neither sum',
    also: ['beside'],
    meaning: 'The line is shown for information: neither capacity nor demand contains it.',
    page,
  },
  {
    name: 'capacity',
    meaning: 'Memory that is left for the programs and their data.',
    unit,
    formula: 'memory − reserve − huge-page pools − min watermark',
    numbers: 'capacityBytes',
    page,
  },
  {
    name: 'demand',
    meaning: 'Memory that the workload needs, and that cannot be given back without swap.',
    unit,
    formula:
      'resident shared memory + locked file pages + private memory + private regions + page tables + kernel memory',
    numbers: 'demandBytes',
    page,
  },
  {
    name: 'idle huge pages',
    also: ['stranded', 'stranded huge pages', 'idle'],
    meaning:
      'Pages of a huge-page pool that no region reserves. No program can have that memory: lower the pool, or put more memory on pages of that size.',
    unit: 'pages of that size',
    formula: 'pages of the pool − pages that regions reserve',
    numbers: 'strandedPages',
    page,
  },
  {
    name: 'missing',
    also: ['missing huge pages', 'huge-page pool, missing'],
    meaning:
      'Huge pages that must be added to the pool before every region can be mapped. The budget counts them as if they existed.',
    unit: 'pages of that size',
    formula: 'pages of regions that need them to start − pages of the pool',
    numbers: 'missingPages',
    page,
  },
  {
    name: 'overcommit',
    also: [
      'allow overcommit',
      'overcommit heuristic',
      'overcommit never',
      'overcommit always',
      'heuristic',
      'promised',
    ],
    meaning:
      'How much memory the kernel promises, vm.overcommit_memory. heuristic (0) refuses a single request above memory and swap; always (1) refuses nothing; never (2) refuses what exceeds CommitLimit. Page tables are never promised.',
    source: 'host.overcommit of the scenario; __vm_enough_memory() in mm/util.c',
    numbers: 'commit.',
    page,
  },
  {
    name: 'Committed_AS',
    meaning:
      'Memory that the kernel has promised, as in /proc/meminfo: private memory, shared memory whole, files on tmpfs as far as they are touched. Huge pages of a pool and page tables are not in it.',
    unit,
    formula: 'Σ processes · private memory and private mappings + shared memory',
    source: '__vm_enough_memory() in mm/util.c',
    numbers: 'committedBytes',
    page,
  },
  {
    name: 'largest request',
    also: ['largest single request'],
    meaning:
      'The largest memory that a program asks for at once. With vm.overcommit_memory = 0 the kernel compares it with memory and swap.',
    unit,
    numbers: 'largestRequestBytes',
    page,
  },
  {
    name: 'cgroup',
    also: ['cgroups', 'tightest cgroup', 'in a cgroup', '†', 'oom †'],
    meaning:
      'A control group with a memory limit. It is charged for the private memory, page tables and kernel memory of its processes, and for shared pages that they touch first. It is judged like the host, by its limit in place of memory. The tightest has the least headroom for its limit.',
    source: 'host.cgroups and groups.G.cgroup of the scenario',
    numbers: 'cgroups.',
    page,
  },
]
