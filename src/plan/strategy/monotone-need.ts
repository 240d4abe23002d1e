import type { Path } from '../../units/path.ts'
import type { Workload } from '../../workload/workload.ts'

/**
 * Whether page tables, demand and risk of a strategy only rise, or only fall, with a value of a region or
 * group while all others stay. docs/model/ranges.md has the reasons.
 */
export function isNeedMonotone(place: Path, workload: Workload, id: string): boolean {
  const [root, name, key] = place
  // Who touches a page first is charged for it: a cgroup may be better off as another group grows.
  if (workload.host.cgroups.length > 0) return false
  const isInPool = id === 'as-described' && workload.regions.some(fallsBack)
  if (root === 'groups') {
    if (isInPool) return false
    return key === 'maps' ? isTouchedShare(place) : growing.has(String(key))
  }
  if (root !== 'regions') return false
  if (key === 'resident') return true
  return key === 'size' && isSizeMonotone(String(name), workload, id)
}

const growing: ReadonlySet<string> = new Set([
  ...['processes', 'threads', 'private', 'lockedPrivate', 'baseTables', 'kernelMemory'],
])

function fallsBack({ fallback }: Workload['regions'][number]): boolean {
  return fallback !== 'fail'
}

/** A share, a number of pages or of accesses: a larger one holds all that a smaller one touches. */
function isTouchedShare(place: Path): boolean {
  const [key, kind = 'share'] = place.slice(4)
  return key === 'touched' && ['share', 'first', 'random', 'zipf'].includes(String(kind))
}

/** On base pages a larger region has the same tables and more, unless a later mapping moves with it. */
function isSizeMonotone(name: string, workload: Workload, id: string): boolean {
  const { host, regions, groups } = workload
  const region = regions.find((one) => one.name === name)
  if (region === undefined || region.pageBytes !== host.layout.pageBytes || region.thp) return false
  const isOnBase =
    ['base-pages', 'threads'].includes(id) ||
    (id === 'mshare' && host.layout.id === 'x86-64') ||
    (id === 'as-described' && region.mshare === undefined)
  return isOnBase && groups.every(({ maps }) => maps.every(isPlain))

  function isPlain({ region: mapped, touched }: Mapped, index: number, all: readonly Mapped[]) {
    if (mapped !== name) return true
    const isLast = all.slice(index + 1).every(({ at }) => at !== undefined)
    return isLast && touched.kind === 'ranges'
  }
}

type Mapped = Workload['groups'][number]['maps'][number]
