import { formatBytes } from '../../units/format.ts'
import type { CapturedProcess, MappedPart } from '../estimate/captured-process.ts'
import type { CapturedTouch } from '../estimate/estimated-touch.ts'
import type { HostFiles } from '../files/host-files.ts'
import { countOf } from '../files/kernel-text.ts'
import { kib } from '../files/memory-text.ts'
import { pagesInPool } from './host-pools.ts'

/** The touched pages of a mapping on huge pages whose residence neither smaps nor pagemap shows. */
export function supposedTouch(
  alike: readonly CapturedProcess[],
  index: number,
): CapturedTouch | undefined {
  const isSupposed = alike.some(({ parts }) => isWithoutWord(parts[index]))
  return isSupposed ? { text: 'all', note: supposedWhy } : undefined
}

const supposedWhy =
  'this smaps does not show resident huge pages (Linux 4.4 and later does): all are assumed'

function isWithoutWord(part: MappedPart | undefined): boolean {
  return part?.touch.kind === 'exact' && part.touch.supposed === true
}

/** A pool with this share in use certainly has a user. */
const nearlyAll = 0.9

/** Sentences on the use of the pool by meminfo, where the mappings show less. */
export function poolRemarks(
  files: HostFiles,
  processes: readonly CapturedProcess[],
): readonly string[] {
  const use = usedPages(files.get('proc/meminfo') ?? '')
  const parts = processes.flatMap((process) => process.parts.filter(isOnHugePages))
  if (parts.some(isWithoutWord)) {
    const bound = use === undefined ? '' : `; ${amountOf(use)}, an upper bound`
    return [
      `smaps does not show resident huge pages: the plan assumes that all mapped ones are touched${bound}`,
    ]
  }
  const isIdle = use === undefined || use.pages < nearlyAll * use.total || use.pages === 0
  if (isIdle || parts.some(isTouched)) return []
  return [
    `${amountOf(use)}, but the captured processes have touched none of them: their user is missing from this plan`,
  ]
}

interface PoolUse {
  readonly pages: number
  readonly total: number
  readonly bytes: number
}

/** Use of the pool of the default size, the only one in meminfo: hugetlb_report_meminfo(). */
function usedPages(meminfo: string): PoolUse | undefined {
  const total = countOf(meminfo, pagesInPool)
  const free = countOf(meminfo, 'HugePages_Free')
  const each = kib(meminfo, 'Hugepagesize')
  if (typeof total !== 'number' || typeof free !== 'number' || each === undefined) return undefined
  if (free > total) return undefined
  return { pages: total - free, total, bytes: (total - free) * each * 1024 }
}

function amountOf({ pages, total, bytes }: PoolUse): string {
  const share = `${pages} of ${total} huge pages, ${formatBytes(bytes)}`
  return `${share}, are in use (HugePages_Total less HugePages_Free of /proc/meminfo)`
}

function isOnHugePages({ region }: MappedPart): boolean {
  return region.text.pageSize !== undefined
}

function isTouched({ touch }: MappedPart): boolean {
  return touch.kind === 'exact' ? touch.spans.count > 0 : touch.most > 0
}
