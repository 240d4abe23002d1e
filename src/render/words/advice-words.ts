import type {
  Advice,
  AdvisedRegion,
  Effort,
  OnHugePages,
  PoolAdvice,
  SettingKind,
} from '../../plan/result/advice-result.ts'
import type { DeclineReason, NothingToDo, Rejected } from '../../plan/result/rejected-result.ts'
import type { Result } from '../../plan/result/result.ts'
import {
  exactBytes,
  formatBytes,
  formatCount,
  formatLeastBytes,
  formatShare,
} from '../../units/format.ts'
import { listed, quoted } from '../text/amounts.ts'
import type { Naming } from './finding-words.ts'
import { pooledIn, programNames } from './program-words.ts'

/** When lines are needed, where they do not say so themselves. */
export const settingWords: Readonly<Record<SettingKind, string>> = {
  pool: '',
  'pool-at-boot': 'at boot, before memory is fragmented',
  'pool-at-boot-instead': 'instead, where memory is too fragmented later',
  'pool-now': 'until the next boot, if memory is not fragmented',
  'pool-by-node': 'for each NUMA node, until the next boot',
  'default-page-size':
    'the program takes pages of the default size; vm.nr_hugepages then means these',
  'shm-group': 'the group of the user who runs it, unless that is root',
  'shm-limits': 'only if ipcs -lm shows lower limits',
  memlock: 'for a service of systemd: LimitMEMLOCK= instead',
  service: '',
  'for-segments': 'only MySQL up to 8.0.27 and MariaDB up to 10.5.2',
  database: '',
  'command-line': '',
  ask: 'first: the number that the server itself asks for',
  check: 'afterwards: to see that it worked',
  kubernetes: '',
  overcommit: '',
  'cgroup-limit': 'with cgroup v2; under Kubernetes, resources.limits.memory',
  'transparent-huge-pages': 'until the next boot',
  connections: '',
}

export const placeWords: ReadonlyMap<string, string> = new Map([
  ['root shell', 'as root'],
  ['init.ora', 'init.ora or spfile'],
])

const declineWords: Readonly<Record<DeclineReason, string>> = {
  'saves-nothing': 'would not add any headroom',
  'too-little': 'would add less than 1 % of memory',
  'not-enough': 'would not make it as safe as the options above',
  'risk-worse': 'would make the risk worse',
  'pool-does-not-fit': 'would need more huge pages than memory holds',
  'never-safe': 'is not enough: a single process of the largest group is not safe',
  refused: 'suit no region on base pages whose program takes them',
}

/** What was looked at and is not advised, and why. */
export function declineSentence({ action, pageBytes, reason }: Rejected): string {
  const size = pageBytes === undefined ? 'another size' : exactBytes(pageBytes)
  const what: Readonly<Record<Advice['action'], string>> = {
    'resize-pool': `a smaller pool of pages of ${size}`,
    'commit-limit': 'a larger commit limit',
    'huge-pages': `huge pages of ${size}`,
    pooler: 'a pooler',
    'cgroup-limit': 'a larger cgroup limit',
    memory: 'more memory',
    'transparent-huge-pages': `transparent huge pages of ${size}`,
  }
  return `Not advised: ${what[action]}, which ${declineWords[reason]}.`
}

/**
 * What to do, as an order without its full stop: `put sga on huge pages of 2 MiB`.
 * @param most regions or cgroups that are named before the others are only counted.
 */
export function orderOf(each: Advice, name: Naming, most: number): string {
  switch (each.action) {
    case 'resize-pool':
    case 'commit-limit':
      return [poolOrder(each), commitOrder(each)].filter((text) => text !== '').join(', and ')
    case 'huge-pages':
      return ground(each, name, most)
    case 'pooler': {
      const { safeProcesses, processes, group } = each
      const count = `${formatCount(safeProcesses)} of ${formatCount(processes)} ${quoted(name(group))}`
      const isDatabase = each.settings.some(({ kind }) => kind === 'connections')
      const how = isDatabase ? 'pool connections' : 'run fewer processes'
      return `${also(each, name, most)}${how}: ${count} are safe`
    }
    case 'cgroup-limit':
      return `${also(each, name, most)}${limitOrder(each.cgroups, name, most)}`
    case 'memory': {
      const limits =
        each.cgroups.length === 0 ? '' : `, and ${limitOrder(each.cgroups, name, most)}`
      return `${also(each, name, most)}add memory: ${formatLeastBytes(each.safeBytes)} is safe${limits}`
    }
    case 'transparent-huge-pages':
      return `put ${namesOf(each.regions, name, most)} on transparent huge pages`
  }
}

