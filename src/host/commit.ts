import type { Arrangement, PlacedMapping } from '../accounting/arrangement.ts'
import { isInPool } from '../sharing/pool-needs.ts'
import { within53Bits } from '../units/quantity.ts'
import type { HugePagePool, Region, Workload } from '../workload/workload.ts'
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
 */
export function commitmentOf(
  workload: Workload,
  arrangement: Arrangement,
  resident: readonly Resident[],
  pools: readonly HugePagePool[],
): Commitment {
  const { host } = workload
  const { mode } = host.overcommit
  const committedBytes = committed(workload, arrangement, resident)
  const limitBytes = commitLimit(workload, pools)
  const largestRequestBytes = Math.max(0, ...requests(workload, arrangement))
  const refusals: Readonly<Record<typeof mode, boolean>> = {
    always: false,
    heuristic: largestRequestBytes > host.memory + host.swap,
    never: committedBytes > limitBytes,
  }
  return { mode, committedBytes, limitBytes, largestRequestBytes, granted: !refusals[mode] }
}

/** In pages, each step rounded down, as the kernel does it. */
function commitLimit({ host }: Workload, pools: readonly HugePagePool[]): number {
  const { pageBytes } = host.layout
  const pagesOf = (bytes: number): number => Math.floor(bytes / pageBytes)
  const hugetlb = pools.reduce((sum, pool) => sum + pagesOf(pool.pageBytes * pool.count), 0)
  const promised = (BigInt(pagesOf(host.memory) - hugetlb) * BigInt(host.overcommit.ratio)) / 100n
  return Math.max(0, (Number(promised) + pagesOf(host.swap)) * pageBytes)
}

function committed(
  workload: Workload,
  { spaces }: Arrangement,
  resident: readonly Resident[],
): number {
  const { groups, regions, host } = workload
  let total = 0
  for (const group of groups) total += group.private * group.processes
  regions.forEach((region, index) => {
    const own = asking(spaces).map(({ mappings }) => accounted(workload, region, index, mappings))
    total += objectBytes(workload, region, own.flat(), resident[index]?.onceBytes ?? 0)
    own.forEach((mappings, g) => {
      for (const mapping of mappings.filter(isCopyOfItsOwn)) {
        total += (spaces[g]?.processes ?? 0) * lengthOf(mapping) * host.layout.pageBytes
      }
    })
    const copiedByAll = own
      .flat()
      .filter(({ copied, paging }) => copied && paging.kind === 'window')
    total += Math.max(0, ...copiedByAll.map(lengthOf)) * host.layout.pageBytes
  })
  return within53Bits(total, 'Committed_AS')
}

/** Mappings of a region that are accounted: hugetlb is not, but what goes on on base pages is. */
function accounted(
  workload: Workload,
  region: Region,
  index: number,
  mappings: readonly PlacedMapping[],
): readonly PlacedMapping[] {
  const inPool = isInPool(region, workload)
  return mappings.filter(
    (mapping) => mapping.region === index && (!inPool || mapping.paging.kind === 'base'),
  )
}

/** In base pages. */
function lengthOf({ first, pages, within }: PlacedMapping): number {
  return within === undefined ? pages : within.to - Math.max(first, within.from)
}

/**
 * Segments and shared anonymous memory are accounted whole when they are made; files on tmpfs and
 * memfd page by page (VM_NORESERVE, mm/shmem.c). Of a region in a huge-page pool only what lies
 * behind the pool's part is accounted.
 */
function objectBytes(
  workload: Workload,
  region: Region,
  mappings: readonly PlacedMapping[],
  residentBytes: number,
): number {
  if (!isShmem(region)) return 0
  if (!isAccountedWhole(region)) return residentBytes
  if (!isInPool(region, workload)) return region.size
  return Math.max(0, ...mappings.map(lengthOf)) * workload.host.layout.pageBytes
}

/** Where there is no process, nobody asks for memory. */
function asking(spaces: Arrangement['spaces']): Arrangement['spaces'] {
  return spaces.map((space) => (space.processes > 0 ? space : { ...space, mappings: [] }))
}

/** Sizes of the single requests that the kernel accounts. */
function requests(workload: Workload, { spaces }: Arrangement): readonly number[] {
  const { groups, regions, host } = workload
  const mapped = asking(spaces).flatMap(({ mappings }) =>
    regions.flatMap((region, index) =>
      accounted(workload, region, index, mappings).map((mapping) => {
        if (mapping.copied) {
          return Math.min(lengthOf(mapping) * host.layout.pageBytes, grantedAtOnce(region))
        }
        return isAccountedWhole(region) ? objectBytes(workload, region, [mapping], 0) : 0
      }),
    ),
  )
  const own = groups.map((group) => (group.processes > 0 ? group.private : 0))
  return [...own, ...mapped]
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
