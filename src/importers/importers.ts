import type { Database } from './databases.ts'
import { databases } from './databases.ts'
import type { Imported, Importer, ImportOptions } from './importer.ts'
import type { Library } from './library.ts'
import { mysql } from './mysql/import-mysql.ts'
import { oracle } from './oracle/import-oracle.ts'
import { postgresql } from './postgresql/import-postgresql.ts'

/** What imports each database. To add one: its name in databases.ts, an entry here and its folder. */
const imports: Readonly<Record<Database, Importer>> = { postgresql, oracle, mysql }

/** A database by the name it has on the command line. */
export const importers: ReadonlyMap<string, Importer> = new Map(
  databases.map((name) => [name, imports[name]]),
)

/** Which database a file configures, by its name or else by what it says. */
export function guessDatabase(path: string, text: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  // Names of settings tell least, and are all that PostgreSQL's files have: its entry is looked at last.
  const known = [...importers].toReversed()
  const found =
    known.find(([, { fileName }]) => fileName.test(name)) ??
    known.find(([, { content }]) => content.test(text))
  return found?.[0]
}

/**
 * The configuration of a database becomes a scenario.
 *
 * In: the path of a configuration file; the files it may name, through a {@link Library}, so that
 * importers know no machine; and what the command line says. Out: an `AnnotatedScenario`, whose every
 * value has a comment on its source or an entry under `assumed`; or all flaws of the configuration,
 * each with its file, line and column. @throws RangeError if the database is unknown; never for what the files say.
 * @param database one of `databases`.
 */
export function importDatabase(
  database: string,
  path: string,
  library: Library,
  options: ImportOptions,
): Imported {
  const importer = importers.get(database)
  if (importer === undefined) throw new RangeError(`no importer for ${database}`)
  return importer.importFile(path, library, options)
}
