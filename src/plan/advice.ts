import { riskOf, worstOf } from '../host/risk.ts'
import { windowAlignment } from '../sharing/mshare-placement.ts'
import { isInPool } from '../sharing/pool-requests.ts'
import type { Region, RiskLevel, Workload } from '../workload/workload.ts'
import { riskLevels } from '../workload/workload.ts'
import type {
  Advice,
  AdvisedRegion,
  MshareNeed,
  NotAdvised,
  PoolAdvice,
  ResizePoolAdvice,
} from './advice-result.ts'
import type { Attempt } from './attempts.ts'
import { isPlanned } from './attempts.ts'
import { defaultPageBytes, poolSettings, poolsToConfigure, regionsInPool } from './pool-advice.ts'
import { poolerFor } from './pooler.ts'
import {
  memlockOf,
  programSettings,
  sysvLimits,
  transparentPageSettings,
} from './program-settings.ts'
import { refusalIn } from './stops.ts'
import type { Planned } from './strategy-result.ts'

/** What to do, by the bytes it wins, and what not to do. */
export interface Advising {
  readonly advice: readonly Advice[]
  readonly notAdvised: readonly NotAdvised[]
}

/**
 * Advice against the workload as described, from the strategies that were planned; none where
 * as-described was not. What the workload cannot start without comes first, then what wins most.
 * @param numaNodes split pools over so many nodes.
 */
export function adviceOn(
  workload: Workload,
  attempts: readonly Attempt[],
  numaNodes?: number,
): Advising {
  const described = attempts.filter(isPlanned).find(({ result }) => result.id === 'as-described')
  if (described === undefined) return { advice: [], notAdvised: [] }
  const pooler = poolerFor(workload, described)
  const judged = [
    ...attempts.flatMap((attempt) => onStrategy(attempt, described, numaNodes)),
    ...(pooler === undefined ? [] : [pooler]),
    ...onPools(workload, described, numaNodes),
  ]
  const advice = judged.filter((each): each is Advice => 'wonBytes' in each)
  return {
    advice: advice.toSorted((a, b) => urgency(b) - urgency(a) || b.wonBytes - a.wonBytes),
    notAdvised: judged.filter((each): each is NotAdvised => 'reason' in each),
  }
}

/** 1 where the workload cannot start without it: pages that are missing from a pool. */
function urgency({ action, pools }: Advice): number {
  const grows = pools.some(({ pages, configuredPages }) => pages > configuredPages)
  return action === 'resize-pool' && grows ? 1 : 0
}

/** What a strategy is advised as; the others are no administrator's choice. */
function actionOf(id: string): Advice['action'] | undefined {
  if (id.startsWith('hugetlb-')) return 'huge-pages'
  if (id.startsWith('thp-')) return 'transparent-huge-pages'
  return id === 'mshare' ? 'mshare' : undefined
}

function onStrategy(
  attempt: Attempt,
  described: Planned,
  numaNodes: number | undefined,
): readonly (Advice | NotAdvised)[] {
  const { id, status } = attempt.result
  const action = actionOf(id)
  if (action === undefined) return []
  const about = { id, action, status } as const
  if (!isPlanned(attempt)) return [{ ...about, reason: 'refused' }]
  const needed = new Map(attempt.means.pools.map((pool) => [pool.pageBytes, pool.count]))
  const pools = poolsToConfigure(needed, attempt.arranged.workload, numaNodes)
  const outcome = outcomeOf(attempt, described)
  const reason = objection(attempt, described, outcome)
  if (reason !== undefined) return [{ ...about, reason }]
  const { wonBytes, riskLevel } = outcome
  const changed = pools.filter(({ pages, configuredPages }) => pages !== configuredPages)
  const pageTableBytes = attempt.result.pageTables.bytes
  const won = {
    id,
    status,
    strategy: id,
    wonBytes,
    pageTableBytes,
    riskLevel,
    pools: action === 'huge-pages' ? pools : changed,
  }
  return [detailed(action, won, attempt, described)]
}

type Won = Omit<Extract<Advice, { readonly strategy: string }>, 'action' | 'settings'>

function detailed(
  action: Advice['action'],
  won: Won,
  planned: Planned,
  described: Planned,
): Advice {
  const { workload } = planned.arranged
  const usual = defaultPageBytes(workload.host.layout)
  const settings = poolSettings(won.pools, workload, usual)
  if (action === 'mshare') return { ...won, action, windows: windowsOf(planned), settings }
  if (action === 'transparent-huge-pages') {
    const regions = workload.regions.filter(
      ({ thp }, index) => thp && described.arranged.workload.regions[index]?.thp !== true,
    )
    const lines = transparentPageSettings(regions)
    return { ...won, action, regions: regions.map(named), settings: [...lines, ...settings] }
  }
  const pageBytes = hugePageOf(won.id, workload)
  const regions = workload.regions.filter(
    (region) => region.pageBytes === pageBytes && isInPool(region, workload),
  )
  const sysv = sysvLimits(workload, regions)
  const memlockBytes = memlockOf(workload, regions)
  return {
    ...won,
    action: 'huge-pages',
    pageBytes,
    regions: regionsInPool(workload, pageBytes),
    ...(sysv === undefined ? {} : { sysv }),
    ...(memlockBytes === undefined ? {} : { memlockBytes }),
    settings: [
      // Programs may need these pages as the default size: then vm.nr_hugepages means them.
      ...poolSettings(won.pools, workload, pageBytes === usual ? usual : undefined),
      ...programSettings(workload, regions, pageBytes, sysv, memlockBytes),
    ],
  }
}

