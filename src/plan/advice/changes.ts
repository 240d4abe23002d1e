import { isShmem } from '../../host/resident.ts'
import { pathText } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { copiesOf } from '../../workload/copies.ts'
import type { Group, Mapping } from '../../workload/group.ts'
import type { Host } from '../../workload/host.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Change } from '../result/advice-result.ts'
import { touchedKeys } from './touched-changes.ts'

/** What of a scenario is different once something is done, key by key. */
export function changesOf(before: Workload, after: Workload): readonly Change[] {
  const { pageBytes } = before.host.layout
  const changes = [
    ...hostChanges(before.host, after.host),
    ...after.regions.flatMap((region, index) => [
      ...regionChanges(before.regions[index], region),
      ...(staysOffThp(before, after, region)
        ? change(['regions', writtenName(region), 'thp'], undefined, false)
        : []),
    ]),
    ...after.groups.flatMap((group, index) => groupChanges(before.groups[index], group, pageBytes)),
  ]
  // Parts of the copies are one entry of the scenario.
  return [...new Map(changes.map((one) => [one.path, one])).values()]
}

/**
 * True where the switch for shared memory would give a region transparent huge pages that the plan
 * does without: /dev/shm has an option of its own.
 */
function staysOffThp(before: Workload, { host }: Workload, region: Region): boolean {
  const isSwitched = before.host.thp.shmem !== 'always' && host.thp.shmem === 'always'
  const isOnBasePages = !region.thp && region.pageBytes === host.layout.pageBytes
  return isSwitched && isOnBasePages && isShmem(region)
}

/** What the scenario calls a region or group of which a part of the copies is planned. */
function writtenName({ name, part }: Region | Group): string {
  return part?.name ?? name
}

type Value = Change['value'] | undefined

/** A key that is gone is `null`. */
function change(path: readonly (string | number)[], was: Value, is: Value): readonly Change[] {
  return was === is ? [] : [{ path: pathText(path), value: is ?? null }]
}

function sized(size: number | undefined): string | undefined {
  return size === undefined ? undefined : writeSize(bytes(size))
}

function hostChanges(before: Host, after: Host): readonly Change[] {
  const pagesIn = (host: Host, pageBytes: number): number =>
    host.hugepages
      .filter((pool) => pool.pageBytes === pageBytes)
      .reduce((sum, pool) => sum + pool.count, 0)
  return [
    ...change(['host', 'memory'], sized(before.memory), sized(after.memory)),
    ...after.layout.hugePages.flatMap(({ bytes: size }) =>
      change(['host', 'hugepages', writeSize(size)], pagesIn(before, size), pagesIn(after, size)),
    ),
    ...change(['host', 'overcommit', 'mode'], before.overcommit.mode, after.overcommit.mode),
    ...change(['host', 'overcommit', 'ratio'], before.overcommit.ratio, after.overcommit.ratio),
    ...change(['host', 'thp', 'shmem'], before.thp.shmem, after.thp.shmem),
    ...after.cgroups.flatMap(({ name, limit }) => {
      const was = before.cgroups.find((one) => one.name === name)?.limit
      return change(['host', 'cgroups', name, 'limit'], sized(was), sized(limit))
    }),
  ]
}

function regionChanges(before: Region | undefined, after: Region): readonly Change[] {
  if (before === undefined) return []
  const path = (key: string): readonly string[] => ['regions', writtenName(after), key]
  return [
    ...change(path('size'), sized(before.size), sized(after.size)),
    ...change(path('backing'), before.backing, after.backing),
    ...change(path('pageSize'), sized(before.pageBytes), sized(after.pageBytes)),
    ...change(path('objects'), before.objects, after.objects),
    ...change(path('thp'), before.thp, after.thp),
    ...change(path('fallback'), before.fallback, after.fallback),
    ...change(path('resident'), sized(before.resident?.bytes), sized(after.resident?.bytes)),
    ...(before.mshare === undefined || after.mshare !== undefined
      ? []
      : change(path('mshare'), true, false)),
  ]
}

function groupChanges(
  before: Group | undefined,
  after: Group,
  pageBytes: number,
): readonly Change[] {
  if (before === undefined) return []
  const path = (...keys: readonly (string | number)[]): readonly (string | number)[] => [
    'groups',
    writtenName(after),
    ...keys,
  ]
  return [
    // A scenario writes those of one instance.
    ...change(
      path('processes'),
      before.processes / copiesOf(before),
      after.processes / copiesOf(after),
    ),
    ...after.maps.flatMap((map, index) => {
      const was = before.maps[index]
      if (was === undefined) return []
      const isFreed = was.at !== undefined && map.at === undefined
      return [
        ...(isFreed ? change(path('maps', index, 'at'), undefined, null) : []),
        ...(isFreed ? change(path('maps', index, 'movable'), undefined, null) : []),
        ...change(
          path('maps', index, 'length'),
          sized(was.length * pageBytes),
          sized(map.length * pageBytes),
        ),
        ...(was.length === map.length ? [] : touchedChanges(path('maps', index, 'touched'), map)),
      ]
    }),
  ]
}

/** What was written there is gone, whatever it was. */
function touchedChanges(path: readonly (string | number)[], map: Mapping): readonly Change[] {
  const keys = touchedKeys(map)
  return keys.length === 0
    ? []
    : [
        ...change(path, undefined, null),
        ...keys.flatMap(([key, text]) => change([...path, key], undefined, text)),
      ]
}
