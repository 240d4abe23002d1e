import type { Arrangement } from '../accounting/arrangement.ts'
import { isInPool } from '../sharing/pool-needs.ts'
import { within53Bits } from '../units/quantity.ts'
import type { HugePagePool, Mapping, Region, Workload } from '../workload/workload.ts'
import type { Resident } from './resident.ts'
import { isShmem } from './resident.ts'

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
  const largestRequestBytes = Math.max(0, ...requests(workload))
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
    if (isInPool(region, workload)) return
    total += objectBytes(region, resident[index]?.onceBytes ?? 0)
    for (const { processes, mappings } of spaces) {
      const copied = mappings.filter((mapping) => mapping.region === index && mapping.copied)
      for (const { pages, within } of copied) {
        const length = within === undefined ? pages : within.to - within.from
        total += processes * length * host.layout.pageBytes
      }
    }
  })
  return within53Bits(total, 'Committed_AS')
}

/**
 * Segments and shared anonymous memory are accounted whole when they are made; files on tmpfs and
 * memfd page by page (VM_NORESERVE, mm/shmem.c).
 */
function objectBytes(region: Region, residentBytes: number): number {
  if (!isShmem(region)) return 0
  return isAccountedWhole(region) ? region.size : residentBytes
}

/** Sizes of the single requests that the kernel accounts. */
function requests(workload: Workload): readonly number[] {
  return workload.groups.flatMap((group) => [
    group.private,
    ...group.maps.map((mapping) => requestOf(workload, mapping)),
  ])
}

function requestOf(workload: Workload, mapping: Mapping): number {
  const region = workload.regions.find(({ name }) => name === mapping.region)
  if (region === undefined || isInPool(region, workload)) return 0
  const copied = region.backing === 'anonymous' || (mapping.private && mapping.access === 'rw')
  if (copied) return mapping.length * workload.host.layout.pageBytes
  return isAccountedWhole(region) ? region.size : 0
}

function isAccountedWhole({ backing }: Region): boolean {
  return backing === 'sysv-shm' || backing === 'anonymous-shared'
}
