import type { Advice, PoolAdvice } from '../result/advice-result.ts'
import type { Explanation } from '../result/explanation.ts'
import { numbersOfPool, put } from './formula.ts'

/** Every number of a pool that is advised. */
export function explainPool(
  { id }: Advice,
  {
    pageBytes,
    pages,
    paddingPages,
    sparePages,
    overheadPages,
    configuredPages,
    nodePages,
    recipe,
  }: PoolAdvice,
): readonly Explanation[] {
  const path = `advice.${id}.pools.${pageBytes}`
  const unit = `of ${put(pageBytes)} B`
  const of = numbersOfPool(path, unit, 'mm/hugetlb.c hugetlb_reserve_pages()')
  const split = 'the whole number split evenly; the first nodes take what is left over'
  return [
    of(
      'pages',
      'the whole pool to configure',
      'pages that regions reserve without padding + padding + spare pages',
      `${put(pages - paddingPages - sparePages)} + ${put(paddingPages)} + ${put(sparePages)}`,
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
      'sparePages',
      'pages that programs may take beyond what their regions reserve',
      'MariaDB: 3, where its pool has to begin at a multiple of 8 MiB',
      put(sparePages),
      sparePages,
      'storage/innobase/buf/buf0buf.cc buf_pool_t::create(), measured on 10.11.19',
    ),
    ...(overheadPages === undefined
      ? []
      : [
          of(
            'overheadPages',
            'of these, for what programs ask for beyond the sizes that are written: at most',
            'by the rules of each program: docs/model/plan.md',
            put(overheadPages),
            overheadPages,
            'PostgreSQL: CalculateShmemSize() of src/backend/storage/ipc/ipci.c',
          ),
        ]),
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
            'Σ objects of SysV regions',
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
