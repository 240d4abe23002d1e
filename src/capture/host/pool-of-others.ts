import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { RegionText, ScenarioText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { parseSize, writeSize } from '../../units/size.ts'
import { namesOf } from '../estimate/names.ts'
import type { HostFiles } from '../files/host-files.ts'
import { poolCounts } from './pool-counts.ts'

type Groups = ScenarioText['groups']
type Regions = NonNullable<ScenarioText['regions']>

/**
 * Makes a region for the huge pages of each pool that are in use or reserved, but not by the regions. No group
 * maps it. Without it a plan would treat these pages as idle and advise to give them back.
 */
export function poolOfOthers(
  files: HostFiles,
  { hugepages = {} }: ScenarioText['host'],
  { regions = {}, groups }: Pick<ScenarioText, 'regions' | 'groups'>,
  annotated: AnnotatedScenario,
): Regions {
  const found = Object.entries(hugepages).flatMap(([page, pages]) => {
    const pageBytes = bytesOf(page)
    const taken = Math.min(takenPages(files, pageBytes) ?? 0, pages)
    const others = taken - ownPages(regions, groups, pageBytes)
    return others > 0 ? [{ page, length: others * pageBytes }] : []
  })
  const taken = Object.keys(regions)
  const names = namesOf([...taken, ...found.map(({ page }) => `huge pages of ${page} of others`)])
  return Object.fromEntries(
    found.map(({ page, length }, index) => {
      const name = names[taken.length + index] ?? ''
      annotated.say(['regions', name, 'size'], sizeWhy)
      annotated.estimate(['regions', name, 'backing'], backingWhy)
      const text: RegionText = {
        size: writeSize(bytes(length)),
        backing: 'sysv-shm',
        pageSize: page,
      }
      return [name, text]
    }),
  )
}

const sizeWhy = 'in use or reserved (HugePages_Total, _Free and _Rsvd), less the captured regions'
const backingWhy = 'the owner of these huge pages is unknown: no process in this file'

/** h->nr_huge_pages less those that are free and that no mapping was promised: mm/hugetlb.c. */
export function takenPages(files: HostFiles, pageBytes: number): number | undefined {
  const counts = poolCounts(files, pageBytes)
  return counts === undefined ? undefined : counts.total - counts.free + counts.reserved
}

/** As they are planned: shared memory once, private memory in each process. */
function ownPages(regions: Regions, groups: Groups, pageBytes: number): number {
  const owned = Object.entries(regions).filter(
    ([, { pageSize }]) => pageSize !== undefined && bytesOf(pageSize) === pageBytes,
  )
  return owned.reduce((sum, [name, { size, backing }]) => {
    const instances = backing === 'anonymous' ? processesWith(groups, name) : 1
    return sum + (bytesOf(size) / pageBytes) * instances
  }, 0)
}

function processesWith(groups: Groups, region: string): number {
  return Object.values(groups)
    .filter(({ maps = [] }) => maps.some((map) => map.region === region))
    .reduce((sum, { processes }) => sum + processes, 0)
}

/** Sizes are as captures write them: none is in `pages`. */
function bytesOf(text: string): number {
  const reading = parseSize(text, bytes(4096))
  return reading.ok ? reading.bytes : 0
}
