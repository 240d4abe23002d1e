import type { HugePage } from '../../geometry/layout.ts'
import { hugetlbStrategy, thpStrategy, transparentPage } from '../../sharing/catalogue.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Effort, LargerPages } from '../result/advice-result.ts'
import type { Candidate, Considered } from './candidate.ts'
import { considered, isCandidate, refused } from './candidate.ts'
import { fewerProcesses, poolingSettings } from './fewer-processes.ts'
import type { OnHugePages } from './huge-pages.ts'
import { onHugePages } from './huge-pages.ts'
import { pagesConfigured } from './pool-advice.ts'
import { withoutIdlePages } from './pools.ts'
import { roomFor } from './room.ts'
import { limitSettings } from './room-settings.ts'
import type { KnownSizes } from './sizes.ts'
import type { State } from './state.ts'
import { lacksRoom, rankOf } from './state.ts'
import { onTransparentPages, transparentPageSettings } from './transparent-pages.ts'

/** Idle pages given back. */
export function idlePools(
  workload: Workload,
  shortToo: boolean,
  sizes: KnownSizes,
): readonly Considered[] {
  const lowered = withoutIdlePages(workload, shortToo, sizes)
  const pool = workload.host.layout.hugePages.find(
    ({ bytes }) => pagesConfigured(lowered, bytes) !== pagesConfigured(workload, bytes),
  )
  if (pool === undefined) return []
  const about = { pageBytes: pool.bytes }
  const id = `resize-pool-${pool.label}`
  return [
    considered({ id, action: 'resize-pool', ...about, about, efforts: [], settings: [] }, lowered),
  ]
}

/**
 * Memory on huge pages: of the size of one PMD entry where the machine has it and that is enough, and
 * larger ones named with it; by itself a larger size only where it reaches a better level.
 */
export function hugePages(
  workload: Workload,
  sizes: KnownSizes,
  isAsked: (id: string) => boolean,
): Considered | undefined {
  const usual = transparentPage(workload.host.layout) ?? workload.host.layout.hugePages[0]
  if (usual === undefined) return undefined
  const all = workload.host.layout.hugePages
    .filter((page) => page.bytes >= usual.bytes && isAsked(hugetlbStrategy(page).id))
    .map((huge) => onOneSize(workload, huge, sizes))
  const possible = all.filter(isCandidate).filter(({ after }) => !lacksRoom(after))
  if (possible.length === 0) return all[0]
  const best = Math.min(...possible.map(({ after }) => rankOf(after)))
  const good = possible.filter(({ after }) => rankOf(after) === best)
  const [first, ...larger] = good
  if (first === undefined) return undefined
  return { ...first, about: { ...first.about, largerPages: asGood(first, larger) } }
}

/** Headroom counts, not table bytes: what rounding up to larger pages costs may be more than they save. */
function asGood({ after }: Candidate, larger: readonly Candidate[]): readonly LargerPages[] {
  const { headroomBytes } = after.outcome.memory
  return larger.flatMap(({ huge, after: then }) => {
    if (huge === undefined || then.outcome.memory.headroomBytes < headroomBytes) return []
    return [
      {
        pageBytes: huge.huge.bytes,
        pages: pagesConfigured(then.workload, huge.huge.bytes),
        headroomBytes: then.outcome.memory.headroomBytes,
      },
    ]
  })
}

function onOneSize(workload: Workload, huge: HugePage, sizes: KnownSizes): Considered {
  const { id } = hugetlbStrategy(huge)
  const found = onHugePages(workload, huge, sizes)
  if (found === undefined)
    return refused({ id, action: 'huge-pages', pageBytes: huge.bytes }, 'refused')
  return considered(
    {
      id,
      action: 'huge-pages',
      pageBytes: huge.bytes,
      about: { strategy: id, largerPages: [] },
      huge: found,
      efforts: effortsOf(huge, workload),
      settings: [],
    },
    found.workload,
  )
}

/** Pages of more than one PMD entry are hard to find once the machine runs. */
function effortsOf(huge: HugePage, { host: { layout } }: Workload): readonly Effort[] {
  const usual = transparentPage(layout)
  const atBoot = usual !== undefined && huge.bytes > usual.bytes
  return atBoot ? ['reboot', 'restart'] : ['restart']
}

/** What a further option is built on: huge pages come first where they help and are not enough. */
export interface Ground {
  readonly workload: Workload
  readonly sizes: KnownSizes
  readonly huge?: OnHugePages
  readonly efforts: readonly Effort[]
}

export function pooler(ground: Ground): readonly Considered[] {
  const about = { id: 'pooler', action: 'pooler' } as const
  const fewer = fewerProcesses(ground.workload, ground.sizes)
  if (fewer === undefined) return []
  if (fewer === 'never-safe') return [refused(about, 'never-safe')]
  const { group, processes, safeProcesses } = fewer
  const settings = poolingSettings(ground.workload, group, safeProcesses)
  return [
    considered(
      {
        ...about,
        about: { group: group.part?.name ?? group.name, processes, safeProcesses },
        ...onGround(ground, settings.length === 0 ? [] : ['reconnect']),
        settings,
      },
      fewer.workload,
    ),
  ]
}

/** Larger limits of cgroups, or more memory, whichever is short; both where both are. */
export function moreRoom(ground: Ground): readonly Considered[] {
  const room = roomFor(ground.workload)
  if (room === undefined) return []
  const { cgroups, safeBytes } = room
  const settings = limitSettings(cgroups)
  if (safeBytes === undefined) {
    const about = { id: 'cgroup-limit', action: 'cgroup-limit', about: { cgroups } } as const
    return [considered({ ...about, ...onGround(ground, []), settings }, room.workload)]
  }
  const figures = { memoryBytes: ground.workload.host.memory, safeBytes, cgroups }
  const about = { id: 'memory', action: 'memory', about: figures } as const
  return [considered({ ...about, ...onGround(ground, ['new-hardware']), settings }, room.workload)]
}

function onGround(
  { huge, efforts }: Ground,
  own: readonly Effort[],
): Pick<Candidate, 'huge' | 'efforts'> {
  return { ...(huge === undefined ? {} : { huge }), efforts: [...efforts, ...own] }
}

export function transparentPages(
  workload: Workload,
  isAsked: (id: string) => boolean,
): readonly Considered[] {
  const page = transparentPage(workload.host.layout)
  if (page === undefined) return []
  const { id } = thpStrategy(page)
  const action = 'transparent-huge-pages'
  if (!isAsked(id)) return []
  const found = onTransparentPages(workload)
  if (found === undefined) return [refused({ id, action, pageBytes: page.bytes }, 'refused')]
  const regions = found.regions.map(({ name, backing, program }: Region) => ({
    name,
    backing,
    program,
  }))
  const settings = transparentPageSettings(found.regions)
  const about = { strategy: id, regions }
  return [
    considered(
      { id, action, pageBytes: page.bytes, about, efforts: ['restart'], settings },
      found.workload,
    ),
  ]
}

/** True where huge pages help by themselves, though not as much as something else may. */
export function helps(candidate: Candidate, reference: State | undefined): boolean {
  if (reference === undefined) return true
  const ranks = rankOf(candidate.after) - rankOf(reference)
  const added = addedHeadroom(candidate, reference)
  return ranks < 0 || (ranks === 0 && added * 100 >= reference.workload.host.memory)
}

export function addedHeadroom({ after }: Candidate, { outcome }: State): number {
  return after.outcome.memory.headroomBytes - outcome.memory.headroomBytes
}
