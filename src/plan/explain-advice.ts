import type { Workload } from '../workload/workload.ts'
import type { Advice, HugePagesAdvice, PoolAdvice } from './advice-result.ts'
import type { Explanation } from './explanation.ts'
import { added, put } from './formula.ts'
import { objectBytes } from './pool-advice.ts'
import type { Planned } from './strategy-result.ts'

/** Every number of the advice, by the id of what is advised. */
export function explainAdvice(
  workload: Workload,
  advice: readonly Advice[],
  planned: readonly Planned[],
): readonly Explanation[] {
  const described = planned.find(({ result }) => result.id === 'as-described')
  if (described === undefined) return []
  return advice.flatMap((each) => [
    ...explainOutcome(each, described),
    ...each.pools.flatMap((pool) => explainPool(each, pool)),
    ...explainAction(workload, each),
  ])
}

function explainOutcome(each: Advice, described: Planned): readonly Explanation[] {
  const { id, wonBytes, pageTableBytes, action } = each
  const before = described.result.pageTables.bytes
  const [pool] = each.pools
  const saving = {
    meaning: 'page tables saved against as-described',
    formula: 'page tables as described − page tables then',
    substituted: `${put(before)} − ${put(pageTableBytes)}`,
    source: 'difference of two plans of the same workload',
  }
  const idle = {
    meaning: 'memory of idle huge pages that is given back',
    formula: 'max(0, configured pages − pages) · page size',
    substituted: `(${put(pool?.configuredPages ?? 0)} − ${put(pool?.pages ?? 0)}) · ${put(pool?.pageBytes ?? 0)}`,
    source: 'mm/hugetlb.c: a pool is set aside, used or not',
  }
  return [
    {
      path: `advice.${id}.wonBytes`,
      ...(action === 'resize-pool' ? idle : saving),
      value: wonBytes,
      unit: 'bytes',
    },
    {
      path: `advice.${id}.pageTableBytes`,
      meaning: 'page tables once it is done',
      formula: action === 'pooler' ? 'pageTables.bytes with fewer processes' : 'pageTables.bytes',
      substituted: put(pageTableBytes),
      value: pageTableBytes,
      unit: 'bytes',
      source: action === 'pooler' ? 'a plan with so many processes' : 'explained with the strategy',
    },
  ]
}

function explainPool(
  { id }: Advice,
  { pageBytes, pages, paddingPages, configuredPages, nodePages, recipe }: PoolAdvice,
): readonly Explanation[] {
  const root = `advice.${id}.pools.${pageBytes}`
  const source = 'mm/hugetlb.c hugetlb_reserve_pages()'
  const of = (
    key: string,
    meaning: string,
    formula: string,
    substituted: string,
    value: number,
    from: string = source,
  ): Explanation => ({
    path: `${root}.${key}`,
    meaning: `${meaning}, of ${put(pageBytes)} B`,
    formula,
    substituted,
    value,
    unit: 'pages',
    source: from,
  })
  const split = 'the whole number split evenly; the first nodes take what is left over'
  return [
    of(
      'pages',
      'the whole pool to configure',
      'pages that regions reserve + padding',
      `${put(pages - paddingPages)} + ${put(paddingPages)}`,
      pages,
    ),
    of(
      'paddingPages',
      'pages because each object begins on a page of its own',
      'Σ regions: objects · ⌈bytes of an object / page⌉ − ⌈bytes / page⌉',
      put(paddingPages),
      paddingPages,
      'ipc/shm.c newseg(), fs/hugetlbfs/inode.c',
    ),
    of(
      'configuredPages',
      'the pool as described',
      'given',
      put(configuredPages),
      configuredPages,
      'scenario, host.hugepages',
    ),
    ...(nodePages ?? []).map((own, node) =>
      of(
        `nodePages.${node}`,
        `part of node ${node}`,
        split,
        `${put(pages)} over ${put(nodePages?.length ?? 0)}`,
        own,
        'Documentation/admin-guide/mm/hugetlbpage.rst: nr_hugepages of each node',
      ),
    ),
    ...(recipe === undefined
      ? []
      : [
          of(
            'recipe.pages',
            'what hugepages_settings.sh says',
            'Σ segments of a page or more: ⌊bytes / page⌋ + 1',
            put(recipe.pages),
            recipe.pages,
            'My Oracle Support 401749.1; older versions add one more',
          ),
          of(
            'recipe.segments',
            'SysV segments that it counts',
            'Σ objects of SysV regions, what is on huge pages in /dev/shm taken for SysV',
            put(recipe.segments),
            recipe.segments,
            'ipcs -m',
          ),
          of(
            'recipe.difference',
            'its number less ours',
            'recipe − pages',
            `${put(recipe.pages)} − ${put(pages)}`,
            recipe.difference,
            'one page for each segment, needed or not; memory that is not SysV is not seen',
          ),
        ]),
  ]
}

