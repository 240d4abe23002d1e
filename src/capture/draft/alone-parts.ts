import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { Grouping } from '../estimate/grouping.ts'
import { namesOf } from '../estimate/names.ts'
import { shmemKib } from '../estimate/resident.ts'
import { memoryFile } from '../files/memory-text.ts'
import type { SysvSegment } from '../files/sysv-segments.ts'
import { segmentName } from '../files/sysv-segments.ts'
import { attachedGroups } from '../host/attached-groups.ts'
import type { KnownLayout } from '../machine/machine-layout.ts'
import type { Observation } from '../machine/observation.ts'
import type { AloneGroup } from './alone-groups.ts'
import { attachedGroup, listedGroups } from './alone-groups.ts'
import type { AloneRegion, KnownSegments } from './alone-regions.ts'
import { segmentRegion } from './alone-regions.ts'
import { attachmentsOf } from './attachments.ts'
import type { Listed, ListedProcesses } from './listed-processes.ts'
import { serverMemories, usedPool } from './server-memory.ts'

type Seen = Observation & { readonly layout: KnownLayout }

/** Regions and groups of a machine whose processes were not copied. */
export interface Parts {
  readonly groups: readonly AloneGroup[]
  readonly regions: readonly AloneRegion[]
  /** Attachments that no listed process can have. */
  readonly missing: number
  readonly remarks: readonly string[]
}

/** Regions and groups: of a list of processes and the segments, else of the segments alone. */
export function partsOf(
  seen: Seen,
  grouping: Grouping | undefined,
  segments: KnownSegments,
  listed: ListedProcesses | undefined,
  annotated: AnnotatedScenario,
): Parts {
  const { layout } = seen.layout
  const file = memoryFile(seen.files)
  const known = listed ?? noProcesses
  const everybody = [...known.chosen, ...known.others]
  const attached = attachmentsOf(segments.segments, everybody, segments.ownerOf)
  const names = namesOf(segments.segments.map(segmentName))
  const ofSegments = segments.segments.map((segment, index) =>
    segmentRegion(segment, names[index] ?? '', segments, layout, file, annotated),
  )
  const regionOf = new Map(
    segments.segments.flatMap(({ id }, index) => {
      const region = ofSegments[index]
      return region === undefined ? [] : [[id, region] as const]
    }),
  )
  const servers = serverMemories(everybody, leftOf(seen, segments), {
    files: seen.files,
    layout,
    annotated,
  })
  const serverOf = new Map(
    servers.flatMap(({ region, processes }) => processes.map((one) => [one, region] as const)),
  )
  const regionsOf = (one: Listed): readonly AloneRegion[] => [
    ...(attached.of.get(one) ?? []).flatMap(({ id }) => regionOf.get(id) ?? []),
    ...[serverOf.get(one)].filter((region) => region !== undefined),
  ]
  const found = listedGroups(known, regionsOf, grouping)
  const counted = attachedGroups(attached.missing).map((group) =>
    attachedGroup(group, regionOf, segments.source, found, known.others.length === 0),
  )
  const groups = renamed([...found, ...counted])
  const regions = [...ofSegments, ...servers.map(({ region }) => region)]
  return {
    groups,
    regions: withPrograms(regions, groups, annotated),
    missing: attached.missing.reduce((sum, one) => sum + one.attached, 0),
    remarks: listed === undefined ? [] : attached.remarks,
  }
}

const noProcesses = { chosen: [], others: [], source: '' }

function renamed(groups: readonly AloneGroup[]): readonly AloneGroup[] {
  const names = namesOf(groups.map(({ name }) => name))
  return groups.map((group, index) => ({ ...group, name: names[index] ?? group.name }))
}

/** Shmem and used huge pages that the segments leave. */
function leftOf(seen: Seen, { segments, pages }: KnownSegments) {
  const sum = (isHuge: boolean, of: (segment: SysvSegment) => number): number =>
    segments.filter((one) => pages.has(one) === isHuge).reduce((total, one) => total + of(one), 0)
  return {
    shmem: Math.max(0, shmemKib(seen) * 1024 - sum(false, ({ rss }) => rss)),
    pool: Math.max(0, usedPool(seen.files) - sum(true, ({ bytes: length }) => length)),
  }
}

/** A region is of the program that most processes which map it run. */
function withPrograms(
  regions: readonly AloneRegion[],
  groups: readonly AloneGroup[],
  annotated: AnnotatedScenario,
): readonly AloneRegion[] {
  return regions.map((region) => {
    const most = groups
      .filter((group) => group.regions.some(({ name }) => name === region.name))
      .reduce<AloneGroup | undefined>(
        (best, one) => (best === undefined || one.processes > best.processes ? one : best),
        undefined,
      )
    const known = most?.program
    if (known === undefined || region.text.program !== undefined) return region
    annotated.estimate(['regions', region.name, 'program'], 'the program of most of its processes')
    const isHuge = region.page !== undefined && known.fallback !== undefined
    if (isHuge) annotated.estimate(['regions', region.name, 'fallback'], known.why ?? '')
    const text = {
      ...region.text,
      program: known.program,
      ...(isHuge ? { fallback: known.fallback } : {}),
    }
    return { ...region, text }
  })
}
