import { poolsInUse } from '../../host/pools.ts'
import { isRefused, isShort, poolNeeds } from '../../sharing/pools/needs.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import type { Advising } from '../advice/advice.ts'
import { sparePages } from '../advice/pools.ts'
import { knownSizes } from '../advice/sizes.ts'
import type { Finding } from '../result/finding.ts'
import { found } from '../result/finding.ts'
import type { PlannedStrategy } from '../result/result.ts'
import type { Planned } from '../strategy/strategy-result.ts'

/** What to know of huge pages: pools that do not fit, tables that are linked, what they save today. */
export function hugePageFindings(
  workload: Workload,
  planned: readonly Planned[],
  assumptions: readonly Assumption[],
  advising: Advising,
): readonly Finding[] {
  const described = planned.some(({ named }) => named.kind === 'described')
  return [
    ...(described ? [...shortages(workload), ...strandedPages(workload, assumptions)] : []),
    ...planned.flatMap(oversizedPools),
    ...planned.flatMap(linkedTables),
    ...today(
      planned.map(({ result }) => result),
      advising,
    ),
  ]
}

function shortages(workload: Workload): readonly Finding[] {
  return poolNeeds(workload)
    .filter((need) => need.asks && isShort(need))
    .map((need) => ({
      ...found('pool-too-small', isRefused(need) ? 'error' : 'warning'),
      strategy: 'as-described',
      region: need.region.name,
      pageBytes: need.region.pageBytes,
      neededPages: need.pages,
      poolPages: need.available,
      ...(need.granted === 0 ? {} : { takenPages: need.granted }),
      fallback: need.region.fallback,
    }))
}

/**
 * Pages of a pool that no region reserves, those of an unused size included; none where the
 * advice would leave them there, for what programs may take beyond their need.
 */
function strandedPages(workload: Workload, assumptions: readonly Assumption[]): readonly Finding[] {
  const { keptPages } = knownSizes(workload, assumptions)
  const short = poolNeeds(workload).filter((need) => need.asks && isShort(need))
  return poolsInUse(workload)
    .filter(
      ({ pageBytes, usedPages, strandedPages: idle }) =>
        idle > (usedPages === 0 ? 0 : sparePages(workload, pageBytes) + keptPages(pageBytes)),
    )
    .map(({ pageBytes, strandedPages: pages }) => {
      const bytes = pages * pageBytes
      const isSmall = bytes * 100 < workload.host.memory
      const waiting = short.find(({ region }) => region.pageBytes === pageBytes)?.region.name
      return {
        ...found('stranded-huge-pages', isSmall ? 'note' : 'warning'),
        strategy: 'as-described',
        pageBytes,
        pages,
        bytes,
        ...(waiting === undefined ? {} : { waiting }),
        ...(isSmall ? { small: true } : {}),
      }
    })
}

/** Pools that memory does not hold: the kernel sets aside as many pages as it finds, and no more. */
function oversizedPools({ result, poolSetup }: Planned): readonly Finding[] {
  const poolBytes = [...poolSetup.pools, ...poolSetup.missing].reduce(
    (sum, pool) => sum + pool.pageBytes * pool.count,
    0,
  )
  const roomBytes = result.memory.capacityBytes + poolBytes
  if (poolBytes === 0 || roomBytes >= poolBytes) return []
  return [
    {
      ...found('pool-exceeds-memory', 'error'),
      strategy: result.id,
      poolBytes,
      roomBytes,
    },
  ]
}

/** Tables that hugetlb shares: once in PageTables, in the VmPTE of everybody who links to them. */
function linkedTables({ result, arranged, bill }: Planned): readonly Finding[] {
  const { shared, spaces } = arranged.arrangement
  let [tables, counted, tableBytes] = [0, 0, 0]
  shared.forEach(({ kind, copies = 1 }, index) => {
    for (const { level, total } of kind === 'linked' ? (bill.shared[index] ?? []) : []) {
      tables += copies * total.expected
      if (total.most > 0) tableBytes = level.tableBytes
    }
  })
  bill.spaces.forEach((levels, g) => {
    const processes = spaces[g]?.processes ?? 0
    for (const { linked } of levels) counted += processes * linked.expected
  })
  if (tables === 0) return []
  return [
    {
      ...found('linked-tables', 'note'),
      strategy: result.id,
      tables: Math.round(tables),
      counted: Math.round(counted),
      overstatedBytes: Math.round((counted - tables) * tableBytes),
    },
  ]
}

/** Half of the page tables as described, or more, gone with huge pages that are advised. */
function today(planned: readonly PlannedStrategy[], { advice }: Advising): readonly Finding[] {
  const described = planned.find(({ id }) => id === 'as-described')
  const huge = advice.find(({ action }) => action === 'huge-pages')
  if (described === undefined || huge?.action !== 'huge-pages') return []
  const describedTableBytes = huge.pageTableBytes + huge.savedBytes
  if (huge.pageTableBytes * 2 > describedTableBytes) return []
  // The figure of the strategy, which people see beside it: advice plans with a reserve of huge pages.
  const row = planned.find(({ id }) => id === huge.strategy)
  const hugeTableBytes = row?.pageTables.bytes ?? huge.pageTableBytes
  const mshareTableBytes = planned.find(({ id }) => id === 'mshare')?.pageTables.bytes
  return [
    {
      ...found('huge-pages-do-it-today', 'note'),
      hugePageBytes: huge.pageBytes,
      hugeTableBytes,
      describedTableBytes,
      ...(mshareTableBytes === undefined ? {} : { mshareTableBytes }),
    },
  ]
}
