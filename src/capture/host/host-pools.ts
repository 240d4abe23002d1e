import type { Layout } from '../../geometry/layout.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { HostText } from '../../scenario/schema/scenario-text.ts'
import type { HostFiles } from '../files/host-files.ts'
import { poolFolder } from '../files/host-files.ts'
import { countOf } from '../files/kernel-text.ts'
import { kib, size } from '../files/memory-text.ts'
import { flagsOf } from '../machine/machine-layout.ts'
import { numberOrRemark } from './host-number.ts'

/** A count, though meminfo has it. */
export const pagesInPool = 'HugePages_Total'

interface Machine {
  readonly meminfo: string
  /** KiB of MemTotal. */
  readonly memory: number
  readonly layout: Layout
}

/** Huge pages of hugetlb: the pools, and the sizes that there are. */
export function hugepagesOf(
  files: HostFiles,
  machine: Machine,
  annotated: AnnotatedScenario,
): Pick<HostText, 'hugepages' | 'hugepageSizes'> {
  const pools = poolsOf(files, machine, annotated)
  const sizes = pools.map(([kibytes]) => kibytes)
  const hugepages = Object.fromEntries(pools.map(([kibytes, pages]) => [size(kibytes), pages]))
  return {
    ...(pools.length === 0 ? {} : { hugepages }),
    ...pageSizesOf(files, machine, sizes, annotated),
  }
}

type Pool = readonly [kibytes: number, pages: number]

/** By nr_hugepages of each size, else by meminfo, which has the default size alone; smallest first. */
function poolsOf(
  files: HostFiles,
  { meminfo, memory, layout }: Machine,
  annotated: AnnotatedScenario,
): readonly Pool[] {
  const found = [...files].flatMap(([path, text]): readonly Pool[] => {
    const kibytes = kibytesIn(path)
    const isCount = path.endsWith('/nr_hugepages')
    const pages =
      kibytes === undefined || !isCount ? undefined : numberOrRemark(`/${path}`, text, annotated)
    return kibytes === undefined || !pages ? [] : [[kibytes, pages]]
  })
  const listed = found.length > 0 ? found : poolOfMeminfo(meminfo)
  const known = listed.filter(([kibytes, pages]) => {
    const why = whyNoPool(kibytes, pages, memory, layout)
    if (why !== undefined) {
      annotated.remark(`a pool of ${pages} huge pages of ${kibytes} kB ${why}; it is ignored`)
    }
    return why === undefined
  })
  if (known.length === 0) return []
  const source =
    found.length > 0 ? `nr_hugepages of /${poolFolder}` : 'HugePages_Total of /proc/meminfo'
  annotated.say(['host', 'hugepages'], source)
  return known.toSorted((left, right) => left[0] - right[0])
}

/** KiB of the size whose folder the path is in. */
function kibytesIn(path: string): number | undefined {
  const [, kibytes] = new RegExp(`^${poolFolder}/hugepages-(\\d+)kB/`).exec(path) ?? []
  return kibytes === undefined ? undefined : Number(kibytes)
}

function whyNoPool(
  kibytes: number,
  pages: number,
  memory: number,
  layout: Layout,
): string | undefined {
  if (kibytes * pages > memory) return 'is more than MemTotal'
  return isKnown(layout, kibytes) ? undefined : `is unknown to ${layout.id}`
}

function isKnown(layout: Layout, kibytes: number): boolean {
  return layout.hugePages.some((page) => page.bytes === kibytes * 1024)
}

function poolOfMeminfo(meminfo: string): readonly Pool[] {
  const pages = countOf(meminfo, pagesInPool)
  const each = kib(meminfo, 'Hugepagesize')
  return typeof pages === 'number' && pages > 0 && each !== undefined ? [[each, pages]] : []
}

/**
 * Sizes that hugetlb has on this machine: a folder of /sys for each, hugetlb_sysfs_init() in
 * mm/hugetlb.c. Without it, on x86-64 alone, those that the processor has:
 * arch_hugetlb_valid_size() in arch/x86/mm/hugetlbpage.c.
 */
function pageSizesOf(
  files: HostFiles,
  { meminfo, layout }: Machine,
  ofPools: readonly number[],
  annotated: AnnotatedScenario,
): Pick<HostText, 'hugepageSizes'> {
  const listed = [...files.keys()].flatMap((path) => kibytesIn(path) ?? [])
  const told = listed.length > 0 ? listed : sizesByFlags(files, meminfo, layout)
  const known = told.filter((kibytes) => isKnown(layout, kibytes))
  if (known.length === 0) return {}
  const source = listed.length > 0 ? `/${poolFolder}` : 'pse and pdpe1gb in flags of /proc/cpuinfo'
  const sizes = [...new Set([...known, ...ofPools])].toSorted((left, right) => left - right)
  const written = sizes.map((kibytes) => size(kibytes))
  annotated.say(['host', 'hugepageSizes'], source)
  return { hugepageSizes: written }
}

/** In KiB. Meminfo has the default size where there is one: hugetlb_report_meminfo() in mm/hugetlb.c. */
function sizesByFlags(
  files: HostFiles,
  meminfo: string,
  { architecture }: Layout,
): readonly number[] {
  const flags = flagsOf(files)
  if (architecture !== 'x86-64' || flags === undefined) return []
  const usual = kib(meminfo, 'Hugepagesize')
  return [
    ...(usual === undefined ? [] : [usual]),
    ...(flags.includes('pse') ? [2 * 1024] : []),
    ...(flags.includes('pdpe1gb') ? [1024 ** 2] : []),
  ]
}
