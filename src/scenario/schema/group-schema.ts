import { defaults } from './defaults.ts'
import { flag, mostCount, mostId, size, text, whole, word } from './fields.ts'
import type { GroupText, MappingText } from './scenario-text.ts'
import type { Shape } from './shape.ts'
import { described, helped, list, optional, ranged } from './shape.ts'
import { addressText } from './texts.ts'
import { touched } from './touched-schema.ts'

const mapping = described<MappingText>('One mapping of each process of the group.', {
  region: text('Name of the region.', 'the name of a region'),
  at: optional(addressText),
  movable: optional(
    flag(
      'The kernel chose the address in at: for huge pages or mshare it would choose another.',
      'false',
    ),
  ),
  offset: optional(
    ranged(size('Where in the region the mapping begins; page-aligned.', defaults.none)),
  ),
  length: optional(ranged(size('Length of the mapping. Default: to the end of the region.'))),
  touched: optional(touched),
  access: optional(word('Read and write, or read only.', ['rw', 'ro'], 'rw')),
  private: optional(flag('A MAP_PRIVATE mapping.', 'false')),
})

export const group: Shape<GroupText> = described('Processes that are alike.', {
  processes: ranged(
    whole('Number of processes; of one instance, where there are copies.', 0, mostCount),
  ),
  copies: optional(
    ranged(
      whole(
        'Independent instances of the group, each with its own copy of its regions and cgroup.',
        1,
        mostCount,
        1,
      ),
    ),
  ),
  threads: optional(
    ranged(whole('Threads per process: they share one address space.', 1, mostCount, 1)),
  ),
  private: optional(ranged(size('Resident private memory of one process.', defaults.none))),
  lockedPrivate: optional(ranged(size('The mlocked part of it.', defaults.none))),
  baseTables: optional(
    ranged(
      size(
        'Page tables of one process for its program, libraries, heap and stack: pte, pmd, pud; without PGD. Default: 160 KiB, and what private and threads need.',
      ),
    ),
  ),
  kernelMemory: optional(
    ranged(
      size('Kernel stack, task, mm and files of one process or thread.', defaults.kernelMemory),
    ),
  ),
  uid: optional(whole('User id.', 0, mostId, 0)),
  gid: optional(whole('Group id.', 0, mostId, 0)),
  cgroup: optional(
    text('Control group of host.cgroups. Default: none.', 'the name of a control group'),
  ),
  oomScoreAdj: optional(whole('/proc/PID/oom_score_adj.', -1000, 1000, 0)),
  shortLived: optional(flag('These processes come and go.', 'false')),
  maps: optional(helped('Mappings of each process, in order. Default: none.', list(mapping))),
})
