import { pagesMissing } from '../../sharing/pools/needs.ts'
import type { Workload } from '../../workload/workload.ts'
import type { CommitAdvice } from '../result/advice-result.ts'
import { refusalIn } from '../result/refusal.ts'
import { pagesConfigured } from './pool-advice.ts'
import { reservedPages } from './pools.ts'
import type { State } from './state.ts'
import { stateOf, withPool } from './state.ts'

/** A state that starts, and what the kernel had to promise for it. */
export interface Started extends State {
  readonly overcommit?: CommitAdvice
}

/**
 * What keeps a workload from starting, put right: pools that are too small for what may not go on
 * without, then what the kernel promises.
 * @returns `undefined` where it still does not start.
 */
export function started(workload: Workload): Started | undefined {
  const pooled = stateOf(withPoolsRaised(workload))
  const cause = pooled === undefined ? undefined : refusalIn(pooled.outcome.memory)
  if (pooled === undefined || cause === undefined) return pooled
  return cause === 'huge-pages' ? undefined : promised(pooled)
}

/**
 * By what is missing; where regions before it take that too, by all that regions of that size ask for.
 */
function withPoolsRaised(workload: Workload): Workload {
  const raised = raisedBy(workload, pagesMissing(workload))
  const missing = pagesMissing(raised)
  if (missing.size === 0) return raised
  const all = new Map(
    [...missing.keys()].map((pageBytes) => [
      pageBytes,
      reservedPages(raised, pageBytes) - pagesConfigured(raised, pageBytes),
    ]),
  )
  return raisedBy(raised, all)
}

function raisedBy(workload: Workload, missing: ReadonlyMap<number, number>): Workload {
  return workload.host.layout.hugePages.reduce((done, { bytes }) => {
    const pages = missing.get(bytes) ?? 0
    return pages > 0 ? withPool(done, bytes, pagesConfigured(done, bytes) + pages) : done
  }, workload)
}

/** The kernel's promise made large enough: __vm_enough_memory() and vm_commit_limit() in mm/util.c. */
function promised({ workload, outcome }: State): Started | undefined {
  const { mode, committedBytes, largestRequestBytes } = outcome.memory.commit
  const { host } = workload
  if (mode === 'heuristic') {
    const always = { ...host, overcommit: { ...host.overcommit, mode: 'always' as const } }
    const state = stateOf({ ...workload, host: always })
    const overcommit = { mode: 'always', requestedBytes: largestRequestBytes } as const
    return state === undefined ? undefined : { ...state, overcommit }
  }
  const least = leastRatio(workload, committedBytes)
  // What is promised may be an expectation, rounded down.
  for (const ratio of least === undefined ? [] : [least, least + 1]) {
    const state = stateOf({ ...workload, host: { ...host, overcommit: { mode: 'never', ratio } } })
    if (state === undefined || refusalIn(state.outcome.memory) !== undefined) continue
    const requestedBytes = state.outcome.memory.commit.committedBytes
    return { ...state, overcommit: { mode: 'never', ratio, requestedBytes } }
  }
  return undefined
}

/** In pages, as the kernel counts; `undefined` where huge pages leave nothing to promise. */
function leastRatio({ host }: Workload, committedBytes: number): number | undefined {
  const { pageBytes } = host.layout
  const pagesOf = (bytes: number): number => Math.floor(bytes / pageBytes)
  const hugetlb = host.hugepages.reduce(
    (sum, pool) => sum + pagesOf(pool.pageBytes * pool.count),
    0,
  )
  const free = pagesOf(host.memory) - hugetlb
  const wanted = Math.max(0, Math.ceil(committedBytes / pageBytes) - pagesOf(host.swap))
  const ratio = Number(
    (BigInt(wanted) * 100n + BigInt(Math.max(1, free)) - 1n) / BigInt(Math.max(1, free)),
  )
  return free > 0 && ratio <= mostRatio ? ratio : undefined
}

/** vm.overcommit_ratio is an int. */
const mostRatio = 2 ** 31 - 1
