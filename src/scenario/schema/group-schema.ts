import * as z from 'zod/mini'
import { defaults } from './defaults.ts'
import { described, helped } from './described.ts'
import { flag, mostCount, mostId, size, text, whole, word } from './fields.ts'
import type { GroupText } from './scenario-text.ts'
import { addressText } from './texts.ts'
import { touched } from './touched-schema.ts'

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

export const group: z.ZodMiniType<GroupText> = described('Processes that are alike.', {
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
  maps: z.optional(helped('Mappings of each process, in order. Default: none.', z.array(mapping))),
})
