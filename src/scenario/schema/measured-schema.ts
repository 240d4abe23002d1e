import { killReasons, oomConstraints } from '../../workload/out-of-memory.ts'
import { flag, mostCount, size, text, whole, word } from './fields.ts'
import type {
  ChosenProcessText,
  KilledProcessText,
  MeasuredElsewhereText,
  MeasuredGroupText,
  MeasuredText,
  OomMemoryText,
  OutOfMemoryText,
} from './scenario-text.ts'
import type { Shape } from './shape.ts'
import { described, helped, list, names, optional } from './shape.ts'
import { name } from './texts.ts'

const measuredProcesses = () => ({
  processes: whole('Number of processes that were measured.', 0, mostCount),
  vmPte: size('Sum of their VmPTE, /proc/PID/status.'),
})

const ownTables = () =>
  described<NonNullable<MeasuredGroupText['ownTables']>>(
    'Page tables of their private memory, all processes together; smaps.',
    {
      least: size('Those that its pages in memory need, where they lie as close as they can.'),
      most: size('Those that they need, where they lie as far apart as they can.'),
      mapped: size('Those that all of it would need.'),
    },
  )

const measuredGroup = () =>
  described<MeasuredGroupText>('Processes of a group.', {
    ...measuredProcesses(),
    ownTables: optional(ownTables()),
    fitted: optional(
      flag('baseTables were worked out from this VmPTE: verify does not judge it.', 'false'),
    ),
  })

/** PID_MAX_LIMIT, include/linux/threads.h. */
const mostPid = 4_194_304
/** MAX_PAGE_ORDER is far below it on every architecture. */
const mostOrder = 31

const part = (description: string) => optional(size(description))

const memory = () =>
  described<OomMemoryText>('Memory of the machine, or of the cgroup that ran out.', {
    total: size('All of it: the pages that the kernel manages, or what the cgroup used.'),
    free: part('Free pages.'),
    anonymous: part('Private memory of processes; without shared and locked.'),
    shared: part('Shared memory and tmpfs; without huge pages.'),
    locked: part('Memory that cannot be reclaimed and is in no other part; unevictable.'),
    file: part('Cached files; without shared.'),
    slab: part("The kernel's own objects."),
    kernelStack: part('Stacks of the kernel.'),
    pageTables: part('Page tables of processes.'),
    secondaryPageTables: part('Page tables of virtual machines and devices.'),
    kernel: part('All kernel memory of a cgroup: slab, stacks and page tables are parts of it.'),
    hugetlb: part('The pools of huge pages, used or not.'),
    hugetlbFree: part('Huge pages of the pools that nothing used.'),
    swapTotal: part('Swap space, or what the cgroup may use of it.'),
    swapFree: part('Free swap space, or free for the cgroup.'),
  })

const process = () => ({
  process: text('Its command.', 'the command of a process'),
  pid: whole('Its process id.', 0, mostPid),
  group: optional(text('The group that it belongs to.', 'the name of a group')),
})

const killed = () =>
  described<KilledProcessText>('A process that the kernel killed.', {
    ...process(),
    because: optional(word('Why the kernel took this one.', killReasons)),
    anonymous: part('anon-rss: private memory.'),
    file: part('file-rss: mapped files.'),
    shared: part('shmem-rss: shared memory, which stays.'),
    swap: part('Its memory in swap.'),
    pageTables: part('Its page tables.'),
    oomScoreAdj: optional(whole('Its oom_score_adj.', -1000, 1000)),
  })

const outOfMemory: Shape<OutOfMemoryText> = described('An out-of-memory report of the kernel.', {
  time: optional(text('When it happened, as the log has it.', 'a time')),
  constraint: word('Limit that the allocation met.', oomConstraints),
  cgroup: optional(text('Path of the cgroup that ran out.', 'the path of a control group')),
  limit: part('The limit of that cgroup.'),
  nodes: optional(text('NUMA nodes that the allocation could use.', 'nodes, such as 0-1')),
  invokedBy: optional(text('The process whose allocation failed.', 'the command of a process')),
  order: optional(
    whole('2^order contiguous pages were asked for; -1: somebody used SysRq f.', -1, mostOrder),
  ),
  memory: memory(),
  listed: optional(
    described<NonNullable<OutOfMemoryText['listed']>>('The list of processes in the report.', {
      processes: whole('Processes that were read.', 0, mostCount),
      partial: optional(flag('The list was cut: more processes existed.', 'false')),
    }),
  ),
  panicked: optional(flag('The kernel stopped the machine instead of killing a process.', 'false')),
  killed: optional(helped('Killed processes, in the order of the log.', list(killed()))),
  chosen: optional(
    described<ChosenProcessText>(
      "The listed process that the kernel's rule gives the most points.",
      {
        ...process(),
        points: optional(whole('oom_badness() of it, in pages.', -mostCount, mostCount)),
      },
    ),
  ),
  reports: optional(whole('Reports in the log.', 1, mostCount, 1)),
  report: optional(whole('Which of them this is. Default: the last.', 1, mostCount)),
})

/** What a running machine counted, as `capture` writes it. */
export const measured: Shape<MeasuredText> = described(
  'Counters of a running machine; verify compares them with the plan.',
  {
    pageTables: optional(size('PageTables of /proc/meminfo.')),
    groups: optional(
      helped(
        'Name of a group → what its processes counted together.',
        names(name('of the group'), measuredGroup()),
      ),
    ),
    elsewhere: optional(
      described<MeasuredElsewhereText>('Processes seen that are in no group.', {
        ...measuredProcesses(),
        partial: optional(flag('More processes existed, of which nothing is known.', 'false')),
      }),
    ),
    withoutMappings: optional(
      whole(
        'Processes of the groups whose mappings could not be read: what they share is in no region.',
        0,
        mostCount,
        0,
      ),
    ),
    outOfMemory: optional(outOfMemory),
    sources: optional(
      helped(
        'Path of a value in this file → where it was read, as host.memory: MemTotal of /proc/meminfo.',
        names(name('of the value'), text('Where the value was read.', 'a source')),
      ),
    ),
  },
)
