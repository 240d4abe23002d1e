import type { GroupText, MappingText, RegionText } from '../../scenario/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Imported, Wishes } from '../imported.ts'
import type { Remarks } from '../remarks.ts'
import { assumed, decidedBy, given, noRemarks, ofOption, placeOf } from '../remarks.ts'
import type { UnknownName } from '../unknown-name.ts'
import { openingOf } from './opening.ts'
import type { ParameterName } from './parameters.ts'
import { usualText } from './parameters.ts'
import type { Crew } from './processes.ts'
import { crewsOf } from './processes.ts'
import type { KnownRelease } from './release.ts'
import type { Settings } from './settings.ts'
import type { SharedMemory } from './shared-memory.ts'
import { sharedMemoryOf } from './shared-memory.ts'

/** Name of the region in the scenario. */
const shared = 'shared-memory'

/**
 * The scenario of a PostgreSQL server: one region, a group for each kind of process.
 * @param unknown names that are left to a release which may have them.
 */
export function scenarioOf(
  path: string,
  settings: Settings,
  release: KnownRelease,
  unknown: readonly UnknownName[],
  wishes: Wishes,
): Imported {
  const remarks = noRemarks()
  const room = Math.max(settings.numberOf('max_connections'), wishes.connections ?? 0)
  const memory = sharedMemoryOf(release.rules, settings, room)
  const region = regionOf(settings, memory, remarks)
  remarkSize(memory, settings, release, wishes, remarks)
  const crews = crewsOf(settings, release.rules, memory, wishes.connections)
  const groups = crews.map((crew) => [crew.name, groupOf(crew, settings, wishes, remarks)] as const)
  given(remarks, ['host', 'memory'], '--memory')
  if (wishes.swap !== undefined) given(remarks, ['host', 'swap'], '--swap')
  const pool = poolOf(settings, memory, remarks)
  const scenario = {
    version: 1 as const,
    name: `PostgreSQL ${release.series ?? ''}`.trim(),
    host: {
      memory: wishes.memory,
      ...(wishes.swap === undefined ? {} : { swap: wishes.swap }),
      ...(pool === undefined ? {} : { hugepages: pool }),
    },
    regions: { [shared]: region },
    groups: Object.fromEntries(groups),
    assumed: remarks.assumed,
  }
  const opening = openingOf(path, settings, release, unknown)
  return {
    ok: true,
    scenario: { opening, scenario, notes: remarks.notes },
    origins: remarks.origins,
  }
}

function regionOf(settings: Settings, memory: SharedMemory, remarks: Remarks): RegionText {
  const path = ['regions', shared]
  const backing = settings.wordOf('shared_memory_type') === 'sysv' ? 'sysv-shm' : 'anonymous-shared'
  remark(remarks, settings, [...path, 'backing'], 'shared_memory_type')
  const mode = settings.wordOf('huge_pages')
  const plain = { size: writeSize(bytes(memory.bytes)), backing } as const
  if (mode === 'off') return plain
  const lacking = mode === 'try' ? lackOf(settings, backing) : undefined
  if (lacking !== undefined) {
    decidedBy(remarks, [...path, 'pageSize'], settings.lineOf('huge_page_size')?.valueSpot)
    assumed(remarks, [...path, 'pageSize'], lacking)
    return { ...plain, pageSize: '4 KiB' }
  }
  const isSized = settings.lineOf('huge_page_size') !== undefined
  remark(remarks, settings, [...path, 'pageSize'], isSized ? 'huge_page_size' : 'huge_pages')
  remark(remarks, settings, [...path, 'fallback'], 'huge_pages')
  const page = hugePageBytes(settings)
  return {
    size: writeSize(bytes(Math.ceil(memory.bytes / page) * page)),
    backing,
    pageSize: writeSize(bytes(page)),
    fallback: mode === 'on' ? 'fail' : 'base-pages',
  }
}

/** Sizes of huge pages on x86-64, which the scenario is of. */
const hugePages: readonly number[] = [2 ** 21, 2 ** 30]

/**
 * Why a server with `huge_pages = try` goes on with base pages, without rounding up to huge ones, however
 * large the pool is: PGSharedMemoryCreate() and CreateAnonymousSegment() of src/backend/port/sysv_shmem.c.
 */
function lackOf(settings: Settings, backing: RegionText['backing']): string | undefined {
  const behind = `with ${said(settings, 'huge_pages')} the server goes on with base pages`
  if (backing === 'sysv-shm') return `SysV memory of PostgreSQL is not on huge pages: ${behind}`
  if (hugePages.includes(hugePageBytes(settings))) return undefined
  return `${said(settings, 'huge_page_size')}, and x86-64 has no such pages: ${behind}`
}

