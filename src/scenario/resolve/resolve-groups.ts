import type { Layout } from '../../geometry/layout.ts'
import { bytes, count } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { BaseTables, Owner } from '../../workload/base-tables.ts'
import { baseTablesOf, sumOfBaseTables, tablesPerStack } from '../../workload/base-tables.ts'
import type { Group, Mapping } from '../../workload/group.ts'
import { mostProcesses } from '../../workload/group.ts'
import type { Host } from '../../workload/host.ts'
import type { Region } from '../../workload/region.ts'
import { defaults } from '../schema/defaults.ts'
import type { GroupText } from '../schema/scenario-text.ts'
import { checkPlaces } from './check-places.ts'
import { copiesOf } from './copies.ts'
import { resolveMapping } from './resolve-mapping.ts'
import type { DeepPartial, Section } from './section.ts'
import { assume, choiceOf, complain, isBroken, resolveSize, sizeOf } from './section.ts'

export type GroupSection = Section<DeepPartial<GroupText>>

/**
 * One group, without mappings of regions whose name or size is unknown.
 * @param regions by name.
 */
export function resolveGroup(
  name: string,
  section: GroupSection,
  host: Host,
  regions: ReadonlyMap<string, Region>,
): Group {
  const { log, given, path } = section
  const { layout } = host
  const size = (key: keyof typeof sizeDefaults, source: string) =>
    sizeOf(section, key, layout.pageBytes, sizeDefaults[key], source)
  const copies = copiesOf(section)
  const threads = choiceOf(section, 'threads', 1, 'default: one thread per process')
  const own = size('private', 'default: only what the regions hold')
  const locked = size('lockedPrivate', 'default: nothing mlocked')
  const tables = tablesOf(section, host, { private: own ?? bytes(0), threads: count(threads) })
  const kernelMemory = size('kernelMemory', 'default: kernel stack, task, mm and files, rounded')
  const uid = choiceOf(section, 'uid', 0, 'default: root')
  const gid = choiceOf(section, 'gid', 0, 'default: root')
  const cgroup = cgroupOf(section)
  const oomScoreAdj = choiceOf(section, 'oomScoreAdj', 0, "default: the kernel's own")
  const shortLived = choiceOf(section, 'shortLived', false, 'default: as long as the workload')
  if (own !== undefined && locked !== undefined && locked > own) {
    const message = `more mlocked memory than private memory (\`${given?.private ?? defaults.none}\`)`
    complain(log, [...path, 'lockedPrivate'], { message, expected: 'at most `private`' })
  }
  return {
    name,
    ...copies,
    processes: count(Math.min(mostProcesses, (given?.processes ?? 0) * (copies.copies ?? 1))),
    threads: count(threads),
    private: own ?? bytes(0),
    lockedPrivate: locked ?? bytes(0),
    ...tables,
    kernelMemory: kernelMemory ?? bytes(0),
    uid,
    gid,
    ...(cgroup === undefined ? {} : { cgroup }),
    oomScoreAdj,
    shortLived,
    maps: mapsOf(section, layout, regions),
  }
}

const sizeDefaults = {
  private: defaults.none,
  lockedPrivate: defaults.none,
  kernelMemory: defaults.kernelMemory,
}

/** What is given is taken as it is. */
function tablesOf(
  section: GroupSection,
  host: Host,
  owner: Owner,
): Pick<Group, 'baseTables' | 'assumedTables'> {
  const { log, given } = section
  const { pageBytes } = host.layout
  const path = [...section.path, 'baseTables']
  if (isBroken(section, 'baseTables')) return { baseTables: bytes(0) }
  if (given?.baseTables !== undefined) {
    return { baseTables: resolveSize(log, given.baseTables, path, pageBytes) ?? bytes(0) }
  }
  const assumed = resolveSize(log, defaults.baseTables, path, pageBytes) ?? bytes(0)
  const parts = baseTablesOf(host, owner, assumed)
  const baseTables = sumOfBaseTables(parts)
  assume(log, path, writeSize(baseTables), sourceOfTables(parts, owner, host))
  return { baseTables, assumedTables: assumed }
}

function sourceOfTables(parts: BaseTables, { threads }: Owner, { kernel }: Host): string {
  const typical =
    'typical of a dynamically linked server process (130–485 KiB measured per database session)'
  const { assumed, ofPrivate, ofStacks } = parts
  if (ofPrivate + ofStacks === 0) return `default: ${typical}`
  const each = tablesPerStack(kernel)
  const guards = each === 1 ? 'stacks of 8 MiB' : 'stacks of 8 MiB, glibc 2.42 or later'
  return [
    `default: ${writeSize(assumed)}, ${typical}`,
    ...(ofPrivate > 0
      ? [`${writeSize(ofPrivate)} for \`private\`, derived: on base pages, in one piece`]
      : []),
    ...(ofStacks > 0
      ? [
          `${writeSize(ofStacks)} for ${threads - 1} more threads: ${each} pte ${each === 1 ? 'table' : 'tables'} each at most (${guards})`,
        ]
      : []),
  ].join('; ')
}

function cgroupOf(section: GroupSection): string | undefined {
  const { log, given, path } = section
  if (given?.cgroup !== undefined) return given.cgroup
  if (!isBroken(section, 'cgroup'))
    assume(log, [...path, 'cgroup'], 'none', 'default: no memory limit')
  return undefined
}

function mapsOf(
  section: GroupSection,
  layout: Layout,
  regions: ReadonlyMap<string, Region>,
): readonly Mapping[] {
  const { log, given } = section
  const path = [...section.path, 'maps']
  if (given?.maps === undefined) {
    if (!isBroken(section, 'maps')) assume(log, path, '[]', 'default: maps no region')
    return []
  }
  const maps = given.maps.map((map, index) => {
    const region = map?.region === undefined ? undefined : regions.get(map.region)
    const inner = { log, given: map, path: [...path, index] }
    return region === undefined ? undefined : resolveMapping(inner, region, layout)
  })
  checkPlaces(log, path, maps, layout)
  return maps.filter((map) => map !== undefined)
}