function explainAction(workload: Workload, each: Advice): readonly Explanation[] {
  const root = `advice.${each.id}`
  switch (each.action) {
    case 'huge-pages':
      return explainHugePages(workload, each, root)
    case 'pooler':
      return [
        {
          path: `${root}.processes`,
          meaning: `processes of group ${each.group} as described`,
          formula: 'given',
          substituted: put(each.processes),
          value: each.processes,
          unit: 'processes',
          source: 'scenario, groups.*.processes',
        },
        {
          path: `${root}.safeProcesses`,
          meaning: `the most processes of group ${each.group} at which the risk is safe`,
          formula: 'the largest n whose plan is safe; n + 1 is not',
          substituted: `${put(each.safeProcesses)} is safe, ${put(each.safeProcesses + 1)} is not`,
          value: each.safeProcesses,
          unit: 'processes',
          source: 'bisection on the model itself, other groups as they are',
        },
      ]
    case 'mshare':
      return each.windows.flatMap(({ name, windowBytes, alignmentBytes }) => [
        {
          path: `${root}.windows.${name}.windowBytes`,
          meaning: 'address space of the window (proposed)',
          formula: '⌈bytes / alignment⌉ · alignment',
          substituted: `${put(windowBytes / alignmentBytes)} · ${put(alignmentBytes)}`,
          value: windowBytes,
          unit: 'bytes',
          source: 'mshare v3 00/22: size and address are multiples of P4D_SIZE',
        },
        {
          path: `${root}.windows.${name}.alignmentBytes`,
          meaning: 'what the address and the size of the window are multiples of (proposed)',
          formula: 'reach of one pud table',
          substituted: put(alignmentBytes),
          value: alignmentBytes,
          unit: 'bytes',
          source: 'mshare v3 00/22; RFC 0/6: one pgd entry with 4 levels',
        },
      ])
    case 'transparent-huge-pages':
    case 'resize-pool':
      return []
  }
}

function explainHugePages(
  { regions, host: { layout } }: Workload,
  { regions: pooled, sysv, memlockBytes, pageBytes }: HugePagesAdvice,
  root: string,
): readonly Explanation[] {
  const isSegment = (name: string): boolean =>
    pooled.some(
      (on) => on.name === name && (on.backing === 'sysv-shm' || on.backing === 'posix-shm'),
    )
  const segments = regions.filter(({ name, backing }) => backing === 'sysv-shm' || isSegment(name))
  return [
    ...pooled.map(
      ({ name, pages }): Explanation => ({
        path: `${root}.regions.${name}.pages`,
        meaning: `huge pages that the region reserves, of ${put(pageBytes)} B`,
        formula: 'objects · ⌈bytes of an object / page⌉; private memory in each process',
        substituted: put(pages),
        value: pages,
        unit: 'pages',
        source: 'mm/hugetlb.c hugetlb_reserve_pages()',
      }),
    ),
    ...(sysv === undefined
      ? []
      : [
          {
            path: `${root}.sysv.shmmaxBytes`,
            meaning: 'the largest SysV segment',
            formula: 'max ⌈bytes / objects⌉',
            substituted: `max(${segments.map((region) => put(objectBytes(region))).join(', ')})`,
            value: sysv.shmmaxBytes,
            unit: 'bytes',
            source: 'ipc/shm.c newseg(): EINVAL above shmmax; default ULONG_MAX − 2^24',
          },
          added(
            `${root}.sysv.shmallPages`,
            'all SysV segments, in base pages',
            'Σ objects · ⌈bytes of an object / base page⌉',
            segments.map(
              (region) =>
                `${put(region.objects)} · ${put(Math.ceil(objectBytes(region) / layout.pageBytes))}`,
            ),
            sysv.shmallPages,
            'pages',
            'ipc/shm.c newseg(): ENOSPC above shmall; default ULONG_MAX − 2^24',
          ),
        ]),
    ...(memlockBytes === undefined
      ? []
      : [
          {
            path: `${root}.memlockBytes`,
            meaning: 'what one user has to be able to lock; the lines say it in kB',
            formula: 'SysV segments on huge pages, whole pages + locked regions + lockedPrivate',
            substituted: put(memlockBytes),
            value: memlockBytes,
            unit: 'bytes',
            source:
              'mm/mlock.c user_shm_lock(); before Linux 5.16 also hugetlb_file_setup() (mm,hugetlb: remove mlock ulimit for SHM_HUGETLB)',
          },
        ]),
  ]
}
