import type { Layout } from '../../geometry/layout.ts'
import { bytes, count } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { BaseTables, Owner } from '../../workload/base-tables.ts'
import { baseTablesOf, sumOfBaseTables, tablesPerStack } from '../../workload/base-tables.ts'
import type { Group, Host, Mapping, Region } from '../../workload/workload.ts'
import { mostProcesses } from '../../workload/workload.ts'
import { defaults } from '../schema/defaults.ts'
import type { GroupText } from '../schema/scenario-text.ts'
import { checkPlaces } from './check-places.ts'
import { copiesOf } from './copies.ts'
import type { Draft, Part } from './desk.ts'
import { assume, choiceOf, complain, isBroken, resolveSize, sizeOf } from './desk.ts'
import { resolveMapping } from './resolve-mapping.ts'

export type GroupPart = Part<Draft<GroupText>>

/**
 * One group. Mappings of regions that are unknown, or whose size is, are left out.
 * @param regions by name.
 */
export function resolveGroup(
  name: string,
  part: GroupPart,
  host: Host,
  regions: ReadonlyMap<string, Region>,
): Group {
  const { desk, draft, path } = part
  const { layout } = host
  const size = (key: keyof typeof sizeDefaults, source: string) =>
    sizeOf(part, key, layout.pageBytes, sizeDefaults[key], source)
  const copies = copiesOf(part)
  const threads = choiceOf(part, 'threads', 1, 'default: one thread per process')
  const own = size('private', 'default: only what the regions hold')
  const locked = size('lockedPrivate', 'default: nothing mlocked')
  const tables = tablesOf(part, host, { private: own ?? bytes(0), threads: count(threads) })
  const kernelMemory = size('kernelMemory', 'default: kernel stack, task, mm and files, rounded')
  const uid = choiceOf(part, 'uid', 0, 'default: root')
  const gid = choiceOf(part, 'gid', 0, 'default: root')
  const cgroup = cgroupOf(part)
  const oomScoreAdj = choiceOf(part, 'oomScoreAdj', 0, "default: the kernel's own")
  const shortLived = choiceOf(part, 'shortLived', false, 'default: as long as the workload')
  if (own !== undefined && locked !== undefined && locked > own) {
    const message = `more mlocked memory than private memory (\`${draft?.private ?? defaults.none}\`)`
    complain(desk, [...path, 'lockedPrivate'], { message, expected: 'at most `private`' })
  }
  return {
    name,
    ...copies,
    processes: count(Math.min(mostProcesses, (draft?.processes ?? 0) * (copies.copies ?? 1))),
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
    maps: mapsOf(part, layout, regions),
  }
}

const sizeDefaults = {
  private: defaults.none,
  lockedPrivate: defaults.none,
  kernelMemory: defaults.kernelMemory,
}

/** What is given is taken as it is. */
function tablesOf(
  part: GroupPart,
  host: Host,
  owner: Owner,
): Pick<Group, 'baseTables' | 'assumedTables'> {
  const { desk, draft } = part
  const { pageBytes } = host.layout
  const path = [...part.path, 'baseTables']
  if (isBroken(part, 'baseTables')) return { baseTables: bytes(0) }
  if (draft?.baseTables !== undefined) {
    return { baseTables: resolveSize(desk, draft.baseTables, path, pageBytes) ?? bytes(0) }
  }
  const assumed = resolveSize(desk, defaults.baseTables, path, pageBytes) ?? bytes(0)
  const parts = baseTablesOf(host, owner, assumed)
  const baseTables = sumOfBaseTables(parts)
  assume(desk, path, writeSize(baseTables), sourceOfTables(parts, owner, host))
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

function cgroupOf(part: GroupPart): string | undefined {
  const { desk, draft, path } = part
  if (draft?.cgroup !== undefined) return draft.cgroup
  if (!isBroken(part, 'cgroup'))
    assume(desk, [...path, 'cgroup'], 'none', 'default: no memory limit')
  return undefined
}

function mapsOf(
  part: GroupPart,
  layout: Layout,
  regions: ReadonlyMap<string, Region>,
): readonly Mapping[] {
  const { desk, draft } = part
  const path = [...part.path, 'maps']
  if (draft?.maps === undefined) {
    if (!isBroken(part, 'maps')) assume(desk, path, '[]', 'default: maps no region')
    return []
  }
  const maps = draft.maps.map((map, index) => {
    const region = map?.region === undefined ? undefined : regions.get(map.region)
    const inner = { desk, draft: map, path: [...path, index] }
    return region === undefined ? undefined : resolveMapping(inner, region, layout)
  })
  checkPlaces(desk, path, maps, layout)
  return maps.filter((map) => map !== undefined)
}
