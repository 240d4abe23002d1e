import { poolsNeeded } from '../../host/pools.ts'
import { arrangedBy } from '../../sharing/arranged.ts'
import type { NamedStrategy } from '../../sharing/catalogue.ts'
import { strategyOf } from '../../sharing/catalogue.ts'
import { convertRegions } from '../../sharing/convert-regions.ts'
import { withFreeAddresses } from '../../sharing/free-addresses.ts'
import type { Arranged, RegionObstacle } from '../../sharing/strategy.ts'
import { writeKernel } from '../../units/kernel-version.ts'
import { bytes, within53Bits } from '../../units/quantity.ts'
import { sum, sumBy } from '../../units/sum.ts'
import type { Group } from '../../workload/group.ts'
import type { Named } from '../../workload/identity.ts'
import { identityOf } from '../../workload/identity.ts'
import type { Measured } from '../../workload/measured.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import { publishHost } from '../result/host-result.ts'
import { tool } from '../result/tool.ts'
import type {
  ForecastOutcome,
  GroupMatch,
  PoolOutcome,
  RegionOutcome,
  VerifyResult,
} from '../result/verify-result.ts'
import { identityOf as identityOfStrategy } from '../strategy/strategy-result.ts'
import { plannedEach } from './forecast.ts'
import { asFound, countersOf } from './forecast-counters.ts'
import type { GroupFound } from './match-groups.ts'
import { matchGroups } from './match-groups.ts'
import type { PoolCounts } from './region-outcomes.ts'
import { regionOutcomes } from './region-outcomes.ts'
import type { CauseBounds } from './residual-causes.ts'
import { boundsOf } from './residual-causes.ts'
import { hasMeasurement, heldAgainst } from './verify.ts'

/** A machine as it is now, after the change that was planned. */
export interface MachineNow {
  /** What a capture makes of it, with its measurement. */
  readonly workload: Workload
  /** Huge-page pools, as far as the machine says how they are used. */
  readonly pools: readonly PoolCounts[]
}

/** The comparison of a forecast with a machine, or why there is none. */
export type ForecastVerified =
  | { readonly ok: true; readonly result: VerifyResult }
  | { readonly ok: false; readonly fault: ForecastFault }

/** Why a forecast cannot be held against a machine. */
export type ForecastFault =
  /** Its page tables have another shape. */
  | { readonly kind: 'layout'; readonly planned: string; readonly found: string }
  /** The layout has no strategy of that id. */
  | { readonly kind: 'unknown-strategy' }
  /** The strategy changes nothing in this scenario. */
  | { readonly kind: 'obstacles'; readonly obstacles: readonly RegionObstacle[] }
  /** The machine says neither PageTables nor VmPTE. */
  | { readonly kind: 'not-measured' }

/**
 * Holds a strategy of a forecast against a machine on which it should have come true. Groups are
 * found by name, else by command, and planned with as many processes as run, on the kernel that runs.
 * @param id the strategy, as `hugetlb-2m`.
 * @throws QuantityError when a number passes 2^53 − 1.
 */
export function verifyForecast(
  forecast: Workload,
  id: string,
  machine: MachineNow,
  named: Named,
): ForecastVerified {
  const { layout } = forecast.host
  const now = machine.workload
  const strategy = strategyOf(layout, id)
  if (strategy === undefined) return { ok: false, fault: { kind: 'unknown-strategy' } }
  if (layout.id !== now.host.layout.id) {
    const fault = { kind: 'layout', planned: layout.id, found: now.host.layout.id } as const
    return { ok: false, fault }
  }
  const { measured } = now
  if (measured === undefined || !hasMeasurement(now)) {
    return { ok: false, fault: { kind: 'not-measured' } }
  }
  const groups = matchGroups(forecast, now)
  const counters = countersOf(groups, measured)
  const seen = asFound(forecast, now, counters, groups, strategy)
  const arranged = arrangedBy(strategy, seen)
  if (!arranged.applies) {
    return { ok: false, fault: { kind: 'obstacles', obstacles: arranged.obstacles } }
  }
  const regions = regionOutcomes({
    forecast,
    arranged: arranged.workload,
    machine: now,
    pools: machine.pools,
    matches: groups,
  })
  const matches = groups.map((group) => matchOf(group, counters, arranged))
  const outcome: ForecastOutcome = {
    strategy: { ...identityOfStrategy(strategy), status: strategy.status },
    holds: regions.every(({ holds }) => holds) && matches.every(isAsPlanned),
    ...kernelTold(forecast, now),
    matches,
    otherGroups: othersOf(now, groups),
    regions,
    pools: poolOutcomes(strategy, arranged, machine),
  }
  return {
    ok: true,
    result: resultOf({ forecast, seen, arranged, strategy, counters, outcome }, named),
  }
}

function matchOf(group: GroupFound, { groups }: Measured, arranged: Arranged): GroupMatch {
  const running = groups.find(({ name }) => name === group.name)
  const planned = arranged.workload.groups.map(({ name }, g) =>
    name === group.name ? (arranged.arrangement.spaces[g]?.processes ?? 0) : 0,
  )
  return { ...group, processes: running?.processes ?? 0, plannedProcesses: sum(planned) }
}

