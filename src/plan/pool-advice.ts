import type { HugePage, Layout } from '../geometry/layout.ts'
import { levelOf } from '../geometry/layout.ts'
import { isInPool, pagesReserved } from '../sharing/pool-requests.ts'
import { isAtLeast } from '../units/kernel-version.ts'
import { count } from '../units/quantity.ts'
import type { Region, Workload } from '../workload/workload.ts'
import type { PoolAdvice, PooledRegion, Recipe, Setting, SettingKind } from './advice-result.ts'

/**
 * The pools to configure for a workload whose regions need so many pages: every size that is needed
 * or configured, each with its whole number.
 * @param needed pages by page size, padding included.
 * @param converted the workload with its regions on the pages of the plan.
 */
export function poolsToConfigure(
  needed: ReadonlyMap<number, number>,
  converted: Workload,
  numaNodes: number | undefined,
): readonly PoolAdvice[] {
  const { host } = converted
  return host.layout.hugePages.flatMap(({ bytes: pageBytes }) => {
    const configuredPages = host.hugepages
      .filter((pool) => pool.pageBytes === pageBytes)
      .reduce((sum, pool) => sum + pool.count, 0)
    const pages = count(needed.get(pageBytes) ?? 0, 'huge pages')
    if (pages + configuredPages === 0) return []
    const paddingPages = Math.min(pages, paddingOf(converted, pageBytes))
    const pool = { pageBytes, pages, paddingPages, configuredPages }
    const nodes = numaNodes === undefined ? {} : { nodePages: split(pages, numaNodes) }
    const isDefault = pageBytes === defaultPageBytes(host.layout)
    const recipe = isDefault ? { recipe: recipeOf(converted, pageBytes, pages) } : {}
    return [{ ...pool, ...nodes, ...recipe }]
  })
}

/** HPAGE_SIZE, which vm.nr_hugepages is about: what one pte table spans. */
export function defaultPageBytes(layout: Layout): number {
  return (levelOf(layout, 'pte')?.reach ?? 0) * layout.pageBytes
}

/** Bytes of each segment or file that a region is made of. */
export function objectBytes({ size, objects }: Region): number {
  return Math.ceil(size / objects)
}

/** Each object begins on a page of its own: ALIGN(size, huge_page_size()) in ipc/shm.c newseg(). */
export function paddedPages(region: Region, pageBytes: number): number {
  return region.objects * Math.ceil(objectBytes(region) / pageBytes)
}

/**
 * Lines that set the pools to what is wanted; none for those that are right already.
 * @param defaultBytes what vm.nr_hugepages is about; absent: a line changes that.
 */
export function poolSettings(
  pools: readonly PoolAdvice[],
  { host: { layout, kernel } }: Workload,
  defaultBytes?: number,
): readonly Setting[] {
  // Since Linux 5.16 (hugetlbfs: extend the definition of hugepages parameter).
  const nodesAtBoot = isAtLeast(kernel, { major: 5, minor: 16 })
  return pools
    .filter(({ pages, configuredPages }) => pages !== configuredPages)
    .flatMap((pool) => {
      const boot = bootLine(pool, layout.hugePages, nodesAtBoot)
      if (pool.pageBytes !== defaultBytes || pool.nodePages !== undefined) {
        return [bootSetting(boot, pool, 'pool-at-boot'), atOnce(pool)]
      }
      const lines = [`vm.nr_hugepages = ${pool.pages}`]
      const sysctl: Setting = { kind: 'pool', place: sysctlFile, lines }
      if (pool.pages < pool.configuredPages) return [sysctl]
      return [sysctl, bootSetting(boot, pool, 'pool-at-boot-instead')]
    })
}

