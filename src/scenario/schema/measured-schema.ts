import * as z from 'zod/mini'
import { described, helped } from './described.ts'
import { flag, mostCount, size, text, whole } from './fields.ts'
import { outOfMemory } from './out-of-memory-schema.ts'
import type { MeasuredText } from './scenario-text.ts'
import { name } from './texts.ts'

const measuredProcesses = {
  processes: whole('Number of processes that were measured.', 0, mostCount),
  vmPte: size('Sum of their VmPTE, /proc/PID/status.'),
}

const ownTables = described('Page tables of their private memory, all processes together; smaps.', {
  least: size('Those that its pages in memory need, where they lie as close as they can.'),
  most: size('Those that they need, where they lie as far apart as they can.'),
  mapped: size('Those that all of it would need.'),
})

const measuredGroup = described('Processes of a group.', {
  ...measuredProcesses,
  ownTables: z.optional(ownTables),
  fitted: z.optional(
    flag('baseTables were worked out from this VmPTE: verify does not judge it.', 'false'),
  ),
})

/** What a running machine counted, as `capture` writes it. */
export const measured: z.ZodMiniType<MeasuredText> = described(
  'Counters of a running machine; verify compares them with the plan.',
  {
    pageTables: z.optional(size('PageTables of /proc/meminfo.')),
    groups: z.optional(
      helped(
        'Name of a group → what its processes counted together.',
        z.record(name('of the group'), measuredGroup),
      ),
    ),
    elsewhere: z.optional(
      described('Processes seen that are in no group.', {
        ...measuredProcesses,
        partial: z.optional(flag('More processes existed, of which nothing is known.', 'false')),
      }),
    ),
    withoutMappings: z.optional(
      whole(
        'Processes of the groups whose mappings could not be read: what they share is in no region.',
        0,
        mostCount,
        0,
      ),
    ),
    outOfMemory: z.optional(outOfMemory),
    sources: z.optional(
      helped(
        'Path of a value in this file → where it was read, as host.memory: MemTotal of /proc/meminfo.',
        z.record(name('of the value'), text('Where the value was read.', 'a source')),
      ),
    ),
  },
)
