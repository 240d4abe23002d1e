import type { Workload } from '../../workload/workload.ts'
import { objectBytes } from '../programs/object-pages.ts'
import type { Advice, LimitAdvice, OnHugePages } from '../result/advice-result.ts'
import type { Explanation } from '../result/explanation.ts'
import { explainCommit } from './explain-commit.ts'
import { explainPool } from './explain-pools.ts'
import { put, putSum } from './formula.ts'

const source = 'difference of two plans of the same workload, without mshare'
const bisection = 'bisection on the model itself, everything else as it is'

/** Every number of the advice, by the id of what is advised. */
export function explainAdvice(
  workload: Workload,
  advice: readonly Advice[],
): readonly Explanation[] {
  return advice.flatMap((each) => [
    ...explainOutcome(each),
    ...each.pools.flatMap((pool) => explainPool(each, pool)),
    ...explainCommit(each),
    ...explainAction(workload, each),
  ])
}

function explainOutcome(each: Advice): readonly Explanation[] {
  const { savedBytes, pageTableBytes, headroomBytes, addedHeadroomBytes } = each
  const bytes = (
    key: string,
    meaning: string,
    formula: string,
    substituted: string,
    value: number,
  ): Explanation => ({
    path: `advice.${each.id}.${key}`,
    meaning,
    formula,
    substituted,
    value,
    unit: 'bytes',
    source,
  })
  return [
    bytes(
      'savedBytes',
      'page tables saved against as-described',
      'page tables as described − page tables then',
      `${put(pageTableBytes + savedBytes)} − ${put(pageTableBytes)}`,
      savedBytes,
    ),
    bytes(
      'pageTableBytes',
      'page tables once it is done',
      'pageTables.bytes of as-described, with the changes',
      put(pageTableBytes),
      pageTableBytes,
    ),
    bytes(
      'headroomBytes',
      'headroom of the host once it is done',
      'memory.headroomBytes of as-described, with the changes',
      put(headroomBytes),
      headroomBytes,
    ),
    bytes(
      'addedHeadroomBytes',
      'headroom more than as-described has',
      'headroom then − headroom as described',
      `${put(headroomBytes)} − ${put(headroomBytes - addedHeadroomBytes)}`,
      addedHeadroomBytes,
    ),
  ]
}

function explainAction(workload: Workload, each: Advice): readonly Explanation[] {
  const root = `advice.${each.id}`
  switch (each.action) {
    case 'huge-pages':
      return [
        ...explainOnHugePages(workload, each, root),
        ...each.largerPages.flatMap(({ pageBytes, pages, headroomBytes }, index) => [
          figure(
            `${root}.largerPages.${index}.pages`,
            `the whole pool, with pages of ${put(pageBytes)} B`,
            'pages that regions reserve',
            pages,
            'pages',
          ),
          figure(
            `${root}.largerPages.${index}.headroomBytes`,
            `headroom of the host, with pages of ${put(pageBytes)} B`,
            'memory.headroomBytes of as-described, with the changes',
            headroomBytes,
            'bytes',
          ),
        ]),
      ]
    case 'pooler':
      return [
        figure(
          `${root}.processes`,
          `processes of group ${each.group} as described`,
          'given',
          each.processes,
          'processes',
          'scenario, groups.*.processes',
        ),
        figure(
          `${root}.safeProcesses`,
          `the most processes of group ${each.group} at which the risk is safe`,
          'the largest n whose plan is safe; n + 1 is not',
          each.safeProcesses,
          'processes',
          bisection,
        ),
        ...explainGround(workload, each.onHugePages, root),
      ]
    case 'memory':
      return [
        figure(
          `${root}.memoryBytes`,
          'memory as described',
          'given',
          each.memoryBytes,
          'bytes',
          'scenario, host.memory',
        ),
        figure(
          `${root}.safeBytes`,
          'the least memory at which the risk of the host is safe',
          'the least m, in whole pages, whose plan is safe',
          each.safeBytes,
          'bytes',
          bisection,
        ),
        ...explainLimits(each.cgroups, root),
        ...explainGround(workload, each.onHugePages, root),
      ]
    case 'cgroup-limit':
      return [
        ...explainLimits(each.cgroups, root),
        ...explainGround(workload, each.onHugePages, root),
      ]
    case 'transparent-huge-pages':
    case 'resize-pool':
    case 'commit-limit':
      return []
  }
}

