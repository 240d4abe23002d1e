import type { Arrangement, Member, PlacedMapping } from '../accounting/arrangement.ts'
import { membersByRegion } from '../accounting/arrangement.ts'
import type { PoolNeed } from '../sharing/pools/needs.ts'
import { isInPool, pagesAsked } from '../sharing/pools/requests.ts'
import { within53Bits } from '../units/quantity.ts'
import { copiesOf } from '../workload/copies.ts'
import type { Host, HugePagePool } from '../workload/host.ts'
import type { Region } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'
import type { Resident } from './resident.ts'
import { isCopyOfItsOwn, isShmem } from './resident.ts'

/** What the kernel promises, against what it is ready to promise; bytes may be expectations. */
export interface Commitment {
  readonly mode: Workload['host']['overcommit']['mode']
  /** Committed_AS: private writable memory and shared memory objects; page tables never. */
  readonly committedBytes: number
  /** CommitLimit, in mode `never`: (RAM − hugetlb) · ratio / 100 + swap, in whole pages. */
  readonly limitBytes: number
  /** The largest single request, which mode `heuristic` holds against RAM + swap. */
  readonly largestRequestBytes: number
  /** False where the kernel refuses some request. */
  readonly granted: boolean
}

/**
 * Judges the promises of memory: __vm_enough_memory() and vm_commit_limit() in mm/util.c.
 * @param pools huge pages that are set aside, which no promise can be made of.
 * @param needs what regions take of pools that were configured; absent: all they reserve.
 */
export function commitmentOf(
  workload: Workload,
  arrangement: Arrangement,
  resident: readonly Resident[],
  pools: readonly HugePagePool[],
  needs: readonly PoolNeed[] = [],
): Commitment {
  const { host } = workload
  const { mode } = host.overcommit
  const asking = askingFor(arrangement)
  const objects = objectsMade(workload, asking, resident, needs)
  const committedBytes = committed(workload, arrangement, asking, objects)
  const limitBytes = commitLimit(host, pools)
  const largestRequestBytes = Math.max(0, ...requests(workload, asking, objects))
  const promised = { mode, committedBytes, limitBytes, largestRequestBytes }
  return { ...promised, granted: isGranted(host, promised) }
}

/** False where the kernel refuses some request on a host with so much memory and swap. */
export function isGranted(
  { memory, swap }: Pick<Host, 'memory' | 'swap'>,
  { mode, committedBytes, limitBytes, largestRequestBytes }: Omit<Commitment, 'granted'>,
): boolean {
  const refusals: Readonly<Record<typeof mode, boolean>> = {
    always: false,
    heuristic: largestRequestBytes > memory + swap,
    never: committedBytes > limitBytes,
  }
  return !refusals[mode]
}

/** Huge pages of one size. */
type PoolPages = { readonly [Key in keyof HugePagePool]: number }

/** CommitLimit beside pools. In pages, each step rounded down, as the kernel does it. */
export function commitLimit(host: Host, pools: readonly PoolPages[]): number {
  const { pageBytes } = host.layout
  const pagesOf = (bytes: number): number => Math.floor(bytes / pageBytes)
  const hugetlb = pools.reduce((sum, pool) => sum + pagesOf(pool.pageBytes * pool.count), 0)
  const promised = (BigInt(pagesOf(host.memory) - hugetlb) * BigInt(host.overcommit.ratio)) / 100n
  return Math.max(0, (Number(promised) + pagesOf(host.swap)) * pageBytes)
}

/** The mappings of processes that run, by region: without a process, no memory is asked for. */
type Asking = ReturnType<typeof membersByRegion>

const nothingMapped: readonly PlacedMapping[] = []

function askingFor({ spaces }: Arrangement): Asking {
  return membersByRegion(
    spaces.map((space) => (space.processes > 0 ? space : { ...space, mappings: nothingMapped })),
  )
}

