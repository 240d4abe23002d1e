import * as z from 'zod/mini'
import { layoutIds } from '../../geometry/catalogue.ts'
import { backings, fallbacks, programs } from '../../workload/region.ts'
import { defaults } from './defaults.ts'
import { described, helped } from './described.ts'
import { flag, size, sizeAsName, text, whole, word } from './fields.ts'
import { allow, gates } from './gates-schema.ts'
import { measured } from './measured-schema.ts'
import type { ScenarioText } from './scenario-text.ts'
import { addressText, kernelText, modeText, name, strategyId } from './texts.ts'
import { touched } from './touched-schema.ts'
import { usualLayouts } from './usual-layouts.ts'

// Compiling a checker at run time costs more than it saves on one scenario.
z.config({ jitless: true })

/** (uid_t) −1 means "leave unchanged" and is nobody's: chown(2). */
const mostId = 2 ** 32 - 2
const mostCount = Number.MAX_SAFE_INTEGER

const host = described('The machine.', {
  memory: size('MemTotal of /proc/meminfo.'),
  layout: z.optional(
    word(
      'Page-table layout: architecture, base page, address bits.',
      layoutIds,
      defaults.layout,
      usualLayouts,
    ),
  ),
  kernel: z.optional(kernelText),
  pti: z.optional(
    flag(
      'True where the PGD takes two pages: page-table isolation active or, before 6.16, merely compiled in.',
      'false',
    ),
  ),
  swap: z.optional(size('Swap space.', defaults.none)),
  reserve: z.optional(
    helped(
      'Memory kept for the operating system, a page-cache floor, agents: one size, or name → size. Default: 0 B.',
      z.union([size('All of it.'), z.record(name('of the reserve'), size('That reserve.'))]),
    ),
  ),
  minFree: z.optional(size("The kernel's min watermark. Default: as the kernel derives it.")),
  hugepages: z.optional(
    helped(
      'The huge-page pool: page size → number of pages, as { 2 MiB: 153600 }. Default: empty.',
      z.record(sizeAsName('Size of one huge page.'), whole('Pages of that size.', 0, mostCount)),
    ),
  ),
  hugepageSizes: z.optional(
    helped(
      'Sizes of huge page that this machine has, as [2 MiB]. Default: those of the layout.',
      z.array(size('Size of one huge page.')),
    ),
  ),
  overcommit: z.optional(
    described('vm.overcommit_memory and vm.overcommit_ratio.', {
      mode: z.optional(
        word(
          'How the kernel judges requests for memory.',
          ['heuristic', 'always', 'never'],
          'heuristic',
        ),
      ),
      ratio: z.optional(
        whole('Percent of memory that may be committed in mode never.', 0, mostCount, 50),
      ),
    }),
  ),
  thp: z.optional(
    described('Transparent huge pages: /sys/kernel/mm/transparent_hugepage.', {
      anonymous: z.optional(
        word('For anonymous memory.', ['always', 'madvise', 'never'], 'madvise'),
      ),
      shmem: z.optional(
        word('For shared memory.', ['always', 'within_size', 'advise', 'never'], 'never'),
      ),
    }),
  ),
  cgroups: z.optional(
    helped(
      'Control groups with a memory limit: name → { limit }. Default: none.',
      z.record(
        name('of the control group'),
        described('One control group.', { limit: size('memory.max.') }),
      ),
    ),
  ),
})

const mshareTerms = described('Who may open the region.', {
  mode: z.optional(modeText),
  uid: z.optional(whole('Owner. Default: that of the first group that maps it.', 0, mostId)),
  gid: z.optional(whole('Group. Default: that of the first group that maps it.', 0, mostId)),
  owner: z.optional(
    text(
      'The group whose process creates the region. Default: the first that maps it.',
      'the name of a group',
    ),
  ),
})

