import type { Layout } from '../../geometry/layout.ts'
import { strategyOf, thpStrategy, transparentPage } from '../../sharing/catalogue.ts'
import { formatBytes } from '../../units/format.ts'
import type { KernelVersion } from '../../units/kernel-version.ts'
import { isAtLeast } from '../../units/kernel-version.ts'
import { pathText } from '../../units/path.ts'
import { QuantityError } from '../../units/quantity.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import type { PlannedOrRefused } from '../strategy/plans.ts'
import { planOne } from '../strategy/plans.ts'

/**
 * What depends on the filesystem of a file on base pages, which no scenario names: the kernel enters
 * its large folios whole, and those of pmd size by one entry, whatever the settings of THP.
 * @param asked what was planned anyway.
 */
export function fileAssumptions(
  workload: Workload,
  asked: readonly PlannedOrRefused[],
): readonly Assumption[] {
  const { kernel } = workload.host
  const files = workload.regions.filter(({ backing, thp }) => backing === 'file' && !thp)
  if (files.length === 0) return []
  const most = tablesUnder('as-described', workload, asked)
  const mapped = files.map(({ name }) => name).filter((name) => (most.get(name) ?? 0) > 0)
  const faults = isAtLeast(kernel, wholeFolios) ? mapped.map(boundOfFaults) : []
  return [...boundsOfTables(workload, asked, mapped, most), ...faults]
}

/**
 * First kernel whose filesystem has large folios: "xfs: Support large folios", "ext4: enable large folio
 * for regular file", and btrfs by default.
 */
const filesystems: readonly (readonly [name: string, since: KernelVersion])[] = [
  ['xfs', { major: 5, minor: 18 }],
  ['ext4', { major: 6, minor: 16 }],
  ['btrfs', { major: 7, minor: 2 }],
]

/** Since Linux 6.18 (mm/fault: try to map the entire file folio in finish_fault()). */
const wholeFolios: KernelVersion = { major: 6, minor: 18 }

/** MAX_XAS_ORDER, of which no folio of the page cache is larger: include/linux/pagemap.h. */
const largestFolio = 2 ** 11

function boundsOfTables(
  workload: Workload,
  asked: readonly PlannedOrRefused[],
  names: readonly string[],
  most: ReadonlyMap<string, number>,
): readonly Assumption[] {
  const { kernel, layout } = workload.host
  const able = filesystems.filter(([, since]) => isAtLeast(kernel, since)).map(([name]) => name)
  const id = thpOf(layout)
  if (id === undefined || able.length === 0 || names.length === 0) return []
  const least = tablesUnder(id, workload, asked)
  return names.flatMap((name) => {
    const [upper = 0, lower = 0] = [most.get(name), least.get(name)]
    if (lower >= upper) return []
    return [
      {
        path: pathText(['regions', name, 'pageTables']),
        value: `${formatBytes(upper)} at most (as-described), ${formatBytes(lower)} at least (${id})`,
        source: `its filesystem is not known: on ${alternatives(able)} the kernel may map the file with huge pages on its own, whatever host.thp says: do_set_pmd() in mm/memory.c`,
      },
    ]
  })
}

function boundOfFaults(name: string): Assumption {
  return {
    path: pathText(['regions', name, 'faults']),
    value: 'those planned at most',
    source:
      'since Linux 6.18 a fault enters the whole of a large folio, where the filesystem has them: finish_fault() in mm/memory.c, filemap_map_pages() in mm/filemap.c',
  }
}

/** The strategy of transparent huge pages, where the page cache can hold such a page. */
function thpOf(layout: Layout): string | undefined {
  const page = transparentPage(layout)
  return page === undefined || page.pages > largestFolio ? undefined : thpStrategy(page).id
}

/** Page tables by region; empty where the strategy cannot be planned. */
function tablesUnder(
  id: string,
  workload: Workload,
  asked: readonly PlannedOrRefused[],
): ReadonlyMap<string, number> {
  const result = asked.find((one) => one.result.id === id)?.result ?? planned(id, workload)
  return new Map(result?.applies ? result.regions.map(({ name, bytes }) => [name, bytes]) : [])
}

function planned(id: string, workload: Workload): PlannedOrRefused['result'] | undefined {
  const named = strategyOf(workload.host.layout, id)
  try {
    return named && planOne(workload, named, new Set()).result
  } catch (error) {
    if (error instanceof QuantityError) return undefined
    throw error
  }
}

function alternatives(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${last}` : last
}
