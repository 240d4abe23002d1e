import type { LocatedFlaw } from '../../scenario/yaml-tree.ts'
import type { Imported, Wishes } from '../imported.ts'
import type { Library } from '../library.ts'
import { folderOf, pathFrom } from '../library.ts'
import { flawOfName } from '../unknown-name.ts'
import { readConfiguration } from './configuration.ts'
import { releaseOf } from './release.ts'
import { scenarioOf } from './scenario.ts'
import type { Settings } from './settings.ts'
import { settingsOf } from './settings.ts'

/**
 * Makes a scenario of a postgresql.conf, with all it includes and with what ALTER SYSTEM wrote to
 * postgresql.auto.conf, which is read last and wins: ProcessConfigFileInternal(),
 * src/backend/utils/misc/guc.c.
 */
export function importPostgresql(path: string, library: Library, wishes: Wishes): Imported {
  const main = readConfiguration(path, library)
  const named = settingsOf(main.lines).settings.textOf('data_directory')
  const dataFolder = named === '' ? folderOf(path) : `${pathFrom(folderOf(path), named)}/`
  const automatic = `${dataFolder}postgresql.auto.conf`
  const altered = path === automatic ? nothing : readConfiguration(automatic, library, true)
  const lines = [...main.lines, ...altered.lines]
  const { settings, flaws, unknown } = settingsOf(lines)
  const release = releaseOf(path, dataFolder, library, wishes.release)
  const wrong = [
    ...main.flaws,
    ...altered.flaws,
    ...flaws,
    ...contradictions(settings),
    ...(release.isNewer ? [] : unknown.map((name) => flawOfName(name, noParameter, expectedName))),
  ]
  if (wrong.length > 0) return { ok: false, flaws: wrong }
  return scenarioOf(path, settings, release, unknown, wishes)
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

const nothing = { lines: [], flaws: [] }
