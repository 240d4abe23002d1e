import type { GroupText, MappingText, RegionText } from '../../scenario/scenario-text.ts'
import type { AnnotatedScenario } from '../../scenario/write-scenario.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Wishes } from '../imported.ts'
import type { Remarks } from '../remarks.ts'
import { assumed, given, noRemarks, placeOf } from '../remarks.ts'
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

/** The scenario of a PostgreSQL server: one region, a group for each kind of process. */
export function scenarioOf(
  path: string,
  settings: Settings,
  release: KnownRelease,
  wishes: Wishes,
): AnnotatedScenario {
  const remarks = noRemarks()
  const room = Math.max(settings.numberOf('max_connections'), wishes.connections ?? 0)
  const memory = sharedMemoryOf(release.rules, settings, room)
  const region = regionOf(settings, memory, remarks)
  remarkSize(memory, settings, release, remarks)
  const crews = crewsOf(settings, release.rules, memory, wishes.connections)
  const groups = crews.map((crew) => [crew.name, groupOf(crew, settings, wishes, remarks)] as const)
  given(remarks, ['host', 'memory'], '--memory')
  if (wishes.swap !== undefined) given(remarks, ['host', 'swap'], '--swap')
  const pool = poolOf(settings, memory, remarks)
  return {
    opening: openingOf(path, settings, release),
    scenario: {
      version: 1,
      name: `PostgreSQL ${release.major ?? ''}`.trim(),
      host: {
        memory: wishes.memory,
        ...(wishes.swap === undefined ? {} : { swap: wishes.swap }),
        ...(pool === undefined ? {} : { hugepages: pool }),
      },
      regions: { [shared]: region },
      groups: Object.fromEntries(groups),
      assumed: remarks.assumed,
    },
    notes: remarks.notes,
  }
}

function openingOf(path: string, settings: Settings, release: KnownRelease): readonly string[] {
  const libraries = settings.textOf('shared_preload_libraries')
  const { rules, major, source } = release
  return [
    `Made by mshare-plan import from ${path === '-' ? 'standard input' : path}. What it does not say is listed under assumed.`,
    ...(major === undefined
      ? [
          `No file says which release it is: the rules of PostgreSQL ${rules}. --release says another.`,
        ]
      : [`PostgreSQL ${major}: ${source}.`]),
    ...(major === undefined || major === rules
      ? []
      : [`The rules of PostgreSQL ${rules} stand in for it, so the shared memory is an estimate.`]),
    ...(libraries === '' ? [] : [`Not counted: what ${libraries} add to the shared memory.`]),
    'Not counted: dynamic shared memory of parallel queries beyond min_dynamic_shared_memory.',
  ]
}

function regionOf(settings: Settings, memory: SharedMemory, remarks: Remarks): RegionText {
  const path = ['regions', shared]
  const backing = settings.wordOf('shared_memory_type') === 'sysv' ? 'sysv-shm' : 'anonymous-shared'
  remark(remarks, settings, [...path, 'backing'], 'shared_memory_type')
  const mode = settings.wordOf('huge_pages')
  if (mode === 'off') return { size: writeSize(bytes(memory.bytes)), backing }
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

/** With huge_page_size = 0 the kernel's default counts: 2 MiB on x86-64. */
function hugePageBytes(settings: Settings): number {
  return (settings.numberOf('huge_page_size') || 2048) * 1024
}

/** Without the pool a server with huge_pages = on does not start; with `try` nobody says what there is. */
function poolOf(settings: Settings, memory: SharedMemory, remarks: Remarks) {
  if (settings.wordOf('huge_pages') !== 'on') return undefined
  const page = hugePageBytes(settings)
  const size = writeSize(bytes(page))
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
  remarks: Remarks,
) {
  const path = ['regions', shared, 'size']
  const largest = memory.parts
    .filter((part) => part.bytes >= 2 ** 20)
    .map(({ name, bytes: size }) => `${name} ${formatBytes(size)}`)
  given(remarks, path, largest.join(', '))
  const known = release.major === release.rules
  assumed(
    remarks,
    path,
    `${known ? 'computed' : 'estimated'} as PostgreSQL ${release.rules} does, from ${said(settings, 'shared_buffers')}, ${said(settings, 'max_connections')} and the other settings`,
  )
}

function groupOf(crew: Crew, settings: Settings, wishes: Wishes, remarks: Remarks): GroupText {
  const path = ['groups', crew.name]
  given(remarks, path, crew.who)
  remarkCount(crew, settings, remarks)
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

function remarkCount(crew: Crew, settings: Settings, remarks: Remarks): void {
  const path = ['groups', crew.name, 'processes']
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
  const isGiven = settings.lineOf(name) !== undefined
  if (isGiven) given(remarks, path, said(settings, name))
  else assumed(remarks, path, said(settings, name))
}

/** `max_connections = 400 (postgresql.conf:12)`. */
function said(settings: Settings, name: ParameterName): string {
  const line = settings.lineOf(name)
  if (line !== undefined) return `${name} = ${line.value} (${placeOf(line.valueSpot)})`
  return `${name} = ${usualText(name)} (PostgreSQL's default)`
}