/** With huge_page_size = 0 the kernel's default counts: 2 MiB on x86-64. */
function hugePageBytes(settings: Settings): number {
  return (settings.numberOf('huge_page_size') || 2048) * 1024
}

/** Without the pool a server with huge_pages = on does not start; with `try` nobody says what there is. */
function poolOf(settings: Settings, memory: SharedMemory, remarks: Remarks) {
  if (settings.wordOf('huge_pages') !== 'on') return undefined
  const page = hugePageBytes(settings)
  const size = writeSize(bytes(page))
  decidedBy(remarks, ['host', 'hugepages'], settings.lineOf('huge_page_size')?.valueSpot)
  assumed(
    remarks,
    ['host', 'hugepages', size],
    'with huge_pages = on the server starts only where the pool holds its shared memory',
  )
  return { [size]: Math.ceil(memory.bytes / page) }
}

function remarkSize(
  memory: SharedMemory,
  settings: Settings,
  release: KnownRelease,
  wishes: Wishes,
  remarks: Remarks,
) {
  const path = ['regions', shared, 'size']
  const files = settings.numberOf('max_connections')
  const { connections } = wishes
  const room =
    connections !== undefined && connections > files
      ? `--connections ${connections} (the files say ${said(settings, 'max_connections')})`
      : said(settings, 'max_connections')
  const decisive = (['shared_buffers', 'max_connections'] as const).map(
    (name) => settings.lineOf(name)?.valueSpot,
  )
  const option = ofOption('--connections', connections)
  decidedBy(remarks, ['regions', shared], ...decisive, option)
  decidedBy(remarks, ['groups'], option, decisive[1])
  const largest = memory.parts
    .filter((part) => part.bytes >= 2 ** 20)
    .map(({ name, bytes: size }) => `${name} ${formatBytes(size)}`)
  given(remarks, path, largest.join(', '))
  const known = release.major === release.rules && settings.ofForks.length === 0
  assumed(
    remarks,
    path,
    `${known ? 'computed' : 'estimated'} as PostgreSQL ${release.rules} does, from ${said(settings, 'shared_buffers')}, ${room} and the other settings`,
  )
}

function groupOf(crew: Crew, settings: Settings, wishes: Wishes, remarks: Remarks): GroupText {
  const path = ['groups', crew.name]
  given(remarks, path, crew.who)
  remarkCount(crew, settings, wishes, remarks)
  assumed(remarks, [...path, 'private'], crew.privateWhy)
  assumed(
    remarks,
    [...path, 'baseTables'],
    'measured on backends of PostgreSQL 15 and 18: 96 KiB idle, 124 KiB after sorting; no shared memory in it',
  )
  return {
    processes: crew.processes,
    private: writeSize(bytes(crew.privateBytes)),
    baseTables: '120 KiB',
    maps: [mapOf(crew, wishes, remarks)],
  }
}

function remarkCount(crew: Crew, settings: Settings, wishes: Wishes, remarks: Remarks): void {
  const path = ['groups', crew.name, 'processes']
  const lines = crew.by.map((name) => settings.lineOf(name)?.valueSpot)
  decidedBy(
    remarks,
    path,
    ...(crew.wished ? [ofOption('--connections', wishes.connections)] : lines),
  )
  const reasons = crew.by.map((name) => said(settings, name)).join(', ')
  if (crew.wished) given(remarks, path, `--connections; the files say ${reasons}`)
  else if (crew.by.length === 0) given(remarks, path, 'of every server')
  else if (crew.by.every((name) => settings.lineOf(name) !== undefined))
    given(remarks, path, reasons)
  else assumed(remarks, path, reasons)
}

function mapOf(crew: Crew, wishes: Wishes, remarks: Remarks): MappingText {
  const path = ['groups', crew.name, 'maps', 0, 'touched']
  if (crew.touched !== undefined) {
    given(remarks, path, 'all but the buffers themselves')
    return { region: shared, touched: crew.touched }
  }
  if (wishes.touched === undefined) return { region: shared }
  given(remarks, path, '--touched')
  return { region: shared, touched: wishes.touched }
}

/** Remarks on a value that a parameter decides: it is assumed where the files do not have it. */
function remark(
  remarks: Remarks,
  settings: Settings,
  path: readonly string[],
  name: ParameterName,
): void {
  const line = settings.lineOf(name)
  decidedBy(remarks, path, line?.valueSpot)
  if (line !== undefined) given(remarks, path, said(settings, name))
  else assumed(remarks, path, said(settings, name))
}

/** `max_connections = 400 (postgresql.conf:12)`. */
function said(settings: Settings, name: ParameterName): string {
  const line = settings.lineOf(name)
  if (line !== undefined) return `${name} = ${line.value} (${placeOf(line.valueSpot)})`
  return `${name} = ${usualText(name)} (PostgreSQL's default)`
}