function ground({ regions, pageBytes }: OnHugePages, name: Naming, most: number): string {
  const fresh = regions.filter(({ isNew }) => isNew)
  return `put ${namesOf(fresh, name, most)} on huge pages of ${exactBytes(pageBytes)}`
}

function namesOf(regions: readonly AdvisedRegion[], name: Naming, most: number): string {
  return listedTo(
    most,
    regions.map((region) => name(region.name)),
  )
}

/** `a, b and 8 more`. */
function listedTo(most: number, parts: readonly string[]): string {
  if (parts.length <= most) return listed(parts)
  const shown = parts.slice(0, most - 1)
  return listed([...shown, `${formatCount(parts.length - shown.length)} more`])
}

function also(
  { onHugePages }: { readonly onHugePages?: OnHugePages },
  name: Naming,
  most: number,
): string {
  return onHugePages === undefined ? '' : `${ground(onHugePages, name, most)}, and `
}

type Limits = Extract<Advice, { readonly action: 'cgroup-limit' }>['cgroups']

function limitOrder(cgroups: Limits, name: Naming, most: number): string {
  const each = cgroups.map(
    ({ name: cgroup, safeBytes }) => `${quoted(name(cgroup))} to ${formatLeastBytes(safeBytes)}`,
  )
  const what = cgroups.length === 1 ? 'the limit of cgroup' : 'the limits of cgroups'
  return `raise ${what} ${listedTo(most, each)}`
}

function poolOrder({ pools }: Advice): string {
  const changed = pools.filter(({ pages, configuredPages }) => pages !== configuredPages)
  const verb = (pool: PoolAdvice): string => (pool.pages > pool.configuredPages ? 'raise' : 'lower')
  return changed
    .map((pool, index) => {
      const former = changed[index - 1]
      const size = exactBytes(pool.pageBytes)
      if (former === undefined || verb(former) !== verb(pool)) {
        return `${verb(pool)} the pool to ${formatCount(pool.pages)} huge pages of ${size}`
      }
      return `the pool of ${size} to ${formatCount(pool.pages)}`
    })
    .join(', and ')
}

function commitOrder({ overcommit }: Advice): string {
  if (overcommit === undefined) return ''
  return overcommit.mode === 'never'
    ? `raise vm.overcommit_ratio to ${formatCount(overcommit.ratio ?? 0)}`
    : 'let the kernel grant requests that are larger than memory and swap'
}

/** What it comes to: the level, or the headroom that it adds where the level is as before. */
export function outcomeOf(each: Advice, memoryBytes: number): string {
  const { purpose, riskLevel, addedHeadroomBytes } = each
  if (purpose === 'headroom') {
    const added = formatBytes(addedHeadroomBytes)
    const upTo = each.action === 'transparent-huge-pages' ? ' up to' : ''
    return `adds${upTo} ${added} of headroom, ${formatShare(addedHeadroomBytes / memoryBytes)} of memory`
  }
  const words: Readonly<Record<Advice['riskLevel'], string>> = {
    safe: 'safe',
    tight: 'it fits, but it is tight',
    swapping: 'it swaps',
    oom: 'still out of memory',
  }
  return words[riskLevel]
}

/** What it takes beside the lines: `Restart Oracle.` */
export function effortSentences(each: Advice): readonly string[] {
  const words: Readonly<Record<Effort, string>> = {
    reboot: 'Reboot',
    restart: `Restart ${programsOf(each)}`,
    reconnect: '',
    'new-hardware': '',
  }
  return each.efforts.map((effort) => words[effort]).filter((text) => text !== '')
}