function committed(
  workload: Workload,
  { spaces }: Arrangement,
  asking: Asking,
  objects: readonly MadeObject[],
): number {
  const { groups, regions, host } = workload
  let total = 0
  for (const group of groups) total += group.private * group.processes
  for (const { bytes, times } of objects) total += times * bytes
  regions.forEach((region, index) => {
    const copying = accounted(workload, region, asking.get(index)).filter(
      ({ mapping }) => mapping.copied,
    )
    for (const { space, mapping } of copying.filter(isCopyOfItsOwn)) {
      total += (spaces[space]?.processes ?? 0) * lengthOf(mapping) * host.layout.pageBytes
    }
    const byAll = copying.filter((member) => !isCopyOfItsOwn(member))
    const longest = Math.max(0, ...byAll.map(({ mapping }) => lengthOf(mapping)))
    total += copiesOf(region) * longest * host.layout.pageBytes
  })
  return within53Bits(total, 'Committed_AS')
}

/** Mappings of a region that are accounted: hugetlb is not, but what goes on on base pages is. */
function accounted(
  workload: Workload,
  region: Region,
  members: readonly Member[] = [],
): readonly Member[] {
  if (!isInPool(region, workload)) return members
  return members.filter(({ mapping }) => mapping.paging.kind === 'base')
}

/** In base pages. */
function lengthOf({ first, pages, within }: PlacedMapping): number {
  return within === undefined ? pages : within.to - Math.max(first, within.from)
}

/** What is accounted of an object that processes share, in bytes. */
interface MadeObject {
  readonly bytes: number
  /** So many of them. */
  readonly times: number
  /** Accounted at once, when it is made. */
  readonly isWhole: boolean
}

/**
 * Segments and shared anonymous memory are accounted whole when they are made; files on tmpfs and
 * memfd page by page (VM_NORESERVE, mm/shmem.c). A segment is there before and after its processes
 * (newseg() in ipc/shm.c); shared anonymous memory only while one of them maps it.
 */
function objectsMade(
  workload: Workload,
  asking: Asking,
  resident: readonly Resident[],
  needs: readonly PoolNeed[],
): readonly MadeObject[] {
  const needOf = new Map(needs.map((need) => [need.region.name, need]))
  return workload.regions.flatMap((region, index): readonly MadeObject[] => {
    if (!isShmem(region)) return []
    if (!isAccountedWhole(region)) {
      return [{ bytes: resident[index]?.onceBytes ?? 0, times: 1, isWhole: false }]
    }
    if (region.backing === 'anonymous-shared' && !asking.has(index)) return []
    const times = copiesOf(region)
    if (!isInPool(region, workload)) return [{ bytes: region.size, times, isWhole: true }]
    const need = needOf.get(region.name)
    return need === undefined ? [] : [{ bytes: besidePool(need), times, isWhole: true }]
  })
}

/** Bytes of the objects, or parts of them, that one copy of a region has on base pages: hugetlb is not accounted. */
function besidePool({ region, grants }: PoolNeed): number {
  const object = grants.find(({ request }) => request.copies === undefined)
  if (object === undefined || region.fallback === 'fail') return 0
  const granted = object.shares.reduce((sum, { processes, pages }) => sum + processes * pages, 0)
  if (granted === 0) return region.size
  const lacking = (pagesAsked(object.request) - granted) / copiesOf(region)
  return Math.min(region.size, lacking * region.pageBytes)
}

/** Sizes of the single requests that the kernel accounts. */
function requests(
  workload: Workload,
  asking: Asking,
  objects: readonly MadeObject[],
): readonly number[] {
  const { groups, regions, host } = workload
  const copies = regions.flatMap((region, index) =>
    accounted(workload, region, asking.get(index))
      .filter(({ mapping }) => mapping.copied)
      .map(({ mapping }) =>
        Math.min(lengthOf(mapping) * host.layout.pageBytes, grantedAtOnce(region)),
      ),
  )
  const own = groups.map((group) => (group.processes > 0 ? group.private : 0))
  const made = objects.filter(({ isWhole }) => isWhole).map(({ bytes }) => bytes)
  return [...own, ...copies, ...made]
}

/**
 * The most of private memory that can have been asked for at once: where the region says what of it is
 * in memory, it has been promised, however much it was in the end. It grew, as a heap does.
 */
function grantedAtOnce({ backing, resident }: Region): number {
  const isKnown = backing === 'anonymous' && resident !== undefined && !resident.atLeast
  return isKnown ? resident.bytes : Number.POSITIVE_INFINITY
}

function isAccountedWhole({ backing }: Region): boolean {
  return backing === 'sysv-shm' || backing === 'anonymous-shared'
}
