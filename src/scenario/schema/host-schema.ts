import { layoutIds } from '../../geometry/catalogue.ts'
import { defaults } from './defaults.ts'
import { flag, mostCount, size, sizeAsName, whole, word } from './fields.ts'
import type { HostText } from './scenario-text.ts'
import type { Shape } from './shape.ts'
import { described, either, helped, list, names, optional, ranged } from './shape.ts'
import { kernelText, name } from './texts.ts'

/** The usual layout of an architecture, by the names that people and `uname -m` give it. */
const usualLayouts: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'x86-64'],
  ['amd64', 'x86-64'],
  ['x86', 'x86-64'],
  ['arm64', 'arm64-4k-48'],
  ['aarch64', 'arm64-4k-48'],
  ['riscv64', 'riscv64-sv48'],
  ['ppc64le', 'ppc64-radix-64k'],
])

export const host: Shape<HostText> = described('The machine.', {
  memory: ranged(size('MemTotal of /proc/meminfo.')),
  layout: optional(
    word(
      'Page-table layout: architecture, base page, address bits.',
      layoutIds,
      defaults.layout,
      usualLayouts,
    ),
  ),
  kernel: optional(kernelText),
  pti: optional(
    flag(
      'True where the PGD takes two pages: page-table isolation active or, before 6.16, merely compiled in.',
      'false',
    ),
  ),
  swap: optional(ranged(size('Swap space.', defaults.none))),
  reserve: optional(
    helped(
      'Memory kept for the operating system, a page-cache floor, agents: one size, or name → size. Default: 0 B.',
      either<string | Readonly<Record<string, string>>>(
        ranged(size('All of it.')),
        names(name('of the reserve'), ranged(size('That reserve.'))),
      ),
    ),
  ),
  minFree: optional(ranged(size("The kernel's min watermark. Default: as the kernel derives it."))),
  hugepages: optional(
    helped(
      'The huge-page pool: page size → number of pages, as { 2 MiB: 153600 }. Default: empty.',
      names(
        sizeAsName('Size of one huge page.'),
        ranged(whole('Pages of that size.', 0, mostCount)),
      ),
    ),
  ),
  hugepageSizes: optional(
    helped(
      'Sizes of huge page that this machine has, as [2 MiB]. Default: those of the layout.',
      list(size('Size of one huge page.')),
    ),
  ),
  overcommit: optional(
    described<NonNullable<HostText['overcommit']>>(
      'vm.overcommit_memory and vm.overcommit_ratio.',
      {
        mode: optional(
          word(
            'How the kernel judges requests for memory.',
            ['heuristic', 'always', 'never'],
            'heuristic',
          ),
        ),
        ratio: optional(
          ranged(whole('Percent of memory that may be committed in mode never.', 0, mostCount, 50)),
        ),
      },
    ),
  ),
  thp: optional(
    described<NonNullable<HostText['thp']>>(
      'Transparent huge pages: /sys/kernel/mm/transparent_hugepage.',
      {
        anonymous: optional(
          word('For anonymous memory.', ['always', 'madvise', 'never'], 'madvise'),
        ),
        shmem: optional(
          word('For shared memory.', ['always', 'within_size', 'advise', 'never'], 'never'),
        ),
      },
    ),
  ),
  cgroups: optional(
    helped(
      'Control groups with a memory limit: name → { limit }. Default: none.',
      names(
        name('of the control group'),
        described<{ readonly limit: string }>('One control group.', {
          limit: ranged(size('memory.max.')),
        }),
      ),
    ),
  ),
})