function isAsPlanned({ found, processes, plannedProcesses }: GroupMatch): boolean {
  return found.length > 0 && processes === plannedProcesses
}

interface Verifying {
  readonly forecast: Workload
  readonly seen: Workload
  readonly arranged: Arranged
  readonly strategy: NamedStrategy
  readonly counters: Measured
  readonly outcome: ForecastOutcome
}

function resultOf(
  { forecast, seen, arranged, strategy, counters, outcome }: Verifying,
  named: Named,
): VerifyResult {
  const changes = changesOfPages(seen, arranged, outcome.regions)
  const bases = baseTablesOf(seen, arranged)
  return {
    schema: 'mshare-plan/verify/1',
    tool,
    scenario: identityOf(forecast, named),
    host: publishHost(seen.host),
    forecast: outcome,
    ...heldAgainst({
      seen,
      measured: counters,
      baseBytes: bases,
      scenario: forecast,
      arrange: (workload) => arrangedBy(strategy, workload),
      beside: (index, baseBytes) => [
        ...(changes[index] ?? []),
        ...ownTablesBounds(counters, seen.groups[index], baseBytes),
      ],
    }),
  }
}

/** As arranged: threads of one process have the program's tables once. */
function baseTablesOf(
  { groups }: Workload,
  { workload, arrangement }: Arranged,
): readonly number[] {
  return groups.map(({ name }) =>
    within53Bits(
      sum(
        workload.groups.map((group, g) =>
          group.name === name ? (arrangement.spaces[g]?.processes ?? 0) * group.baseTables : 0,
        ),
      ),
      'base tables',
    ),
  )
}

function kernelTold(forecast: Workload, now: Workload): Pick<ForecastOutcome, 'plannedKernel'> {
  const [planned, found] = [writeKernel(forecast.host.kernel), writeKernel(now.host.kernel)]
  return planned === found ? {} : { plannedKernel: planned }
}

function othersOf(now: Workload, matches: readonly GroupFound[]): readonly string[] {
  const all = new Set(matches.flatMap(({ found }) => found))
  return now.groups.flatMap(({ name }) => (all.has(name) ? [] : [name]))
}

function poolOutcomes(
  { kind }: NamedStrategy,
  arranged: Arranged,
  { workload, pools }: MachineNow,
): readonly PoolOutcome[] {
  const { hugepages, layout } = workload.host
  const planned =
    kind === 'described' ? arranged.workload.host.hugepages : poolsNeeded(arranged.workload)
  return layout.hugePages.flatMap(({ bytes: pageBytes }): readonly PoolOutcome[] => {
    const pagesIn = (all: typeof planned): number =>
      sumBy(all, (pool) => (pool.pageBytes === pageBytes ? pool.count : 0))
    const [plannedPages, pages] = [pagesIn(planned), pagesIn(hugepages)]
    if (plannedPages + pages === 0) return []
    const counts = pools.find((pool) => pool.pageBytes === pageBytes)
    const use =
      counts === undefined
        ? {}
        : { usedPages: counts.total - counts.free, reservedPages: counts.reserved }
    return [{ pageBytes, plannedPages, pages, ...use }]
  })
}

/** What the pages that were found make of the VmPTE of each group, against those that were planned. */
function changesOfPages(
  seen: Workload,
  arranged: Arranged,
  outcomes: readonly RegionOutcome[],
): readonly (readonly CauseBounds[])[] {
  const wrong = new Map(
    outcomes.flatMap(({ name, holds, found: [first] }) =>
      holds || first === undefined ? [] : [[name, first] as const],
    ),
  )
  if (wrong.size === 0) return []
  const asTheyAre = (region: Region): Region => {
    const pages = wrong.get(region.name)
    if (pages !== undefined) {
      return { ...region, pageBytes: bytes(pages.pageBytes), thp: pages.thp }
    }
    const planned = arranged.workload.regions.find(({ name }) => name === region.name) ?? region
    return { ...region, pageBytes: planned.pageBytes, thp: planned.thp }
  }
  const planned = plannedEach(seen, () => arranged)
  const found = plannedEach(seen, (workload) =>
    convertRegions(withFreeAddresses(workload), asTheyAre),
  )
  return seen.groups.map(({ maps, processes }, g) => {
    const [before, after] = [planned[g], found[g]]
    if (before === undefined || after === undefined) return []
    if (!maps.some(({ region }) => wrong.has(region))) return []
    const least = Math.floor(processes * (after.least - before.most))
    const most = Math.ceil(processes * (after.most - before.least))
    return [
      boundsOf('other-pages', within53Bits(least, sumOfVmPte), within53Bits(most, sumOfVmPte)),
    ]
  })
}

const sumOfVmPte = 'sum of VmPTE'

function ownTablesBounds(
  { groups }: Measured,
  group: Group | undefined,
  baseBytes: number,
): readonly CauseBounds[] {
  const own = groups.find(({ name }) => name === group?.name)?.ownTables
  if (own === undefined) return []
  return [boundsOf('own-tables', own.least - baseBytes, own.most - baseBytes)]
}