/** Documentation/admin-guide/mm/hugetlbpage.rst. */
function bootLine(
  { pageBytes, pages, nodePages }: PoolAdvice,
  sizes: readonly HugePage[],
  nodesAtBoot: boolean,
): string {
  const label = sizes.find(({ bytes }) => bytes === pageBytes)?.label ?? ''
  const number =
    nodePages === undefined || !nodesAtBoot
      ? `${pages}`
      : nodePages.map((own, node) => `${node}:${own}`).join(',')
  return `hugepagesz=${label.toUpperCase()} hugepages=${number}`
}

function bootSetting(
  line: string,
  { pages, configuredPages }: PoolAdvice,
  raising: SettingKind,
): Setting {
  const kind = pages > configuredPages ? raising : 'pool'
  return { kind, place: 'kernel command line', lines: [line] }
}

/** What holds until the next boot, as far as there is unbroken memory. */
function atOnce({ pageBytes, pages, nodePages }: PoolAdvice): Setting {
  const file = `hugepages/hugepages-${pageBytes / 1024}kB/nr_hugepages`
  const place = 'root shell'
  if (nodePages === undefined) {
    return { kind: 'pool-now', place, lines: [`echo ${pages} > /sys/kernel/mm/${file}`] }
  }
  const lines = nodePages.map(
    (own, node) => `echo ${own} > /sys/devices/system/node/node${node}/${file}`,
  )
  return { kind: 'pool-by-node', place, lines }
}

export const sysctlFile = '/etc/sysctl.d/99-hugepages.conf'

/** As even as can be; the first nodes take what is left over. The sum is exact. */
function split(pages: number, nodes: number): readonly number[] {
  const least = Math.floor(pages / nodes)
  const more = pages % nodes
  return Array.from({ length: nodes }, (_, node) => (node < more ? least + 1 : least))
}

function paddingOf(workload: Workload, pageBytes: number): number {
  return workload.regions
    .filter((region) => region.pageBytes === pageBytes && isInPool(region, workload))
    .reduce((sum, region) => sum + paddingIn(workload, region), 0)
}

/**
 * Pages that the objects of a region take beyond those of the region in one piece. Segments and
 * shared anonymous memory reserve all they are, files what is mapped: of those in part, nothing is
 * known here.
 */
function paddingIn({ groups }: Workload, region: Region): number {
  const mappings = groups
    .filter(({ processes }) => processes > 0)
    .flatMap(({ maps }) => maps.filter((map) => map.region === region.name))
  const whole = ['sysv-shm', 'anonymous-shared'].includes(region.backing)
  const reserved = mappings.some(({ length }) => whole || length === region.pages)
  if (!reserved || region.backing === 'anonymous') return 0
  return paddedPages(region, region.pageBytes) - Math.ceil(region.size / region.pageBytes)
}

/** Regions on hugetlb pages of one size, and the pages that each of them reserves. */
export function regionsInPool(workload: Workload, pageBytes: number): readonly PooledRegion[] {
  return workload.regions
    .filter((region) => region.pageBytes === pageBytes && isInPool(region, workload))
    .map((region) => ({
      name: region.name,
      backing: region.backing,
      pages: pagesReserved(workload, region),
    }))
}

/** What is in /dev/shm gets huge pages as a SysV segment. */
function isSegment(region: Region, pageBytes: number): boolean {
  return (
    region.backing === 'sysv-shm' ||
    (region.backing === 'posix-shm' && region.pageBytes === pageBytes)
  )
}

/**
 * hugepages_settings.sh: for each segment that `ipcs -m` lists, ⌊bytes / page⌋ + 1, and nothing for
 * a segment of less than a page.
 */
function recipeOf({ regions }: Workload, pageBytes: number, ours: number): Recipe {
  const counted = regions
    .filter((region) => isSegment(region, pageBytes))
    .map((region) => ({ whole: Math.floor(objectBytes(region) / pageBytes), ...region }))
    .filter(({ whole }) => whole > 0)
  const pages = counted.reduce((sum, { whole, objects }) => sum + objects * (whole + 1), 0)
  const segments = counted.reduce((sum, { objects }) => sum + objects, 0)
  return { pages, segments, difference: pages - ours }
}
