import type { LocatedFlaw, Spot } from '../../scenario/yaml/yaml-tree.ts'
import { QuantityError } from '../../units/quantity.ts'
import type { Imported, Importer, ImportFlaw, ImportOptions } from '../importer.ts'
import type { Library } from '../library.ts'
import { folderOf } from '../library.ts'
import type { NotRead } from '../not-read.ts'
import { withNotRead, withRemarks } from '../not-read.ts'
import type { UnknownName } from '../unknown-name.ts'
import { flawOfName } from '../unknown-name.ts'
import { readAltered, readConfiguration } from './guc/configuration.ts'
import { isIn, lifetimeOf } from './guc/defaults.ts'
import type { GucLine } from './guc/guc-file.ts'
import { parameterNames } from './guc/parameters.ts'
import type { Settings } from './guc/settings.ts'
import { settingsOf } from './guc/settings.ts'
import type { KnownRelease } from './release.ts'
import { newest, releaseOf } from './release.ts'
import { scenarioOf } from './scenario.ts'

export const postgresql: Importer = {
  importFile: importPostgresql,
  fileName: /postgres.*[.]conf$/,
  content: /^[ \t]*(shared_buffers|max_connections|work_mem|wal_level|data_directory)[ \t]*[= ']/im,
  takesDataSize: true,
}

/**
 * Makes a scenario of a postgresql.conf, with all it includes and with what ALTER SYSTEM wrote to
 * postgresql.auto.conf, which is read last and wins: ProcessConfigFileInternal(),
 * src/backend/utils/misc/guc.c.
 */
export function importPostgresql(path: string, library: Library, options: ImportOptions): Imported {
  const main = readConfiguration(path, library)
  const named = settingsOf(main.lines, newest).settings
  const written = named.textOf('data_directory')
  const folder = written === '' ? '' : `${written.replace(/\/$/, '')}/`
  const spot = named.lineOf('data_directory')?.valueSpot ?? startOf(path)
  const altered = readAltered(folder, spot, library)
  const place = library.find(folder, folderOf(path))
  const dataFolder = place === 'elsewhere' ? folder : place.path
  const given = {
    path,
    lines: [...main.lines, ...altered.lines],
    flaws: [...main.flaws, ...altered.flaws],
    notRead: [...main.notRead, ...altered.notRead],
    release: releaseOf(path, dataFolder, library, options.release),
  }
  return importSettings(given, options)
}

/** The settings of a server, in whatever form they were written. */
export interface GivenSettings {
  readonly path: string
  /** Of several for one parameter the last counts. */
  readonly lines: readonly GucLine[]
  readonly flaws: readonly ImportFlaw[]
  readonly notRead: readonly NotRead[]
  readonly release: KnownRelease
  /** The server itself printed them, so that it has all these names. */
  readonly isPrinted?: true
  /** Further sentences that open the scenario. */
  readonly remarks?: readonly string[]
}

/** Makes a scenario of the settings of a PostgreSQL server. */
export function importSettings(given: GivenSettings, options: ImportOptions): Imported {
  const { path, release, notRead } = given
  const { settings, flaws, unknown } = settingsOf(given.lines, release.defaults)
  const names = given.isPrinted ? [] : unknown.map((name) => shownIn(path, name))
  const wrong = [
    ...given.flaws,
    ...flaws,
    ...contradictions(settings),
    ...(release.major === undefined || given.isPrinted ? [] : notInRelease(settings, release)),
    ...(release.isNewer ? [] : names.map((name) => flawOfName(name, noParameter, expectedName))),
  ]
  if (wrong.length > 0) return { ok: false, flaws: wrong }
  try {
    const imported = scenarioOf(path, settings, release, names, options)
    return withRemarks(withNotRead(imported, notRead), given.remarks ?? [])
  } catch (error) {
    if (error instanceof QuantityError) return { ok: false, flaws: [tooLarge(path, settings)] }
    throw error
  }
}

/** Each setting is in its range, and yet no server has memory for all that they ask together. */
function tooLarge(path: string, { lineOf }: Settings): LocatedFlaw {
  const lines = locksOfEach.map(lineOf).filter((line) => line !== undefined)
  return {
    message: 'these settings ask for more than 8 PiB of shared memory',
    expected: 'fewer locks for each transaction, or fewer connections',
    spot: lines[0]?.valueSpot ?? startOf(path),
  }
}

/** Settings without a bound of their own that each connection multiplies. */
const locksOfEach = ['max_locks_per_transaction', 'max_pred_locks_per_transaction'] as const

function startOf(path: string): Spot {
  return { source: { file: path, text: '' }, offset: 0 }
}

/** In a file that another one includes, a word that is near to no parameter is most likely no setting. */
function shownIn(main: string, name: UnknownName): UnknownName {
  const isShown = name.near !== undefined || name.spot.source.file === main
  return isShown ? name : { ...name, written: '(not shown)' }
}

const noParameter = 'PostgreSQL has no parameter'
const expectedName =
  'the name of a parameter, or one of an extension with a dot in it; PostgreSQL does not start with this line'

/** "huge pages not supported with the current setting": PGSharedMemoryCreate(), sysv_shmem.c. */
function contradictions({ wordOf, lineOf }: Settings): readonly LocatedFlaw[] {
  const spot = lineOf('huge_pages')?.valueSpot
  const isBoth = wordOf('huge_pages') === 'on' && wordOf('shared_memory_type') === 'sysv'
  if (!isBoth || spot === undefined) return []
  return [
    {
      message: '`huge_pages = on` with `shared_memory_type = sysv`',
      expected: '`mmap`, or `huge_pages = try`; PostgreSQL does not start with these two',
      spot,
    },
  ]
}

/** Lines of another release: "unrecognized configuration parameter", and the server does not start. */
function notInRelease({ lineOf }: Settings, release: KnownRelease): readonly LocatedFlaw[] {
  return parameterNames.flatMap((name) => {
    const line = lineOf(name)
    if (line === undefined || line.defaultOf !== undefined || isIn(name, release.defaults))
      return []
    return [
      {
        message: `PostgreSQL ${release.series ?? ''} has no parameter \`${line.name}\``,
        expected: `${existence(name)}; PostgreSQL does not start with this line`,
        ...suggestionOf(name, release.defaults),
        spot: line.nameSpot,
      },
    ]
  })
}

/** `it exists since 18`. */
function existence(name: string): string {
  const { since, until } = lifetimeOf(name)
  if (until !== undefined) return `it exists up to ${until - 1}`
  return `it exists since ${since ?? 0}`
}

/** What does the work of a parameter that is gone. */
const successors: ReadonlyMap<string, string> = new Map([
  ['io_workers', 'io_min_workers and io_max_workers'],
])

function suggestionOf(name: string, release: number): { readonly suggestion?: string } {
  const successor = successors.get(name)
  const { until = Number.POSITIVE_INFINITY } = lifetimeOf(name)
  return successor === undefined || release < until ? {} : { suggestion: `write ${successor}` }
}