const region = described('One piece of memory that processes map.', {
  size: size('Size of the region.'),
  backing: z.optional(
    word(
      'What stands behind it; anonymous is private: each process has its own copy.',
      backings,
      defaults.backing,
    ),
  ),
  pageSize: z.optional(
    size(
      'Page size. Larger than a base page it means hugetlb; on dax, huge entries. Default: base page; on hugetlbfs the PMD-sized huge page.',
    ),
  ),
  thp: z.optional(
    flag(
      'Backed by transparent huge pages, whatever host.thp says.',
      'true where host.thp is always',
    ),
  ),
  locked: z.optional(flag('Mlocked, SHM_LOCK. Hugetlb pages always are.', 'false')),
  resident: z.optional(
    helped(
      'How much of it is in memory while a process maps it, whoever touched it; of an anonymous region in each process. Default: what is touched.',
      z.union([
        size(
          'The figure itself: what was swapped out or dropped since it was touched keeps its tables.',
        ),
        described('A lower bound.', {
          atLeast: size('So much or, where that is more, what is touched.'),
        }),
      ]),
    ),
  ),
  fallback: z.optional(
    word(
      'What happens when the huge-page pool is too small: fail; base-pages, each object that it cannot hold as a whole; mixed, what it can hold on huge pages, the rest on base pages.',
      fallbacks,
      'fail',
    ),
  ),
  after: z.optional(
    text(
      'Region without whose huge pages this one asks for none: a server that lacked them for one stops asking.',
      'the name of a region before this one',
    ),
  ),
  program: z.optional(
    word('Program whose settings the advice prints.', programs, defaults.program),
  ),
  programRelease: z.optional(
    text(
      'Release of that program, as "9.2" or "18": which settings it has. Default: the newest.',
      'a release in quotes, such as "18"',
    ),
  ),
  objects: z.optional(
    whole(
      'Equal, contiguous, separately mapped objects it is made of: files, segments.',
      1,
      mostCount,
      1,
    ),
  ),
  copies: z.optional(
    whole('Independent regions of this kind, one for each copy of its groups.', 1, mostCount, 1),
  ),
  mshare: z.optional(
    helped(
      'Shared through mshare: true, or { mode, uid, gid, owner }. Default: false.',
      z.union([flag('Shared through mshare.', 'false'), mshareTerms]),
    ),
  ),
})

const mapping = described('One mapping of each process of the group.', {
  region: text('Name of the region.', 'the name of a region'),
  at: z.optional(addressText),
  movable: z.optional(
    flag(
      'The kernel chose the address in at: for huge pages or mshare it would choose another.',
      'false',
    ),
  ),
  offset: z.optional(size('Where in the region the mapping begins; page-aligned.', defaults.none)),
  length: z.optional(size('Length of the mapping. Default: to the end of the region.')),
  touched: z.optional(touched),
  access: z.optional(word('Read and write, or read only.', ['rw', 'ro'], 'rw')),
  private: z.optional(flag('A MAP_PRIVATE mapping.', 'false')),
})

const group = described('Processes that are alike.', {
  processes: whole('Number of processes; of one instance, where there are copies.', 0, mostCount),
  copies: z.optional(
    whole(
      'Independent instances of the group, each with its own copy of its regions and cgroup.',
      1,
      mostCount,
      1,
    ),
  ),
  threads: z.optional(whole('Threads per process: they share one address space.', 1, mostCount, 1)),
  private: z.optional(size('Resident private memory of one process.', defaults.none)),
  lockedPrivate: z.optional(size('The mlocked part of it.', defaults.none)),
  baseTables: z.optional(
    size(
      'Page tables of one process for its program, libraries, heap and stack: pte, pmd, pud; without PGD. Default: 160 KiB, and what private and threads need.',
    ),
  ),
  kernelMemory: z.optional(
    size('Kernel stack, task, mm and files of one process or thread.', defaults.kernelMemory),
  ),
  uid: z.optional(whole('User id.', 0, mostId, 0)),
  gid: z.optional(whole('Group id.', 0, mostId, 0)),
  cgroup: z.optional(
    text('Control group of host.cgroups. Default: none.', 'the name of a control group'),
  ),
  oomScoreAdj: z.optional(whole('/proc/PID/oom_score_adj.', -1000, 1000, 0)),
  shortLived: z.optional(flag('These processes come and go.', 'false')),
  maps: z.optional(helped('What each process maps, in order. Default: nothing.', z.array(mapping))),
})

/** The scenario file, version 1. Its output is what was written: sizes stay text. */
export const scenarioSchema: z.ZodMiniType<ScenarioText> = described(
  'A scenario of mshare-plan, version 1.',
  {
    $schema: z.optional(text('Where an editor finds this schema. Not read.', 'an address')),
    version: z.literal(1).check(z.meta({ description: 'Version of the file format: 1.' })),
    name: z.optional(text('What the scenario is about. Default: the name of the file.', 'a name')),
    host,
    regions: z.optional(
      helped('Memory that processes map: name → region.', z.record(name('of the region'), region)),
    ),
    groups: helped('Processes: name → group.', z.record(name('of the group'), group)),
    mshare: z.optional(
      described('Which proposal of mshare is planned.', {
        revision: z.optional(word('Revision of the patches.', ['rfc-2022', 'v3-2025'], 'v3-2025')),
      }),
    ),
    strategies: z.optional(
      helped(
        'Strategies to compare. Default: all that the layout has.',
        z.array(strategyId('Id of a strategy.')),
      ),
    ),
    gates: z.optional(gates),
    allow: z.optional(allow),
    measured: z.optional(measured),
    assumed: z.optional(
      helped(
        'Path of a value in this file → why it was assumed; every result lists it as an assumption.',
        z.record(name('of the value'), text('Why it was assumed.', 'a reason')),
      ),
    ),
  },
)
