import { isInPool, pagesReserved } from '../../sharing/pools/requests.ts'
import { copiesOf } from '../../workload/copies.ts'
import type { Program, Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import { programRules } from '../programs/catalogue.ts'
import { memlockOf, sysvLimits } from '../programs/kernel-limits.ts'
import { paddedPages } from '../programs/object-pages.ts'
import type {
  PodPages,
  PooledRegion,
  OnHugePages as Published,
  Setting,
} from '../result/advice-result.ts'
import type { OnHugePages } from './huge-pages.ts'
import { defaultPageBytes, labelOf } from './pool-advice.ts'
import type { KnownSizes } from './sizes.ts'

/** What is put on huge pages, as it is published. */
export function pooledOf(
  before: Workload,
  { huge, newRegions }: OnHugePages,
  after: Workload,
  sizes: KnownSizes,
): Published {
  const pooled = after.regions.filter(
    (region) => region.pageBytes === huge.bytes && isInPool(region, after),
  )
  const regions = pooled.map((region): PooledRegion => {
    const was = before.regions.find(({ name }) => name === region.name) ?? region
    const pages = pagesReserved(after, region)
    const overhead = sizes.overheadOf(was)
    const without = paddedPages({ ...was, pageBytes: huge.bytes }, huge.bytes)
    return {
      name: region.name,
      backing: region.backing,
      program: region.program,
      pages,
      overheadPages: overhead === 0 ? 0 : paddedPages(region, huge.bytes) - without,
      isNew: newRegions.has(region.name),
      exact: sizes.isExact(was),
    }
  })
  const sysv = pooled.some(({ backing }) => backing === 'sysv-shm') ? sysvLimits(after) : undefined
  const memlockBytes = memlockOf(after, pooled)
  const pods = podsOf(after, pooled)
  return {
    pageBytes: huge.bytes,
    regions,
    ...(sysv === undefined ? {} : { sysv }),
    ...(memlockBytes === undefined ? {} : { memlockBytes }),
    ...(pods.length === 0 ? {} : { pods }),
  }
}

/**
 * Huge pages are charged to the cgroup of the process that faults: here the first that maps them. Of
 * copies each has a pod of its own, all with as much.
 */
export function podsOf(workload: Workload, pooled: readonly Region[]): readonly PodPages[] {
  const byPod = new Map<string, PodPages>()
  for (const region of pooled) {
    const first = workload.groups.find(
      ({ processes, maps }) => processes > 0 && maps.some((map) => map.region === region.name),
    )
    if (first?.cgroup === undefined) continue
    const key = `${region.pageBytes} ${first.part?.first ?? 0} ${first.cgroup}`
    const bytes = (pagesReserved(workload, region) / copiesOf(region)) * region.pageBytes
    const so = byPod.get(key)?.bytes ?? 0
    byPod.set(key, { cgroup: first.cgroup, pageBytes: region.pageBytes, bytes: so + bytes })
  }
  const pods = [...byPod.values()]
  return pods.filter((pod, index) => pods.findIndex((other) => isLarger(other, pod)) === index)
}

/** True for the pod itself, and for another part of its copies that has more. */
function isLarger(other: PodPages, pod: PodPages): boolean {
  return (
    other.cgroup === pod.cgroup && other.pageBytes === pod.pageBytes && other.bytes >= pod.bytes
  )
}

/** `hugepages-2Mi: 16Gi`, under resources.limits and the same under resources.requests. */
export function podSettings(pods: readonly PodPages[]): readonly Setting[] {
  return pods.map(({ cgroup, pageBytes, bytes }) => ({
    kind: 'kubernetes',
    cgroup,
    place: 'container, resources.limits and resources.requests',
    lines: [`hugepages-${quantity(pageBytes)}: ${quantity(bytes)}`],
  }))
}

function quantity(bytes: number): string {
  const units = [
    ['Gi', 2 ** 30],
    ['Mi', 2 ** 20],
  ] as const
  const [unit, size] = units.find(([, one]) => bytes % one === 0) ?? ['Ki', 2 ** 10]
  return `${bytes / size}${unit}`
}

/** Lines of every program whose memory is newly on huge pages, program by program. */
export function settingsOfPrograms(
  before: Workload,
  { regions, pageBytes, sysv, memlockBytes }: Published,
): readonly Setting[] {
  const { layout } = before.host
  const fresh = regions.filter(({ isNew }) => isNew)
  const programs = new Set<Program>(fresh.map(({ program }) => program))
  return [...programs].flatMap((program) => {
    const own = fresh.filter((region) => region.program === program)
    const names = new Set(own.map(({ name }) => name))
    const gid = gidOf(before, names)
    const segments = own.some(({ backing }) => backing === 'sysv-shm')
    const locks = segments || before.regions.some(({ name, locked }) => locked && names.has(name))
    return programRules[program].settings({
      regions: before.regions.filter(({ name }) => names.has(name)),
      pageBytes,
      label: labelOf(layout.hugePages, pageBytes),
      isDefault: pageBytes === defaultPageBytes(layout),
      exact: own.every(({ exact }) => exact),
      ...(gid === undefined ? {} : { gid }),
      ...(sysv === undefined || !segments ? {} : { sysv }),
      ...(memlockBytes === undefined || !locks ? {} : { memlockBytes }),
    })
  })
}

/** Root needs no group, and a user that the scenario does not name has to be put in. */
function gidOf({ groups }: Workload, names: ReadonlySet<string>): number | undefined {
  return groups.find(({ uid, maps }) => uid !== 0 && maps.some(({ region }) => names.has(region)))
    ?.gid
}
