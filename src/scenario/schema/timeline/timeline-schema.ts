import { formed, mostCount, size, sizeAsName, text, whole } from '../fields.ts'
import type { ForkText, NamesText, PartText, StepText } from '../scenario-text.ts'
import type { Optional, Shape } from '../shape.ts'
import { described, either, field, helped, list, names, optional } from '../shape.ts'
import { name } from '../texts.ts'
import { touched } from '../touched-schema.ts'

/** Group → something. */
function ofGroups<T>(description: string, each: Shape<T>): Optional<Readonly<Record<string, T>>> {
  return optional(helped(description, names(name('of the group'), each)))
}

/** Group → region → something. */
function inRegions<T>(
  description: string,
  each: Shape<T>,
): Optional<Readonly<Record<string, Readonly<Record<string, T>>>>> {
  return ofGroups(description, names(name('of the region'), each))
}

const processes = whole(
  'Number of processes; of one instance, where there are copies.',
  1,
  mostCount,
)

const region = text('Name of the region.', 'the name of a region')

const regions = either<NamesText>(region, list(region))

const part = either<PartText>(
  formed(
    (value) => value === 'all',
    (written) => ({
      message: `\`${written}\` is not a part of a mapping`,
      expected: '`all` or { offset: 0 B, length: 1 GiB }',
    }),
    { description: 'All of the mapping.', enum: ['all'] },
  ) as Shape<'all'>,
  described<Exclude<PartText, 'all'>>('A part of the mapping.', {
    offset: optional(size('Where in the mapping the part begins; page-aligned.', '0 B')),
    length: optional(size('Length of the part. Default: to the end of the mapping.')),
  }),
)

const anything = field<unknown>(() => undefined, { description: 'The value.' })

const step = described<StepText>(
  'One step; its keys happen in the order in which they are written.',
  {
    name: optional(text('Name of the step.', 'a name')),
    start: ofGroups('Processes that start and touch what their group says.', processes),
    stop: ofGroups('Processes that end; those that came last end first.', processes),
    crash: ofGroups('Processes that are killed; those that came last first.', processes),
    fork: ofGroups(
      'A process of this group forks: the one that has run longest.',
      described<ForkText>('Its children.', {
        into: text('Group that the children are processes of.', 'the name of a group'),
        processes,
      }),
    ),
    touch: inRegions(
      'Pages that every process of the group touches, in addition to earlier ones.',
      touched,
    ),
    unmap: inRegions('munmap() by every process of the group.', part),
    dontneed: inRegions('madvise(MADV_DONTNEED) by every process of the group.', part),
    create: optional(helped('Regions that are created: until then they do not exist.', regions)),
    attach: optional(
      helped(
        'Regions that running processes map, as their group says; or group → regions.',
        either<NonNullable<StepText['attach']>>(
          region,
          list(region),
          names(name('of the group'), regions),
        ),
      ),
    ),
    unlink: optional(helped('Regions that lose their name.', regions)),
    close: optional(
      helped('mshare regions whose owner closes the descriptor that keeps them.', regions),
    ),
    pool: optional(
      helped(
        'Huge-page pools: page size → number of pages from now on.',
        names(sizeAsName('Size of one huge page.'), whole('Pages.', 0, mostCount)),
      ),
    ),
    set: optional(
      helped(
        'Path of a value → what it is from now on, as for --set.',
        names(name('of the value'), anything),
      ),
    ),
  },
)

/** What happens, step by step. */
export const timeline: Shape<readonly StepText[]> = helped(
  'Events, step by step, after the processes of all groups have started.',
  list(step),
)
