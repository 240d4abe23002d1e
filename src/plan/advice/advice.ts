import { pathText } from '../../units/path.ts'
import type { Region } from '../../workload/region.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import type { Advice } from '../result/advice-result.ts'
import { refusalIn } from '../result/refusal.ts'
import type { NothingToDo, Rejected } from '../result/rejected-result.ts'
import type { PlannedOrRefused } from '../strategy/plans.ts'
import { isPlanned } from '../strategy/plans.ts'
import type { Candidate, Considered } from './candidate.ts'
import { isCandidate, refused } from './candidate.ts'
import { withOverheads } from './huge-pages.ts'
import { nothingToDo } from './nothing.ts'
import type { Ground } from './options.ts'
import {
  addedHeadroom,
  helps,
  hugePages,
  idlePools,
  moreRoom,
  pooler,
  transparentPages,
} from './options.ts'
import { pagesConfigured } from './pool-advice.ts'
import { withoutIdlePages } from './pools.ts'
import { published } from './published.ts'
import type { KnownSizes } from './sizes.ts'
import { knownSizes } from './sizes.ts'
import { started } from './start.ts'
import type { State } from './state.ts'
import { lacksRoom, rankOf, stateOf } from './state.ts'

/** What to do, in order, and what not to do. */
export interface Advising {
  readonly advice: readonly Advice[]
  readonly rejected: readonly Rejected[]
  /** Only where nothing is advised. */
  readonly nothingToDo?: NothingToDo
}

/** What advice needs to know beside the workload. */
export interface Advised {
  /** Sizes among them are not exact. */
  readonly assumptions: readonly Assumption[]
  /** Split pools over this many nodes. */
  readonly numaNodes?: number
}

/**
 * Advice against the workload as described, without mshare, which no released kernel has. First what it
 * does not start without; then what reaches the best level of risk, least intrusive first; where
 * nothing reaches a better one, only what adds a hundredth of memory. Each is planned as it would be.
 * @param asked the strategies that were planned: without as-described there is nothing to advise on.
 */
export function adviceOn(
  described: Workload,
  asked: readonly PlannedOrRefused[],
  about: Advised,
): Advising {
  const isAsked = asked.some((one) => isPlanned(one) && one.named.kind === 'described')
  const workload = asMapped(withoutMshare(described), about)
  const today = isAsked ? stateOf(workload) : undefined
  if (today === undefined) return { advice: [], rejected: [] }
  const sizes = knownSizes(workload, about.assumptions)
  const { first, reference, options } = considerAll(workload, today, sizes, asked)
  const candidates = options.filter(isCandidate)
  const judged = candidates.map((one) => ({ one, reason: objection(one, reference, candidates) }))
  const chosen = judged.flatMap(({ one, reason }) => (reason === undefined ? [one] : []))
  const publish = { described, workload, today, sizes, numaNodes: about.numaNodes }
  const advice = [
    ...(first === undefined ? [] : [published(first, 'start', publish)]),
    ...chosen.map((one) => published(one, purposeOf(one, reference), publish)),
  ]
  const rejected = [
    ...options.filter((one): one is Rejected => !isCandidate(one)),
    ...judged.flatMap(({ one, reason }) => (reason === undefined ? [] : [refused(one, reason)])),
  ]
  if (advice.length > 0) return { advice, rejected }
  return { advice, rejected, nothingToDo: nothingToDo(today, options, asked) }
}

/** The same workload on kernels that are released. */
export function withoutMshare(workload: Workload): Workload {
  if (workload.regions.every(({ mshare }) => mshare === undefined)) return workload
  const regions = workload.regions.map(({ mshare: _mshare, ...region }) => region)
  return { ...workload, regions }
}

/**
 * PostgreSQL has its shared buffers in an anonymous mapping; /dev/shm holds only what parallel queries
 * share. Who writes no backing means the buffers.
 */
function asMapped(workload: Workload, { assumptions }: Advised): Workload {
  const assumed = new Set(assumptions.map(({ path }) => path))
  const isMapping = ({ name, backing, program }: Region): boolean =>
    program === 'postgresql' &&
    backing === 'posix-shm' &&
    assumed.has(pathText(['regions', name, 'backing']))
  if (!workload.regions.some(isMapping)) return workload
  const regions = workload.regions.map((region) =>
    isMapping(region) ? { ...region, backing: 'anonymous-shared' as const } : region,
  )
  return { ...workload, regions }
}

