import { isInPool } from '../../sharing/pools/requests.ts'
import type { Workload } from '../../workload/workload.ts'
import { programRules } from '../programs/catalogue.ts'
import type { Advice, OnHugePages, Setting } from '../result/advice-result.ts'
import type { Candidate } from './candidate.ts'
import { changesOf } from './changes.ts'
import { defaultPageBytes, poolSettings, poolsToConfigure } from './pool-advice.ts'
import { podSettings, podsOf, pooledOf, settingsOfPrograms } from './pooled.ts'
import { overheadPages, sparePages } from './pools.ts'
import type { KnownSizes } from './sizes.ts'
import type { Started } from './start.ts'
import type { State } from './state.ts'

/** What a candidate is published against. */
export interface Publishing {
  readonly described: Workload
  /** Without mshare. */
  readonly workload: Workload
  readonly today: State
  readonly sizes: KnownSizes
  readonly numaNodes: number | undefined
}

/** A candidate with its figures, the keys of the scenario that it changes, and its lines. */
export function published(
  candidate: Candidate,
  purpose: Advice['purpose'],
  about: Publishing,
): Advice {
  const { id, action, after, efforts, huge } = candidate
  const { workload, today, described, sizes } = about
  const onHugePages =
    huge === undefined ? undefined : pooledOf(workload, huge, after.workload, sizes)
  const pools = poolsToConfigure(
    workload,
    after.workload,
    (pageBytes) => sparePages(after.workload, pageBytes),
    about.numaNodes,
  )
  const isAboutPools = action === 'resize-pool' || huge !== undefined
  const changed = pools.filter(({ pages, configuredPages }) => pages !== configuredPages)
  const listed = (isAboutPools ? pools : changed).map((pool) => {
    const overhead =
      action === 'resize-pool' ? overheadPages(workload, after.workload, pool.pageBytes, sizes) : 0
    return overhead === 0 ? pool : { ...pool, overheadPages: overhead }
  })
  const { memory, pageTables, risk } = after.outcome
  const before = today.outcome
  const common = {
    id,
    action,
    status: 'mainline',
    purpose,
    savedBytes: before.pageTables.bytes - pageTables.bytes,
    pageTableBytes: pageTables.bytes,
    headroomBytes: memory.headroomBytes,
    addedHeadroomBytes: memory.headroomBytes - before.memory.headroomBytes,
    riskLevel: risk.level,
    pools: listed,
    ...(after.overcommit === undefined ? {} : { overcommit: after.overcommit }),
    efforts,
    changes: changesOf(described, after.workload),
    settings: [
      ...poolLines(about, candidate, listed),
      ...commitSettings(after),
      ...(onHugePages === undefined ? [] : settingsOfPrograms(workload, onHugePages)),
      ...candidate.settings,
      ...(action === 'resize-pool' ? asking(after.workload) : []),
      ...podSettings(podsFor(candidate, onHugePages)),
    ],
  }
  const nested = onHugePages === undefined ? {} : { onHugePages }
  const own = action === 'huge-pages' ? onHugePages : nested
  // Each action brings the part that only it has.
  return { ...common, ...candidate.about, ...own } as Advice
}

/** Programs may need these pages as the default size: then vm.nr_hugepages means them. */
function poolLines(
  { workload }: Publishing,
  { huge }: Candidate,
  pools: Advice['pools'],
): readonly Setting[] {
  const usual = defaultPageBytes(workload.host.layout)
  const isUsual = huge === undefined || huge.huge.bytes === usual
  return poolSettings(pools, workload, isUsual ? usual : undefined)
}

function podsFor({ action, after }: Candidate, onHugePages: OnHugePages | undefined) {
  if (onHugePages !== undefined) return onHugePages.pods ?? []
  if (action !== 'resize-pool') return []
  const { workload } = after
  return podsOf(
    workload,
    workload.regions.filter((region) => isInPool(region, workload)),
  )
}

/** How to ask the programs that a pool is for; none where it is for none. */
function asking(workload: Workload): readonly Setting[] {
  const pooled = workload.regions.filter((region) => isInPool(region, workload))
  return [...new Set(pooled.map(({ program }) => program))].flatMap((program) => {
    const regions = pooled.filter((region) => region.program === program)
    const pageBytes = Math.max(...regions.map((region) => region.pageBytes))
    const setting = programRules[program].ask?.({ regions, pageBytes })
    return setting === undefined ? [] : [setting]
  })
}

/** vm.overcommit_ratio counts in mode 2 only; a limit in kB (vm.overcommit_kbytes) sets it to 0. */
function commitSettings({ overcommit }: Started): readonly Setting[] {
  if (overcommit === undefined) return []
  const { mode, ratio = 0 } = overcommit
  const lines = mode === 'never' ? [`vm.overcommit_ratio = ${ratio}`] : ['vm.overcommit_memory = 1']
  return [{ kind: 'overcommit', place: '/etc/sysctl.d/99-overcommit.conf', lines }]
}
