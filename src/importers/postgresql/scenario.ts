import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { GroupText, MappingText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { optionSpot, scenarioOn, touchedFrom } from '../command-line-values.ts'
import type { Imported, ImportOptions } from '../importer.ts'
import type { UnknownName } from '../unknown-name.ts'
import type { Settings } from './guc/settings.ts'
import { headerComment } from './header-comment.ts'
import { blockBytes } from './page-caches.ts'
import type { ProcessKind } from './process-kinds.ts'
import { processKinds } from './process-kinds.ts'
import { poolOf, regionOf, remarkSize, shared } from './region.ts'
import type { KnownRelease } from './release.ts'
import { isStated, settingSource } from './setting-source.ts'
import type { SharedMemory } from './shared-memory.ts'
import { sharedMemoryOf } from './shared-memory.ts'
import { uncertaintiesOf, withMargin } from './uncertainty.ts'

/**
 * The scenario of a PostgreSQL server: one region, a group for each kind of process.
 * @param unknown names that are left to a release which may have them.
 */
export function scenarioOf(
  path: string,
  settings: Settings,
  release: KnownRelease,
  unknown: readonly UnknownName[],
  options: ImportOptions,
): Imported {
  const annotated = scenarioOn(options)
  const room = Math.max(settings.numberOf('max_connections'), options.connections ?? 0)
  const spec = { rules: release.rules, release: release.defaults, connections: room, gssapi: true }
  const certain = sharedMemoryOf(spec, settings)
  const uncertainties = uncertaintiesOf(release, settings, certain)
  const memory = withMargin(certain, uncertainties)
  const region = regionOf(settings, release, memory, annotated)
  remarkSize(memory, uncertainties, settings, release, options, annotated)
  const kinds = processKinds(settings, memory, options.connections)
  const groups = kinds.map(
    (kind) => [kind.name, groupOf(kind, settings, memory, options, annotated)] as const,
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
  annotated.headerComment = headerComment(path, settings, release, memory, unknown)
  return { ok: true, annotated }
}

function groupOf(
  kind: ProcessKind,
  settings: Settings,
  memory: SharedMemory,
  options: ImportOptions,
  annotated: AnnotatedScenario,
): GroupText {
  const path = ['groups', kind.name]
  annotated.say(path, kind.who)
  remarkCount(kind, settings, options, annotated)
  annotated.assume([...path, 'private'], kind.privateWhy)
  const tables = privateTables(kind.privateBytes)
  annotated.assume([...path, 'baseTables'], `${measured}${tables === 0 ? '' : beyondMeasured}`)
  return {
    processes: kind.processes,
    private: writeSize(bytes(kind.privateBytes)),
    baseTables: writeSize(bytes(measuredTables + tables)),
    maps: [mapOf(kind, memory, options, annotated)],
  }
}

const measuredTables = 120 * 1024
const measured =
  'measured on backends of PostgreSQL 15 and 18: 96 KiB idle, 124 KiB after sorting; without shared memory'
/** So much private memory a backend had after sorting. */
const measuredPrivate = 12 * 2 ** 20
const beyondMeasured = '; more for private memory above 12 MiB'

/** Tables of private memory beyond what was measured: on x86-64 one for 2 MiB, and one more for 1 GiB. */
function privateTables(size: number): number {
  const beyond = Math.max(0, size - measuredPrivate)
  return 4096 * (Math.ceil(beyond / 2 ** 21) + Math.floor(beyond / 2 ** 30))
}

function remarkCount(
  kind: ProcessKind,
  settings: Settings,
  options: ImportOptions,
  annotated: AnnotatedScenario,
): void {
  const path = ['groups', kind.name, 'processes']
  const lines = kind.by.map((name) => settings.lineOf(name)?.valueSpot)
  annotated.decidedBy(
    path,
    ...(kind.isTyped ? [optionSpot('--connections', options.connections)] : lines),
  )
  const reasons = [...kind.by.map((name) => settingSource(settings, name)), ...kind.alsoBy].join(
    ', ',
  )
  if (kind.isTyped) annotated.say(path, `--connections; the files say ${reasons}`)
  else if (kind.by.length === 0) annotated.say(path, 'in every server')
  else if (kind.by.every((name) => isStated(settings, name))) annotated.say(path, reasons)
  else annotated.assume(path, reasons)
}

function mapOf(
  kind: ProcessKind,
  memory: SharedMemory,
  options: ImportOptions,
  annotated: AnnotatedScenario,
): MappingText {
  const path = ['groups', kind.name, 'maps', 0, 'touched']
  if (kind.touched !== undefined) {
    annotated.say(path, 'everything except the buffers')
    return { region: shared, touched: kind.touched }
  }
  if (options.data !== undefined) return mapOfData(path, memory, options.data, annotated)
  if (options.touched === undefined) return { region: shared }
  return { region: shared, touched: touchedFrom(options.touched, path, annotated) }
}

/** Buffers come into use from the first on (StrategyGetBuffer(), freelist.c), one for each block of data. */
function mapOfData(
  path: readonly (string | number)[],
  { bytes: size, buffers }: SharedMemory,
  data: NonNullable<ImportOptions['data']>,
  annotated: AnnotatedScenario,
): MappingText {
  const blocks = Math.ceil(data.bytes / blockBytes)
  annotated.decidedBy(path, optionSpot('--data-size', data.text))
  if (blocks >= buffers) {
    annotated.say(path.slice(0, -1), `--data-size ${data.text}: at least as large as the buffers`)
    return { region: shared }
  }
  annotated.assume(
    [...path, 'first'],
    `--data-size ${data.text}: the buffers that hold all data, and the structures around them`,
  )
  return {
    region: shared,
    touched: { first: writeSize(bytes(size - (buffers - blocks) * blockBytes)) },
  }
}