function programsOf(each: Advice): string {
  const fresh =
    each.action === 'transparent-huge-pages'
      ? each.regions
      : (pooledIn(each)?.regions ?? []).filter(({ isNew }) => isNew)
  const programs = fresh.map(({ program }) => program)
  const names = [...new Set(programs)].map((program) =>
    program === 'other' ? 'the programs' : programNames[program],
  )
  return names.length === 0 ? 'the programs' : listed(names)
}

/** Why nothing is advised, in one sentence. */
export function nothingSentence(
  { reason, pageTableBytes, fraction }: NothingToDo,
  { strategies }: Pick<Result, 'strategies'>,
): string {
  const tables = `page tables take ${formatBytes(pageTableBytes)}, ${formatShare(fraction)} of memory`
  const starts = strategies.some(({ id, applies }) => id === 'as-described' && applies)
  const words: Readonly<Record<NothingToDo['reason'], string>> = {
    'no-processes':
      'Nothing can be advised: no process is known. Capture them with /proc/PID, or write groups and regions.',
    'no-regions':
      'Nothing to do: there are no regions, so no sharing can be judged. Capture as root to see them.',
    'nothing-shared': `Nothing to do: ${tables}, and the captured processes share no memory that needs many.`,
    'unread-mappings':
      'Nothing can be advised: the capture could not read what some processes map. Capture as root, outside any container.',
    'too-little': `Nothing to do: ${tables}, and no change would add 1 % of memory.`,
    'untouched-pages': `Nothing to do: ${tables}. Huge pages would set aside memory that nothing touches, more than they save.`,
    'only-proposed': `Nothing to do: ${tables}. No setting helps here, only mshare would (proposed: in no released kernel).`,
    'nothing-helps': `No change that is known here helps${starts ? `: ${tables}` : ''}.`,
  }
  return words[reason]
}

/** Why a number is what it is, for those who compare it with another. */
export function poolNotes(each: Advice): readonly string[] {
  // The script is Oracle's: users of other programs have no number of it to compare.
  const isOracle = pooledIn(each)?.regions.some(({ program }) => program === 'oracle') ?? false
  return each.pools.flatMap((pool) => notesOn(pool, isOracle))
}

function notesOn(pool: PoolAdvice, isOracle: boolean): readonly string[] {
  const { pageBytes, pages, configuredPages, paddingPages, sparePages, overheadPages, recipe } =
    pool
  const all = `${formatCount(pages)} huge pages of ${exactBytes(pageBytes)}`
  const present =
    pages === configuredPages
      ? `The pool of ${all} is right as it is.`
      : `${all} are the whole pool, not what to add to the ${formatCount(configuredPages)} of today.`
  return [
    ...(configuredPages === 0 || pages < configuredPages ? [] : [present]),
    ...(paddingPages === 0
      ? []
      : [
          `${formatCount(paddingPages)} of them: every segment or file begins on a page of its own.`,
        ]),
    ...(sparePages === 0
      ? []
      : [
          `${formatCount(sparePages)} of them are spare: MariaDB takes up to that many to align its pool.`,
        ]),
    ...(overheadPages === undefined
      ? []
      : [
          `${formatCount(overheadPages)} of them are for what programs add to the sizes that are written: at most that many.`,
        ]),
    ...(!isOracle || !recipe?.difference || pages === 0 ? [] : [recipeNote(pool)]),
  ]
}

/** Why the number is not that of My Oracle Support 401749.1. */
function recipeNote({ pages, recipe }: PoolAdvice): string {
  const { pages: its = 0, segments = 0, difference = 0 } = recipe ?? {}
  const each = segments === 1 ? 'its segment' : `each of ${formatCount(segments)} segments`
  const unseen = difference < 0 ? ', and sees nothing that is not SysV' : ''
  return `hugepages_settings.sh says ${formatCount(its)}, not ${formatCount(pages)}: it adds a page for ${each}, needed or not${unseen}.`
}
