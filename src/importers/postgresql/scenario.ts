import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { GroupText, MappingText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { touchedAsWished } from '../command-line-values.ts'
import type { Imported, Wishes } from '../importer.ts'
import { scenarioOn } from '../importer.ts'
import { optionSpot } from '../place.ts'
import type { UnknownName } from '../unknown-name.ts'
import type { Settings } from './guc/settings.ts'
import { openingOf } from './header-comment.ts'
import { blockBytes } from './page-caches.ts'
import type { Crew } from './process-kinds.ts'
import { crewsOf } from './process-kinds.ts'
import { poolOf, regionOf, remarkSize, shared } from './region.ts'
import type { KnownRelease } from './release.ts'
import { said } from './setting-source.ts'
import type { SharedMemory } from './shared-memory.ts'
import { sharedMemoryOf } from './shared-memory.ts'
import { doubtsOf, withMargin } from './uncertainty.ts'

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
  const annotated = scenarioOn(wishes)
  const room = Math.max(settings.numberOf('max_connections'), wishes.connections ?? 0)
  const asked = { rules: release.rules, release: release.defaults, connections: room, gssapi: true }
  const certain = sharedMemoryOf(asked, settings)
  const doubts = doubtsOf(release, settings, certain)
  const memory = withMargin(certain, doubts)
  const region = regionOf(settings, release, memory, annotated)
  remarkSize(memory, doubts, settings, release, wishes, annotated)
  const crews = crewsOf(settings, memory, wishes.connections)
  const groups = crews.map(
    (crew) => [crew.name, groupOf(crew, settings, memory, wishes, annotated)] as const,
  )
  const pool = poolOf(settings, memory, annotated)
  annotated.scenario = {
    version: 1,
    name: `PostgreSQL ${release.series ?? ''}`.trim(),
    host: {
      ...annotated.scenario.host,
      ...(pool === undefined ? {} : { hugepages: pool }),
    },
    regions: { [shared]: region },
    groups: Object.fromEntries(groups),
  }
  annotated.headerComment = openingOf(path, settings, release, memory, unknown)
  return { ok: true, annotated }
}

function groupOf(
  crew: Crew,
  settings: Settings,
  memory: SharedMemory,
  wishes: Wishes,
  annotated: AnnotatedScenario,
): GroupText {
  const path = ['groups', crew.name]
  annotated.say(path, crew.who)
  remarkCount(crew, settings, wishes, annotated)
  annotated.assume([...path, 'private'], crew.privateWhy)
  const tables = privateTables(crew.privateBytes)
  annotated.assume([...path, 'baseTables'], `${measured}${tables === 0 ? '' : beyondMeasured}`)
  return {
    processes: crew.processes,
    private: writeSize(bytes(crew.privateBytes)),
    baseTables: writeSize(bytes(measuredTables + tables)),
    maps: [mapOf(crew, memory, wishes, annotated)],
  }
}

const measuredTables = 120 * 1024
const measured =
  'measured on backends of PostgreSQL 15 and 18: 96 KiB idle, 124 KiB after sorting; no shared memory in it'
/** So much private memory a backend had after sorting. */
const measuredPrivate = 12 * 2 ** 20
const beyondMeasured = '; more for private memory above 12 MiB'

/** Tables of private memory beyond what was measured: on x86-64 one for 2 MiB, and one more for 1 GiB. */
function privateTables(size: number): number {
  const beyond = Math.max(0, size - measuredPrivate)
  return 4096 * (Math.ceil(beyond / 2 ** 21) + Math.floor(beyond / 2 ** 30))
}

function remarkCount(
  crew: Crew,
  settings: Settings,
  wishes: Wishes,
  annotated: AnnotatedScenario,
): void {
  const path = ['groups', crew.name, 'processes']
  const lines = crew.by.map((name) => settings.lineOf(name)?.valueSpot)
  annotated.decidedBy(
    path,
    ...(crew.wished ? [optionSpot('--connections', wishes.connections)] : lines),
  )
  const reasons = [...crew.by.map((name) => said(settings, name)), ...crew.besides].join(', ')
  if (crew.wished) annotated.say(path, `--connections; the files say ${reasons}`)
  else if (crew.by.length === 0) annotated.say(path, 'of every server')
  else if (crew.by.every((name) => settings.lineOf(name) !== undefined))
    annotated.say(path, reasons)
  else annotated.assume(path, reasons)
}

function mapOf(
  crew: Crew,
  memory: SharedMemory,
  wishes: Wishes,
  annotated: AnnotatedScenario,
): MappingText {
  const path = ['groups', crew.name, 'maps', 0, 'touched']
  if (crew.touched !== undefined) {
    annotated.say(path, 'all but the buffers themselves')
    return { region: shared, touched: crew.touched }
  }
  if (wishes.data !== undefined) return mapOfData(path, memory, wishes.data, annotated)
  if (wishes.touched === undefined) return { region: shared }
  return { region: shared, touched: touchedAsWished(wishes.touched, path, annotated) }
}

/** Buffers come into use from the first on (StrategyGetBuffer(), freelist.c), one for each block of data. */
function mapOfData(
  path: readonly (string | number)[],
  { bytes: size, buffers }: SharedMemory,
  data: NonNullable<Wishes['data']>,
  annotated: AnnotatedScenario,
): MappingText {
  const blocks = Math.ceil(data.bytes / blockBytes)
  annotated.decidedBy(path, optionSpot('--data-size', data.text))
  if (blocks >= buffers) {
    annotated.say(path.slice(0, -1), `--data-size ${data.text}: no less than the buffers`)
    return { region: shared }
  }
  annotated.assume(
    [...path, 'first'],
    `--data-size ${data.text}: the buffers that hold all data, and what lies around them`,
  )
  return {
    region: shared,
    touched: { first: writeSize(bytes(size - (buffers - blocks) * blockBytes)) },
  }
}
