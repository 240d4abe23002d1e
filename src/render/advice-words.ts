import type {
  Advice,
  AdvisedRegion,
  DeclineReason,
  HugePagesAdvice,
  MshareAdvice,
  PoolAdvice,
  PooledRegion,
  Recipe,
  SettingKind,
} from '../plan/advice-result.ts'
import { exactBytes, formatCount } from '../units/format.ts'
import type { Naming } from './finding-words.ts'

/** What a line is for, where the line does not say so itself. */
export const settingWords: Readonly<Record<SettingKind, string>> = {
  pool: '',
  'pool-at-boot': 'the sure way: memory is not fragmented yet',
  'pool-at-boot-instead': 'instead, where memory is too fragmented later',
  'pool-now': 'until the next boot, and where memory is not fragmented',
  'pool-by-node': 'each NUMA node its part, until the next boot',
  'default-page-size': 'it takes pages of the default size; vm.nr_hugepages then means these',
  'shm-group': 'the group that may have SysV huge pages',
  'shm-limits': 'only where they have been lowered',
  memlock: 'in kB; a service of systemd has LimitMEMLOCK= instead',
  database: '',
  'transparent-huge-pages': 'until the next boot',
  connections: '',
}

export const placeWords: ReadonlyMap<string, string> = new Map([
  ['root shell', 'as root'],
  ['init.ora', 'init.ora or spfile'],
])

export const declineWords: Readonly<Record<DeclineReason, string>> = {
  'wins-nothing': 'because page tables would be no smaller than as described',
  'risk-worse': 'because the risk would be worse than as described',
  'commit-refused': 'because the kernel would refuse the memory (overcommit)',
  'hugetlb-in-use': 'because regions are on huge pages of the pool, which their programs ask for',
  'pool-does-not-fit': 'because memory does not hold the huge pages it needs',
  'never-safe': 'because not even one process of the largest group is safe',
  refused: 'because it is not possible here, for the reasons under the strategies',
}

/** What to know beside the lines: why a number is what it is, and what no line can do. */
export function adviceNotes(each: Advice, name: Naming): readonly string[] {
  return [
    ...(new Set(each.settings.flatMap(({ program = [] }) => program)).size > 1
      ? ['Of the programs named, follow the one that runs.']
      : []),
    ...each.pools.flatMap((pool) => poolNotes(pool, inTmpfs(each), name)),
    ...notesOn(each, name),
  ]
}

function notesOn(each: Advice, name: Naming): readonly string[] {
  switch (each.action) {
    case 'huge-pages':
      return hugePageNotes(each, name)
    case 'transparent-huge-pages':
      return [
        'As far as addresses, offsets and free memory allow; private memory keeps its page tables, and files need a file system with large folios.',
      ]
    case 'mshare':
      return mshareNotes(each, name)
    case 'pooler':
      return [
        `At ${formatCount(each.safeProcesses)} the risk is safe, at ${formatCount(each.safeProcesses + 1)} no longer.`,
      ]
    case 'resize-pool':
      return []
  }
}

function poolNotes(
  pool: PoolAdvice,
  inShm: readonly AdvisedRegion[],
  name: Naming,
): readonly string[] {
  const { pageBytes, pages, configuredPages, paddingPages, recipe } = pool
  const size = exactBytes(pageBytes)
  const all = `${formatCount(pages)} pages of ${size}`
  const present =
    pages === configuredPages
      ? `The pool of ${all} is right as it is.`
      : `${all} are the whole pool, not what to add to the ${formatCount(configuredPages)} there are.`
  const padding = `${formatCount(paddingPages)} of the ${all} are there because every segment or file begins on a page of its own.`
  return [
    ...(configuredPages === 0 || pages === 0 ? [] : [present]),
    ...(paddingPages === 0 ? [] : [padding]),
    ...(recipe === undefined || recipe.difference === 0 || pages === 0
      ? []
      : [recipeNote(pages, recipe, inShm, name)]),
  ]
}

/** Why the number is not that of My Oracle Support 401749.1. */
function recipeNote(
  pages: number,
  { pages: its, segments, difference }: Recipe,
  inShm: readonly AdvisedRegion[],
  name: Naming,
): string {
  if (segments === 0) {
    return 'hugepages_settings.sh has no number here: it adds up SysV segments (ipcs -m), and there is none.'
  }
  const once = inShm.length === 0 ? '' : `, once ${listed(inShm, name)} is SysV`
  const each = segments === 1 ? 'its segment' : `each of ${formatCount(segments)} segments`
  const why = `it adds a page for ${each}, needed or not`
  const unseen = difference < 0 ? ', and sees nothing that is not SysV' : ''
  return `hugepages_settings.sh says ${formatCount(its)}${once}, not ${formatCount(pages)}: ${why}${unseen}. Its older versions add one more.`
}

function inTmpfs(each: Advice): readonly AdvisedRegion[] {
  if (each.action !== 'huge-pages') return []
  return each.regions.filter(({ backing }) => backing === 'posix-shm')
}

function hugePageNotes(each: HugePagesAdvice, name: Naming): readonly string[] {
  const inShm = inTmpfs(each)
  return [
    ...(inShm.length === 0
      ? []
      : [
          `/dev/shm has no hugetlb pages: ${listed(inShm, name)} must become SysV segments (Oracle: MEMORY_TARGET off, SGA_TARGET set) or files of a hugetlbfs mount.`,
        ]),
    ...each.regions
      .filter(({ backing }) => byItself.has(backing))
      .map((region) => owns(region, name)),
    ...(each.sysv === undefined
      ? []
      : [
          'GID is that of the database; root needs none. Since Linux 5.16 a memlock limit no longer stands in for vm.hugetlb_shm_group, but Oracle still asks for it.',
        ]),
    'Programs take a little more than their buffers: compare ipcs -m, the alert log, or shared_memory_size_in_huge_pages of PostgreSQL.',
  ]
}

/** Memory that no setting of a database puts on huge pages. */
const byItself: ReadonlySet<string> = new Set(['memfd', 'hugetlbfs', 'anonymous'])

function owns({ name: region, backing, pages }: PooledRegion, name: Naming): string {
  return `${formatCount(pages)} of the pages are for region ${name(region)} (${backing}), whose program must ask for them itself (MAP_HUGETLB, MFD_HUGETLB, hugetlbfs): leave them out where it does not.`
}

function mshareNotes({ windows }: MshareAdvice, name: Naming): readonly string[] {
  const needs = windows.map(
    ({ name: region, backing, windowBytes, alignmentBytes, owner, mode }) =>
      `It would need: region ${name(region)} (${backing}) in a window of ${exactBytes(windowBytes)} at a multiple of ${exactBytes(alignmentBytes)}, created with mode ${mode} by a process of group ${name(owner)} that outlives its use.`,
  )
  return [...needs, 'No line can be pasted: it is in no released kernel.']
}

function listed(regions: readonly { readonly name: string }[], name: Naming): string {
  const names = regions.map((region) => name(region.name)).join(', ')
  return `${regions.length === 1 ? 'region' : 'regions'} ${names}`
}