function named({ name, backing }: Region): AdvisedRegion {
  return { name, backing }
}

function hugePageOf(id: string, { host: { layout } }: Workload): number {
  const size = layout.hugePages.find(({ label }) => id === `hugetlb-${label}`)
  if (size === undefined) throw new RangeError(`no huge page of ${id}`)
  return size.bytes
}

interface Outcome {
  readonly wonBytes: number
  readonly riskLevel: RiskLevel
  /** What the pools leave of memory. */
  readonly capacityBytes: number
}

function outcomeOf(planned: Planned, described: Planned): Outcome {
  return {
    wonBytes: described.result.pageTables.bytes - planned.result.pageTables.bytes,
    capacityBytes: planned.result.memory.capacityBytes,
    riskLevel: planned.result.risk.level,
  }
}

/** The level with more or less memory for everybody than was planned with. */
function levelWith({ result, arranged }: Planned, moreBytes: number): RiskLevel {
  const { memory, risk } = result
  const { host } = arranged.workload
  const hostLevel = riskOf({
    capacityBytes: memory.capacityBytes + moreBytes,
    demandBytes: memory.demandBytes,
    unswappableBytes: risk.unswappableBytes,
    of: host.memory,
    swapBytes: host.swap,
  })
  return worstOf([hostLevel, ...risk.cgroups.map(({ level }) => level)])
}

function objection(
  planned: Planned,
  described: Planned,
  { wonBytes, riskLevel, capacityBytes }: Outcome,
): NotAdvised['reason'] | undefined {
  if (planned.means.pools.length > 0 && capacityBytes < 0) return 'pool-does-not-fit'
  if (wonBytes <= 0) return 'wins-nothing'
  if (refusalIn(planned.result.memory) !== undefined) return 'commit-refused'
  const { workload } = described.arranged
  const inPool = workload.regions.some((region) => isInPool(region, workload))
  if (planned.result.id.startsWith('thp-') && inPool) return 'hugetlb-in-use'
  const worse = riskLevels.indexOf(riskLevel) > riskLevels.indexOf(described.result.risk.level)
  return worse ? 'risk-worse' : undefined
}

function windowsOf({ arranged, result }: Planned): readonly MshareNeed[] {
  const { workload, windows } = arranged
  const { layout } = workload.host
  return windows.flatMap((window) => {
    const region = workload.regions[window.region]
    const { mshare } = result.regions[window.region] ?? {}
    if (region === undefined || mshare === undefined) return []
    return [
      {
        ...named(region),
        windowBytes: mshare.size,
        alignmentBytes: windowAlignment(layout) * layout.pageBytes,
        owner: mshare.owner,
        mode: mshare.mode,
      },
    ]
  })
}

/** Pools as described that are too large, or too small for what may not go on without. */
function onPools(
  workload: Workload,
  described: Planned,
  numaNodes: number | undefined,
): readonly (ResizePoolAdvice | NotAdvised)[] {
  const { result } = described
  const needed = new Map(
    result.memory.pools.map(({ pageBytes, pages, usedPages, missingPages }) => [
      pageBytes,
      missingPages > 0 ? pages + missingPages : usedPages,
    ]),
  )
  return poolsToConfigure(needed, workload, numaNodes)
    .filter(({ pages, configuredPages }) => pages !== configuredPages)
    .map((pool) => resized(pool, described))
}

function resized(pool: PoolAdvice, described: Planned): ResizePoolAdvice | NotAdvised {
  const { result, arranged } = described
  const { pageBytes, pages, configuredPages } = pool
  const { hugePages } = arranged.workload.host.layout
  const label = hugePages.find(({ bytes }) => bytes === pageBytes)?.label ?? `${pageBytes}b`
  const { status } = result
  const about = { id: `resize-pool-${label}`, action: 'resize-pool', status } as const
  const wonBytes = Math.max(0, configuredPages - pages) * pageBytes
  // The pool as described is taken off already, what is missing with it.
  if (result.memory.capacityBytes + wonBytes < 0) return { ...about, reason: 'pool-does-not-fit' }
  return {
    ...about,
    pageBytes,
    wonBytes,
    pageTableBytes: result.pageTables.bytes,
    riskLevel: levelWith(described, wonBytes),
    pools: [pool],
    settings: poolSettings(
      [pool],
      arranged.workload,
      defaultPageBytes(arranged.workload.host.layout),
    ),
  }
}