interface Considering {
  /** What it does not start without; absent: it starts. */
  readonly first?: Candidate
  /** What the others are measured by: as it is, or once it starts. */
  readonly reference: State
  /** In the order of intrusion. */
  readonly options: readonly Considered[]
}

function considerAll(
  workload: Workload,
  today: State,
  sizes: KnownSizes,
  asked: readonly PlannedOrRefused[],
): Considering {
  const isAsked = (id: string): boolean => asked.some(({ result }) => result.id === id)
  const start = startOf(workload, today, sizes)
  const first = start !== undefined && !lacksRoom(start.after) ? start : undefined
  const reference = first?.after ?? today
  const huge = afterStart(hugePages(workload, sizes, isAsked), first)
  const onHuge = huge !== undefined && isPossible(huge) ? huge : undefined
  const isWorthIt = onHuge !== undefined && helps(onHuge, reference)
  const running = first?.after.workload ?? workload
  const plain: Ground = {
    workload: withoutIdlePages(running, !isWorthIt, sizes),
    sizes,
    efforts: [],
  }
  const ground = onHuge !== undefined && isWorthIt ? groundOn(onHuge, plain) : plain
  const isSafe = rankOf(reference) === 0
  return {
    ...(first === undefined ? {} : { first }),
    reference,
    options: [
      ...idlePools(running, !isWorthIt, sizes),
      ...(huge === undefined ? [] : [huge]),
      ...(isSafe ? [] : [...pooler(ground), ...moreRoom(ground)]),
      ...transparentPages(plain.workload, isAsked),
    ],
  }
}

/** What waits for a larger pool is on huge pages once it starts: only the others are put there. */
function afterStart(
  huge: Considered | undefined,
  first: Candidate | undefined,
): Considered | undefined {
  if (first === undefined || huge === undefined || !isCandidate(huge)) return huge
  if (huge.huge === undefined) return huge
  const { pageBytes: basePageBytes } = first.after.workload.host.layout
  const waiting = first.after.workload.regions.filter(
    (region) => region.pageBytes > basePageBytes && region.fallback === 'fail',
  )
  const newRegions = new Set(huge.huge.newRegions)
  for (const { name } of waiting) newRegions.delete(name)
  return { ...huge, huge: { ...huge.huge, newRegions } }
}

function isPossible(one: Considered): one is Candidate {
  return isCandidate(one) && !lacksRoom(one.after)
}

/** Where huge pages help and are not enough, everything else is built on them. */
function groundOn({ after, huge, efforts }: Candidate, plain: Ground): Ground {
  if (huge === undefined || rankOf(after) === 0) return plain
  return { workload: after.workload, sizes: plain.sizes, huge, efforts }
}

/** Pools raised, and promises: what as-described does not start without. */
function startOf(workload: Workload, today: State, sizes: KnownSizes): Candidate | undefined {
  if (refusalIn(today.outcome.memory) === undefined) return undefined
  const whole = workload.host.layout.hugePages.reduce(
    (done, huge) => withOverheads(done, huge, sizes),
    workload,
  )
  const after = started(whole)
  if (after === undefined) return undefined
  const pool = workload.host.layout.hugePages.find(
    ({ bytes }) => pagesConfigured(after.workload, bytes) !== pagesConfigured(workload, bytes),
  )
  const common = { after, efforts: [], settings: [] } as const
  if (pool === undefined) {
    return { ...common, id: 'commit-limit', action: 'commit-limit', about: {} }
  }
  const id = `resize-pool-${pool.label}`
  return { ...common, id, action: 'resize-pool', about: { pageBytes: pool.bytes } }
}

function purposeOf({ after }: Candidate, reference: State): Advice['purpose'] {
  return rankOf(after) < rankOf(reference) ? 'level' : 'headroom'
}

/** Why a candidate is not advised; `undefined` where it is. */
function objection(
  candidate: Candidate,
  reference: State,
  all: readonly Candidate[],
): Rejected['reason'] | undefined {
  if (lacksRoom(candidate.after)) return 'pool-does-not-fit'
  const rank = rankOf(candidate.after)
  const best = Math.min(
    rankOf(reference),
    ...all.filter(({ after }) => !lacksRoom(after)).map(({ after }) => rankOf(after)),
  )
  if (rank > rankOf(reference)) return 'risk-worse'
  if (rank > best) return 'not-enough'
  if (best < rankOf(reference)) return undefined
  const added = addedHeadroom(candidate, reference)
  if (added <= 0) return 'saves-nothing'
  return added * 100 < reference.workload.host.memory ? 'too-little' : undefined
}