function figure(
  path: string,
  meaning: string,
  formula: string,
  value: number,
  unit: string,
  from: string = source,
): Explanation {
  return { path, meaning, formula, substituted: put(value), value, unit, source: from }
}

function explainLimits(cgroups: readonly LimitAdvice[], root: string): readonly Explanation[] {
  return cgroups.flatMap(({ name, limitBytes, safeBytes }, index) => [
    figure(
      `${root}.cgroups.${index}.limitBytes`,
      `limit of cgroup ${name} as described`,
      'given',
      limitBytes,
      'bytes',
      'scenario, host.cgroups',
    ),
    figure(
      `${root}.cgroups.${index}.safeBytes`,
      `the least limit of cgroup ${name} that is safe`,
      '⌈demand · 10 / 9⌉, in whole pages: a tenth of it stays free',
      safeBytes,
      'bytes',
      'as for the host',
    ),
  ])
}

function explainGround(
  workload: Workload,
  onHugePages: OnHugePages | undefined,
  root: string,
): readonly Explanation[] {
  if (onHugePages === undefined) return []
  return explainOnHugePages(workload, onHugePages, `${root}.onHugePages`)
}

function explainOnHugePages(
  { regions, host: { layout } }: Workload,
  { regions: pooled, sysv, memlockBytes, pageBytes, pods = [] }: OnHugePages,
  root: string,
): readonly Explanation[] {
  const isSegment = (name: string): boolean =>
    pooled.some((on) => on.name === name && on.backing === 'sysv-shm')
  const segments = regions.filter(({ name, backing }) => backing === 'sysv-shm' || isSegment(name))
  const reserving = 'mm/hugetlb.c hugetlb_reserve_pages()'
  const limits = 'ipc/shm.c newseg(); the default is ULONG_MAX − 2^24'
  return [
    ...pooled.flatMap(({ name, pages, overheadPages }) => [
      figure(
        `${root}.regions.${name}.pages`,
        `huge pages that the region reserves, of ${put(pageBytes)} B`,
        'objects · ⌈bytes of an object / page⌉; private memory in each process',
        pages,
        'pages',
        reserving,
      ),
      figure(
        `${root}.regions.${name}.overheadPages`,
        'of these, for what the program asks for beyond the size that is written: at most',
        'by the rules of its program: docs/model/plan.md',
        overheadPages,
        'pages',
        'PostgreSQL: CalculateShmemSize() of src/backend/storage/ipc/ipci.c',
      ),
    ]),
    ...pods.map(({ cgroup, bytes }, index) =>
      figure(
        `${root}.pods.${index}.bytes`,
        `huge pages that a container in cgroup ${cgroup} asks for`,
        'Σ pages of the regions that its processes map first · page',
        bytes,
        'bytes',
        'mm/hugetlb_cgroup.c: charged to the process that faults',
      ),
    ),
    ...(sysv === undefined
      ? []
      : [
          {
            ...figure(
              `${root}.sysv.shmmaxBytes`,
              'the largest SysV segment',
              'max ⌈bytes / objects⌉, in whole huge pages',
              sysv.shmmaxBytes,
              'bytes',
              limits,
            ),
            substituted: `max(${segments.map((region) => put(objectBytes(region))).join(', ')})`,
          },
          {
            ...figure(
              `${root}.sysv.shmallPages`,
              'all SysV segments, in base pages',
              'Σ objects · ⌈bytes of an object / base page⌉',
              sysv.shmallPages,
              'pages',
              limits,
            ),
            substituted: putSum(
              segments.map(
                (region) =>
                  `${put(region.objects)} · ${put(Math.ceil(objectBytes(region) / layout.pageBytes))}`,
              ),
            ),
          },
        ]),
    ...(memlockBytes === undefined
      ? []
      : [
          figure(
            `${root}.memlockBytes`,
            'what one user has to be able to lock; the lines say it in kB',
            'SysV segments on huge pages, whole pages + locked regions + lockedPrivate',
            memlockBytes,
            'bytes',
            'mm/mlock.c user_shm_lock(); before Linux 5.16 also hugetlb_file_setup() (mm,hugetlb: remove mlock ulimit for SHM_HUGETLB)',
          ),
        ]),
  ]
}
