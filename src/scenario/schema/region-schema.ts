import { backings, fallbacks, programs } from '../../workload/region.ts'
import { defaults } from './defaults.ts'
import { flag, mostCount, mostId, size, text, whole, word } from './fields.ts'
import type { MshareText, RegionText } from './scenario-text.ts'
import type { Shape } from './shape.ts'
import { described, either, helped, optional, ranged } from './shape.ts'
import { modeText } from './texts.ts'

const mshareTerms = described<MshareText>('Who may open the region.', {
  mode: optional(modeText),
  uid: optional(whole('Owner. Default: that of the first group that maps it.', 0, mostId)),
  gid: optional(whole('Group. Default: that of the first group that maps it.', 0, mostId)),
  owner: optional(
    text(
      'The group whose process creates the region. Default: the first that maps it.',
      'the name of a group',
    ),
  ),
})

export const region: Shape<RegionText> = described('One piece of memory that processes map.', {
  size: ranged(size('Size of the region.')),
  backing: optional(
    word(
      'Backing of the memory; anonymous is private: each process has its own copy.',
      backings,
      defaults.backing,
    ),
  ),
  pageSize: optional(
    size(
      'Page size. Larger than a base page it means hugetlb; on dax, huge entries. Default: base page; on hugetlbfs the PMD-sized huge page.',
    ),
  ),
  thp: optional(
    flag(
      'Backed by transparent huge pages, whatever host.thp says.',
      'true where host.thp is always',
    ),
  ),
  locked: optional(flag('Mlocked, SHM_LOCK. Hugetlb pages always are.', 'false')),
  resident: optional(
    helped(
      'Memory of the region that is resident while a process maps it; for an anonymous region, in each process. Default: the touched part.',
      either<string | { readonly atLeast: string }>(
        ranged(
          size(
            'The exact size. Memory that was swapped out or dropped after it was touched keeps its tables.',
          ),
        ),
        described<{ readonly atLeast: string }>('A lower bound.', {
          atLeast: ranged(size('This size or, if larger, the touched part.')),
        }),
      ),
    ),
  ),
  fallback: optional(
    word(
      'Effect of a huge-page pool that is too small. fail: the mapping fails. base-pages: base pages for each object that does not fit as a whole. mixed: huge pages as far as the pool goes, base pages for the rest.',
      fallbacks,
      'fail',
    ),
  ),
  after: optional(
    text(
      'A region before this one. If that one gets no huge pages, this one asks for none, as servers do.',
      'the name of a region before this one',
    ),
  ),
  program: optional(word('Program whose settings the advice prints.', programs, defaults.program)),
  programRelease: optional(
    text(
      'Release of that program, as "9.2" or "18": which settings it has. Default: the newest.',
      'a release in quotes, such as "18"',
    ),
  ),
  objects: optional(
    ranged(
      whole(
        'Number of equal, contiguous, separately mapped objects of the region, such as files or segments.',
        1,
        mostCount,
        1,
      ),
    ),
  ),
  copies: optional(
    ranged(
      whole('Independent regions of this kind, one for each copy of its groups.', 1, mostCount, 1),
    ),
  ),
  mshare: optional(
    helped(
      'Shared through mshare: true, or { mode, uid, gid, owner }. Default: false.',
      either<boolean | MshareText>(flag('Shared through mshare.', 'false'), mshareTerms),
    ),
  ),
})
