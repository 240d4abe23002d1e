import type { HugePage, Layout } from '../../geometry/layout.ts'
import { levelOf } from '../../geometry/layout.ts'
import { isInPool } from '../../sharing/pools/requests.ts'
import { isAtLeast } from '../../units/kernel-version.ts'
import { copiesOf } from '../../workload/copies.ts'
import type { Workload } from '../../workload/workload.ts'
import { sysctlFile } from '../programs/kernel-limits.ts'
import { objectBytes, paddedPages } from '../programs/object-pages.ts'
import type { PoolAdvice, Recipe, Setting, SettingKind } from '../result/advice-result.ts'

/**
 * The pools of a workload beside those it had: every size that is configured before or after, each
 * with its whole number.
 * @param spareOf pages of a size that programs may take beyond their need.
 */
export function poolsToConfigure(
  before: Workload,
  after: Workload,
  spareOf: (pageBytes: number) => number,
  numaNodes: number | undefined,
): readonly PoolAdvice[] {
  const { layout } = before.host
  return layout.hugePages.flatMap(({ bytes: pageBytes }) => {
    const configuredPages = pagesConfigured(before, pageBytes)
    const pages = pagesConfigured(after, pageBytes)
    if (pages + configuredPages === 0) return []
    const pool = {
      pageBytes,
      pages,
      paddingPages: paddingOf(before, after, pageBytes),
      sparePages: Math.min(pages, spareOf(pageBytes)),
      configuredPages,
    }
    const nodes = numaNodes === undefined ? {} : { nodePages: split(pages, numaNodes) }
    const isDefault = pageBytes === defaultPageBytes(layout)
    const recipe = isDefault ? recipeOf(after, pageBytes, pages) : undefined
    return [{ ...pool, ...nodes, ...(recipe === undefined ? {} : { recipe }) }]
  })
}

/** Pages of a size in all pools together. */
export function pagesConfigured({ host }: Workload, pageBytes: number): number {
  return host.hugepages
    .filter((pool) => pool.pageBytes === pageBytes)
    .reduce((sum, pool) => sum + pool.count, 0)
}

/** HPAGE_SIZE, which vm.nr_hugepages is about: what one pte table spans. */
export function defaultPageBytes(layout: Layout): number {
  return (levelOf(layout, 'pte')?.reach ?? 0) * layout.pageBytes
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
  const number =
    nodePages === undefined || !nodesAtBoot
      ? `${pages}`
      : nodePages.map((own, node) => `${node}:${own}`).join(',')
  return `hugepagesz=${labelOf(sizes, pageBytes)} hugepages=${number}`
}

/** The size as the kernel reads it: `2M`. */
export function labelOf(sizes: readonly HugePage[], pageBytes: number): string {
  return (sizes.find(({ bytes }) => bytes === pageBytes)?.label ?? '').toUpperCase()
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

/** As even as can be; the first nodes take what is left over. The sum is exact. */
function split(pages: number, nodes: number): readonly number[] {
  const least = Math.floor(pages / nodes)
  const more = pages % nodes
  return Array.from({ length: nodes }, (_, node) => (node < more ? least + 1 : least))
}

/** Pages because each object of a region begins on a page of its own, by the sizes before. */
function paddingOf(before: Workload, after: Workload, pageBytes: number): number {
  return after.regions.reduce((sum, { name, pageBytes: own, ...rest }) => {
    const region = before.regions.find((one) => one.name === name)
    if (region === undefined || own !== pageBytes) return sum
    if (!isInPool({ ...region, ...rest, pageBytes: own }, after)) return sum
    const whole = { ...region, objects: rest.objects }
    const padding = paddedPages(whole, pageBytes) - Math.ceil(region.size / pageBytes)
    return sum + copiesOf(region) * padding
  }, 0)
}

/**
 * hugepages_settings.sh: for each segment that `ipcs -m` lists, ⌊bytes / page⌋ + 1, and nothing for
 * a segment of less than a page. Of no use where nothing is SysV.
 */
function recipeOf({ regions }: Workload, pageBytes: number, ours: number): Recipe | undefined {
  const counted = regions
    .filter(({ backing }) => backing === 'sysv-shm')
    .map((region) => ({
      whole: Math.floor(objectBytes(region) / pageBytes),
      objects: region.objects * copiesOf(region),
    }))
    .filter(({ whole }) => whole > 0)
  const pages = counted.reduce((sum, { whole, objects }) => sum + objects * (whole + 1), 0)
  const segments = counted.reduce((sum, { objects }) => sum + objects, 0)
  if (segments === 0) return undefined
  return { pages, segments, difference: pages - ours }
}
